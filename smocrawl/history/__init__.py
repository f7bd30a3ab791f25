"""Two crawls of one site side by side: what moved, why the score moved, and whether a gate holds."""

from smocrawl.history.difference import Difference, compare
from smocrawl.history.naming import RunError, find, finished, name_of

__all__ = ["Difference", "RunError", "compare", "find", "finished", "name_of"]
