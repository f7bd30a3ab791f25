"""Which block of the body holds the main text: the one into which most of the prose falls."""

from __future__ import annotations

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
REGION_ROOM = 2.0
"""An ``article`` around the main block counts as its region up to this multiple of its prose."""


def find_main(survey: Survey) -> None:
    """Mark the main block, its region and the nodes inside."""
    if not survey.nodes:
        return
    weigh(survey, [block for block in survey.blocks if is_prose(block)])
    most = survey.nodes[0].prose * MOST
    for node in survey.nodes:
        around = node.parent >= 0 and survey.nodes[node.parent].beside
        node.beside = around or (node.own and not (node.marked and node.prose > most))
    weigh(survey, [block for block in survey.blocks if is_prose(block) and not survey.nodes[block.node].beside])
    survey.main = descend(survey)
    survey.region = region(survey)
    survey.inside = inside(survey, survey.region)


def is_prose(block: Block) -> bool:
    length = len(block.text)
    if length < WIDE_SENTENCE or block.linked > length * LINKED:
        return False
    return length >= SENTENCE or not block.text.isascii() and wide(block.text) >= WIDE_SENTENCE


def wide(text: str) -> int:
    """Number of Chinese, Japanese and Korean characters."""
    return sum("\u3040" <= character <= "\u9fff" or "\uac00" <= character <= "\ud7a3" for character in text)


def weigh(survey: Survey, blocks: list[Block]) -> None:
    """Add the length of each block to all nodes around it."""
    nodes = survey.nodes
    for node in nodes:
        node.prose = 0
    for block in blocks:
        if not nodes[block.node].hidden:
            nodes[block.node].prose += len(block.text)
    for number in range(len(nodes) - 1, 0, -1):
        nodes[nodes[number].parent].prose += nodes[number].prose


def descend(survey: Survey) -> int:
    """Follow the heaviest child as long as it holds most of what its parent holds."""
    heaviest: dict[int, int] = {}
    for number, node in enumerate(survey.nodes):
        if node.parent >= 0 and not node.beside:
            best = heaviest.get(node.parent)
            if best is None or node.prose > survey.nodes[best].prose:
                heaviest[node.parent] = number
    here = 0
    while (child := heaviest.get(here)) is not None:
        node = survey.nodes[child]
        if node.prose < survey.nodes[here].prose * DESCEND or not node.prose or node.tag in ("p", "li", "pre", "td"):
            break
        here = child
    return here


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
