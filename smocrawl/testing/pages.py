"""A check asked about a page given as HTML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from smocrawl import extract
from smocrawl.checks.base import Check, Context, Outcome, Reason

URL = "https://site.example/page"
"""Where the page stands if the test names no URL."""


@frozen(kw_only=True)
class Answer:
    """What a check says of one page."""

    outcome: Outcome
    evidence: tuple[Mapping[str, Any], ...] = ()
    """Of each failure and warning, in order."""
    sentences: tuple[str, ...] = ()
    """The same as a report words it."""
    reason: Reason | None = None
    """Why it was not measured."""


def judge(
    check: Check,
    html: str | bytes,
    *,
    url: str = URL,
    headers: Mapping[str, str] | None = None,
    status: int = 200,
    context: Context | None = None,
) -> Answer:
    """The answer of *check* to the page *html*, read as a crawl would read it."""
    body = html.encode() if isinstance(html, str) else html
    page = extract.read_page(url, body, headers=headers, status=status)
    outcome, said = check(page, context or Context())
    found = [one for one in said if one.outcome in (Outcome.FAILED, Outcome.WARNED)]
    return Answer(
        outcome=outcome,
        evidence=tuple(one.evidence for one in found),
        sentences=tuple(check.sentence(one.outcome, one.evidence).format_map(one.evidence) for one in found),
        reason=next((one.reason for one in said if one.reason), None),
    )
