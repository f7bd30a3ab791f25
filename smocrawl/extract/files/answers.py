"""JSON that other servers send: read with care, texts made storable."""

from __future__ import annotations

import json
import re
from typing import Any

from smocrawl.extract import limits

LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def load_json(body: bytes) -> tuple[Any, str | None]:
    """The data, and why it could not be read where it could not."""
    try:
        return json.loads(body.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")), None
    except (ValueError, RecursionError) as wrong:
        return None, str(wrong)[: limits.LABEL]


def text_of_value(value: object, most: int = limits.VALUE) -> str | None:
    """A string or number as one line, cut; None for anything else and for nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    # JSON may escape half a character, which no file and no database takes.
    return LONE_SURROGATE.sub("\ufffd", " ".join(str(value).split()))[:most] or None
