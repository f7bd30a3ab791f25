"""The whole site: link graph, checks over all pages, scores, and what each fix is worth."""

from smocrawl.site.analysis import analyse
from smocrawl.site.desk import begin, clear, lay_out, page_rows, write
from smocrawl.site.graph import measure

__all__ = ["analyse", "begin", "clear", "lay_out", "measure", "page_rows", "write"]
