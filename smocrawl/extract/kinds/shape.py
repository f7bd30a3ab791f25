"""The shape of a page's main text: linked headings, articles side by side, code."""

from __future__ import annotations

import re

from smocrawl.extract.body.blocks import Survey

HOUR = re.compile(r"\b\d{1,2}(?::\d\d)?\s?(?:am|pm|a\.m\.|p\.m\.|uhr)\b|\b\d{1,2}[:h]\d\d\b", re.IGNORECASE)
HEAD = 600
"""Characters of the main text among which an announcement says when it begins."""


def teasers(survey: Survey) -> int:
    """The most linked headings of one level inside the main region."""
    counted: dict[str, int] = {}
    for draft in survey.headings:
        element = draft.element
        if element.tag == "h1" or not survey.in_main(draft.node):
            continue
        link = next(element.iter("a"), None)
        own_anchor = link is not None and (link.get("href") or "").startswith("#")
        if not own_anchor and (link is not None or next(element.iterancestors("a"), None) is not None):
            tag = str(element.tag)
            counted[tag] = counted.get(tag, 0) + 1
    return max(counted.values(), default=0)


def side_by_side(survey: Survey) -> int:
    """``article`` elements with the same parent inside the main region."""
    counted: dict[int, int] = {}
    for number in survey.inside:
        node = survey.nodes[number]
        if node.tag == "article" and number != survey.region:
            counted[node.parent] = counted.get(node.parent, 0) + 1
    return max(counted.values(), default=0)


def code_share(survey: Survey) -> float:
    inside = [block for block in survey.blocks if block.node in survey.inside]
    code = sum(len(block.text) for block in inside if survey.nodes[block.node].tag == "pre")
    return code / sum(len(block.text) for block in inside) if code else 0.0


def names_an_hour(text: str) -> bool:
    """Whether *text* says near its beginning at which hour something takes place."""
    return HOUR.search(text[:HEAD]) is not None
