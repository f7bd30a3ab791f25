"""A signature of the template behind a page: pages of one kind made by one template share it."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

from smocrawl.extract.body.blocks import Standing, Survey
from smocrawl.page import Area, Kind

DIGITS = re.compile(r"\d+")
LANDMARKS = (Area.HEADER, Area.FOOTER)
DEPTH = 3
"""Levels below body that belong to the outline; deeper ones change with the content."""
REMEMBERED = 1_024


def signature(kind: Kind, generator: str | None, survey: Survey) -> str:
    """Hash of the kind, the generator and the outline of header, main part and footer."""
    parts = [kind.value, (generator or "").lower()]
    levels: list[int] = []
    for node in survey.nodes:
        level = levels[node.parent] + 1 if node.parent >= 0 else 0
        levels.append(level)
        if level < DEPTH or (level == DEPTH and node.area in LANDMARKS):
            parts.append(f"{level}{_outlined(node.standing)}")
    outline = dict.fromkeys(parts)
    return hashlib.sha1("\n".join(outline).encode(), usedforsecurity=False).hexdigest()[:16]


@lru_cache(maxsize=REMEMBERED)
def _outlined(block: Standing) -> str:
    """The tag of a block, and its first class name without numbers."""
    names = block.classes.split(maxsplit=1) if block.tag != "body" else ()
    return f"{block.tag}.{DIGITS.sub('', names[0]) if names else ''}"
