"""From bytes and headers to facts: one reader per kind of fact; the only room that parses HTML, XML and JSON."""

from smocrawl.extract.reader import read_page

__all__ = ["read_page"]
