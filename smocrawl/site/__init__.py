"""The whole site: link graph, checks over all pages, scores, and what each fix is worth."""

from smocrawl.site.analysis import analyse
from smocrawl.site.desk import begin, clear, page_rows, write
from smocrawl.site.graph import measure

__all__ = ["analyse", "begin", "clear", "measure", "page_rows", "write"]
