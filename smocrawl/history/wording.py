"""The words of a finding: its title, and what was found with the evidence filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from smocrawl.checks.base import Declaration, Outcome
from smocrawl.registry import all_checks, all_site_checks

LONGEST = 300
"""Characters of one sentence; more of a crawled text helps nobody."""

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
"""Whatever ends a line somewhere, moves a cursor or turns the direction of writing."""


def one_line(text: str) -> str:
    return CONTROL.sub(" ", text)


def declaration(check: str) -> Declaration | None:
    return all_checks().get(check) or all_site_checks().get(check)


def title(check: str) -> str:
    """The failing state in one line; of a check that is not installed any more, its id."""
    known = declaration(check)
    return known.title if known else check


def sentence(check: str, outcome: str, evidence: Mapping[str, Any]) -> str:
    """What was found; the title where no sentence fits the evidence (it was stored by other rules)."""
    known = declaration(check)
    if known is None:
        return check
    try:
        text = known.sentence(Outcome(outcome), evidence).format_map(evidence)
    except (KeyError, IndexError, ValueError, TypeError, AttributeError):
        text = known.title
    text = one_line(text)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
