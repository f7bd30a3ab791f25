"""A breadcrumb trail as people see it: a short line of links that each lead further down."""

from __future__ import annotations

from smocrawl.extract.body.blocks import Block, Survey
from smocrawl.page import Area

DOWNWARDS = (" > ", " › ", " » ", " → ", " ▸ ", " ⟩ ")
"""What stands between the steps."""
LONGEST = 300
"""Characters of such a line."""
STEPS = 3
"""A line of two may be a pair of buttons."""
LINKED = 0.5
"""Share of its characters that lie in links: a path through somebody's menus is text."""


def is_trail(survey: Survey) -> bool:
    """Whether some line of the page is a trail, whatever its class is named."""
    return survey.says(DOWNWARDS) and any(
        _leads_down(block) and not survey.nodes[block.node].hidden and survey.area(block.node) is not Area.FOOTER
        for block in survey.blocks
    )


def _leads_down(block: Block) -> bool:
    if len(block.text) > LONGEST or block.linked < len(block.text) * LINKED:
        return False
    steps = next((block.text.split(sign) for sign in DOWNWARDS if sign in block.text), [])
    return len(steps) >= STEPS and all(step.strip() for step in steps)
