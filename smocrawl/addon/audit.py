"""What a worker does with one page that a host's spider downloaded: facts and a judgement, as rows for the store."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attrs import frozen

from smocrawl import registry
from smocrawl.checks.applies import shareable
from smocrawl.checks.base import Audience, Context
from smocrawl.reading import Task, named_assets, own_links, page_of
from smocrawl.review import judge
from smocrawl.spiders.scope import Scope
from smocrawl.store.records import PageRecord, page_record
from smocrawl.store.reviews import finding_rows, review_row


@frozen(kw_only=True)
class Audited:
    """One page, read and judged by itself."""

    record: PageRecord
    uses: tuple[tuple[str, str], ...]
    """(URL, role) of files that it names."""
    outcomes: Mapping[str, str]
    score: float | None
    review: tuple[Any, ...]
    """Columns of the table ``review`` behind run and URL."""
    findings: tuple[tuple[Any, ...], ...]
    """Of the table ``finding``, the same."""


def get_ready() -> None:
    """A worker that can be asked for this has loaded all that it needs; the checks and platforms are collected here."""
    registry.all_checks()
    registry.all_platforms()


def audit(task: Task, scope: Scope, audience: Audience, now: datetime) -> Audited:
    """Everything that one page says by itself; what lies outside it is not measured."""
    page = page_of(task)
    context = Context(audience=audience, own_hosts=scope.hosts, now=now)
    review = judge(page, context)
    return Audited(
        record=page_record(page, own_links(page, scope), shareable=shareable(page, context)),
        uses=tuple(dict.fromkeys((url, role) for url, _, role in named_assets(page))),
        outcomes={name: outcome.value for name, outcome in review.outcomes.items()},
        score=review.score.page,
        review=review_row(0, 0, review)[2:],
        findings=tuple(row[2:] for row in finding_rows(0, 0, review)),
    )
