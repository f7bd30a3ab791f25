"""A signature of the template behind a page: pages of one kind made by one template share it."""

from __future__ import annotations

import hashlib
import re

from smocrawl.extract.blocks import Survey
from smocrawl.page import Area, Kind

DIGITS = re.compile(r"\d+")
LANDMARKS = (Area.HEADER, Area.FOOTER)
DEPTH = 3
"""Levels below body that belong to the outline; deeper ones change with the content."""


def signature(kind: Kind, generator: str | None, survey: Survey) -> str:
    """Hash of the kind, the generator and the outline of header, main part and footer."""
    parts = [kind.value, (generator or "").lower()]
    levels: list[int] = []
    for node in survey.nodes:
        level = levels[node.parent] + 1 if node.parent >= 0 else 0
        levels.append(level)
        if level <= 2 or (level == DEPTH and node.area in LANDMARKS):
            name = node.classes.split(maxsplit=1)[0] if node.classes.strip() and node.tag != "body" else ""
            parts.append(f"{level}{node.tag}.{DIGITS.sub('', name) if name else ''}")
    outline = dict.fromkeys(parts)
    return hashlib.sha1("\n".join(outline).encode(), usedforsecurity=False).hexdigest()[:16]
