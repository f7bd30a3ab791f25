"""Which block of the body holds the main text: the one into which most of the prose falls."""

from __future__ import annotations

import re

from smocrawl.extract.blocks import Block, Survey

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
REPLIES = re.compile(r"comment|respond|related|recommend|author|consent|cookie", re.IGNORECASE)
"""Blocks that may well be longer than the main text, and are not it."""
REGION_ROOM = 2.0
"""An ``article`` around the main block counts as its region up to this multiple of its prose."""


def find_main(survey: Survey) -> None:
    """Mark the main block, its region and the nodes inside."""
    if not survey.nodes:
        return
    survey.prose = [block for block in survey.blocks if is_prose(block)]
    if any(node.marked for node in survey.nodes):
        weigh(survey, survey.prose)
    for number, node in enumerate(survey.nodes):
        around = node.parent >= 0 and survey.nodes[node.parent].beside
        node.beside = around or (node.own and not is_misnamed(survey, number))
    weigh(survey, [block for block in survey.prose if not survey.nodes[block.node].beside])
    survey.main = descend(survey)
    survey.region = region(survey)
    survey.inside = inside(survey, survey.region)


def is_misnamed(survey: Survey, number: int) -> bool:
    """Whether only a class name makes a side block of what holds the page's prose, with headline and all."""
    node = survey.nodes[number]
    if not node.marked or node.prose <= survey.nodes[0].prose * MOST:
        return False
    headlines = [draft for draft in survey.headings if draft.element.tag == "h1"]
    if any(number in survey.up(draft.node) for draft in headlines):
        return True
    if REPLIES.search(f"{node.classes} {node.id}"):
        return False
    if any(survey.nodes[around].tag in ("article", "main") for around in survey.up(number)):
        return True
    return not any(
        other.tag in ("article", "main") and number not in survey.up(place) for place, other in enumerate(survey.nodes)
    )


def is_prose(block: Block) -> bool:
    length = len(block.text)
    if length < WIDE_SENTENCE or block.linked > length * LINKED:
        return False
    return length >= SENTENCE or (not block.text.isascii() and wide(block.text) >= WIDE_SENTENCE)


def wide(text: str) -> int:
    """Number of Chinese, Japanese and Korean characters."""
    return sum("\u3040" <= character <= "\u9fff" or "\uac00" <= character <= "\ud7a3" for character in text)


def weigh(survey: Survey, blocks: list[Block]) -> None:
    """Add the length of each block to all nodes around it."""
    nodes = survey.nodes
    weights = [0] * len(nodes)
    for block in blocks:
        if not nodes[block.node].hidden:
            weights[block.node] += len(block.text)
    for number in range(len(nodes) - 1, 0, -1):
        if weights[number]:
            weights[nodes[number].parent] += weights[number]
    for node, weight in zip(nodes, weights, strict=True):
        node.prose = weight


def descend(survey: Survey) -> int:
    """Follow the heaviest child as long as it holds most of what its parent holds."""
    heaviest: dict[int, int] = {}
    for number, node in enumerate(survey.nodes):
        if node.parent >= 0 and not node.beside:
            best = heaviest.get(node.parent)
            if best is None or node.prose > survey.nodes[best].prose:
                heaviest[node.parent] = number
    if not survey.nodes[0].prose:
        return bare_main(survey)
    here = 0
    while (child := heaviest.get(here)) is not None:
        node = survey.nodes[child]
        if node.prose < survey.nodes[here].prose * DESCEND or not node.prose or node.tag in ("p", "li", "pre", "td"):
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


def region(survey: Survey) -> int:
    """The ``article`` or ``main`` around the main block, where it holds little else."""
    limit = survey.nodes[survey.main].prose * REGION_ROOM
    for number in survey.up(survey.main):
        node = survey.nodes[number]
        if node.prose > limit:
            break
        if node.tag in ("article", "main") or node.element.get("role") in ("main", "article"):
            return number
    return survey.main


def inside(survey: Survey, top: int) -> frozenset[int]:
    """The nodes under *top* that stand neither beside the main text nor hidden."""
    kept: set[int] = set()
    for number in range(top, len(survey.nodes)):
        node = survey.nodes[number]
        if (number == top or node.parent in kept) and not node.hidden and (number == top or not node.beside):
            kept.add(number)
    return frozenset(kept)
