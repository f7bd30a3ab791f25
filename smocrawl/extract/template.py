"""A signature of the template behind a page: pages of one kind made by one template share it."""

from __future__ import annotations

import hashlib
import re

from smocrawl.extract.blocks import Survey
from smocrawl.page import Area, Kind

DIGITS = re.compile(r"\d+")
DEPTH = 3
"""Levels below body that belong to the outline; deeper ones change with the content."""


def signature(kind: Kind, generator: str | None, survey: Survey) -> str:
    """Hash of the kind, the generator and the outline of header, main part and footer."""
    parts = [kind.value, (generator or "").lower()]
    levels: dict[int, int] = {-1: -1}
    for number, node in enumerate(survey.nodes):
        level = levels[node.parent] + 1
        levels[number] = level
        landmark = node.area if node.area in (Area.HEADER, Area.FOOTER) else None
        if level <= DEPTH and (level <= 2 or landmark):
            names = (
                DIGITS.sub("", " ".join((node.element.get("class") or "").split()[:1])) if node.tag != "body" else ""
            )
            parts.append(f"{level}{node.tag}.{names}")
    outline = dict.fromkeys(parts)
    return hashlib.sha1("\n".join(outline).encode(), usedforsecurity=False).hexdigest()[:16]
