"""Which block of the body holds the main text: the one into which most of the prose falls."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from smocrawl.extract.body.blocks import Block, Node, Survey

SENTENCE = 40
"""Characters from which a run of text counts as prose …"""
WIDE_SENTENCE = 18
"""… and where they are Chinese, Japanese or Korean."""
LINKED = 0.5
"""Share of linked characters from which a run of text is a menu rather than prose."""
DESCEND = 0.7
"""A block hands over to a child that holds this share of its prose."""
MOST = 0.5
"""A block with this share of the page's prose is no side block, whatever its class name says."""
NEARLY_ALL = 0.9
"""A ``header`` with this share of a page's prose was never closed, a ``form`` is one around the whole page."""
PARAGRAPHS = 3
"""Runs of prose from which it can be told; a page of few words may say them in its head."""
REPLIES = re.compile(r"comment|respond|related|recommend|author|consent|cookie|\brplg|trustindex", re.IGNORECASE)
"""Blocks that may well be longer than the main text, and are not it."""
ENTRY = frozenset(("entry", "entry-content", "post-content", "article-content", "article-body"))
"""Class names of a post's own text: WordPress themes write ``class="entry share"`` on it, for the buttons at its end."""
REGION_ROOM = 2.0
"""An ``article`` around the main block counts as its region up to this multiple of its prose."""


def find_main(survey: Survey) -> None:
    """Mark the main block, its region and the nodes inside."""
    if not survey.nodes:
        return
    survey.prose = [block for block in survey.blocks if is_prose(block)]
    take_back(survey)
    if all(survey.nodes[block.node].beside for block in survey.prose):
        open_up(survey)
    weights = weigh(survey, [block for block in survey.prose if not survey.nodes[block.node].beside])
    survey.main = descend(survey, weights)
    survey.region = region(survey, weights)
    survey.inside = inside(survey, survey.region)


def take_back(survey: Survey) -> None:
    """Blocks that a class name alone has put beside the main text, and that hold the prose after all, are part of it."""
    marked = [number for number, node in survey.telling if node.standing.marked]
    weights = weigh(survey, survey.prose) if marked else []
    whole = around_articles(survey) if marked else frozenset()
    misnamed = {number for number in marked if number in whole or is_misnamed(survey, number, weights)}
    for number, node in enumerate(survey.nodes) if misnamed else ():
        around = node.parent >= 0 and survey.nodes[node.parent].beside
        node.beside = around or (node.own and number not in misnamed)


def open_up(survey: Survey) -> None:
    """Take what is around all of the page's prose for a part of the page like any other.

    Parsers read a ``header`` with an open block in it as one without end; ASP.NET puts whole pages into a ``form``.
    """
    if len(survey.prose) < PARAGRAPHS:
        return
    weights = weigh(survey, survey.prose)
    opened = next(
        (number for number, node in enumerate(survey.nodes) if _swallows(node, weights[number], weights[0])), 0
    )
    if not opened:
        return
    for number, node in enumerate(survey.nodes):
        if opened in survey.up(number):
            around = survey.nodes[node.parent]
            is_it = number == opened
            node.beside = around.beside or (node.own and not is_it)
            node.area = around.area if is_it or node.standing.area is None else node.area


def _swallows(node: Node, weight: int, whole: int) -> bool:
    return node.tag in ("header", "form") and node.own and weight > whole * NEARLY_ALL


def is_misnamed(survey: Survey, number: int, weights: Sequence[int]) -> bool:
    """Whether only a class name makes a side block of what holds the page's prose, with headline and all."""
    node = survey.nodes[number]
    replies = REPLIES.search(f"{node.classes} {node.id}")
    if weights[number] and not replies and not ENTRY.isdisjoint(node.classes.split()):
        return True
    if weights[number] <= weights[0] * MOST:
        return False
    headlines = [draft for draft in survey.headings if draft.element.tag == "h1"]
    if any(number in survey.up(draft.node) for draft in headlines):
        return True
    if replies:
        return False
    if any(survey.nodes[around].tag in ("article", "main") for around in survey.up(number)):
        return True
    return not any(
        other.tag in ("article", "main") and number not in survey.up(place) for place, other in enumerate(survey.nodes)
    )


def around_articles(survey: Survey) -> frozenset[int]:
    """The blocks inside which every headline of the page stands in an ``article``."""
    found: frozenset[int] | None = None
    for node in {draft.node for draft in survey.headings if draft.element.tag == "h1" and draft.text}:
        outer, in_article = set(), False
        for around in survey.up(node):
            if in_article:
                outer.add(around)
            in_article = in_article or survey.nodes[around].tag == "article"
        found = frozenset(outer) if found is None else found & outer
        if not found:
            break
    return found or frozenset()


def is_prose(block: Block) -> bool:
    length = len(block.text)
    if length < WIDE_SENTENCE or block.linked > length * LINKED:
        return False
    return length >= SENTENCE or (not block.text.isascii() and wide(block.text) >= WIDE_SENTENCE)


def wide(text: str) -> int:
    """Number of Chinese, Japanese and Korean characters."""
    return sum("\u3040" <= character <= "\u9fff" or "\uac00" <= character <= "\ud7a3" for character in text)


def weigh(survey: Survey, blocks: Iterable[Block]) -> list[int]:
    """The characters of these (visible) blocks in each node, those in the nodes inside it included."""
    nodes = survey.nodes
    weights = [0] * len(nodes)
    for block in blocks:
        if not nodes[block.node].hidden:
            weights[block.node] += len(block.text)
    for number in range(len(nodes) - 1, 0, -1):
        if weights[number]:
            weights[nodes[number].parent] += weights[number]
    return weights


def descend(survey: Survey, weights: Sequence[int]) -> int:
    """Follow the heaviest child as long as it holds most of what its parent holds."""
    if not weights[0]:
        return bare_main(survey)
    heaviest: dict[int, int] = {}
    for number, weight in enumerate(weights):
        if number and weight and not (node := survey.nodes[number]).beside:
            best = heaviest.get(node.parent)
            if best is None or weight > weights[best]:
                heaviest[node.parent] = number
    here = 0
    while (child := heaviest.get(here)) is not None:
        if weights[child] < weights[here] * DESCEND or survey.nodes[child].tag in ("p", "li", "pre", "td"):
            break
        here = child
    return here


def bare_main(survey: Survey) -> int:
    """The main part of a page without prose: by its element."""
    for tag in ("main", "article"):
        for number, node in enumerate(survey.nodes):
            if (node.tag == tag or node.element.get("role") == tag) and not node.beside and not node.hidden:
                return number
    return 0


def region(survey: Survey, weights: Sequence[int]) -> int:
    """The ``article`` or ``main`` around the main block, where it holds little else."""
    limit = weights[survey.main] * REGION_ROOM
    for number in survey.up(survey.main):
        if weights[number] > limit:
            break
        node = survey.nodes[number]
        if node.tag in ("article", "main") or node.element.get("role") in ("main", "article"):
            return number
    return survey.main


def inside(survey: Survey, top: int) -> frozenset[int]:
    """The nodes under *top* that stand neither beside the main text nor hidden."""
    kept = set() if survey.nodes[top].hidden else {top}
    for number in range(top + 1, len(survey.nodes)):
        node = survey.nodes[number]
        if node.parent in kept and not node.hidden and not node.beside:
            kept.add(number)
    return frozenset(kept)
