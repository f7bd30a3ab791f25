"""Facts about the social web that age, one JSON file for each kind (see README.md beside this file)."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any

Row = dict[str, Any]
"""One row of a table, as its README describes it."""


@cache
def rows(name: str) -> tuple[Row, ...]:
    """The rows of one table, read once."""
    text = files(__name__).joinpath(f"{name}.json").read_text("utf-8")
    return tuple(json.loads(text)["rows"])


@cache
def pattern(written: str) -> re.Pattern[str]:
    """A pattern of a table, compiled when it is first needed: most hosts are never met."""
    return re.compile(written)
