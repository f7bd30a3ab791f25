"""Reads what one crawl said of each page and of the site, page by page, so that memory does not grow with the site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from attrs import field, frozen

from smocrawl.checks.base import Declaration, Outcome, Severity
from smocrawl.page import Kind, Page
from smocrawl.scoring import Judged, judged, prominence, tables
from smocrawl.store.database import Database
from smocrawl.store.facts import from_json, outcomes_of, unpack_if_readable
from smocrawl.store.verdicts import gravest


@frozen(kw_only=True)
class Told:
    """A stored finding: how grave, and on what evidence."""

    severity: str
    evidence: Mapping[str, Any]


@frozen(kw_only=True)
class Seen:
    """One page as one crawl judged it."""

    id: int
    url: str
    kind: Kind
    weight: float
    """Its prominence."""
    shareable: bool
    untagged: bool
    is_read: bool
    """It answered 200."""
    counts: bool
    """It is part of the site score."""
    indexable: bool
    """Search engines may list it, as far as its own directives say."""
    facts: tuple[Any, ...]
    """What tells whether somebody touched the page."""
    results: Mapping[str, Judged]
    findings: Mapping[str, Sequence[Told]]
    cards: bytes | None = field(repr=False)
    packed: bytes = field(default=b"", repr=False)
    """All its facts."""

    def is_touched_since(self, before: Seen) -> bool:
        """Whether somebody worked on it, as far as its texts and all that ages on a page tell."""
        if before.facts != self.facts:
            return True
        return before.packed != self.packed and _ageing(before.packed) != _ageing(self.packed)


def _ageing(packed: bytes) -> tuple[object, ...]:
    """What time alone can make wrong on a page, as it stands there: whether a network has closed is not its own doing."""
    page = unpack_if_readable(packed, Page) if packed else None
    if page is None:
        return ()
    named = [one.url for one in (*page.social, *page.same_as)] + [one.url for one in page.embeds]
    return named, [one.id for one in page.vendors], page.dates, page.entities


QUERY = """
SELECT page.url AS id, url.url AS address, page.kind, page.shareable, page.indexable, page.status = 200 AS is_read,
       page.status = 200 AND page.self_canonical AND review.score IS NOT NULL AS counts,
       page.og_title IS NULL AND page.og_description IS NULL AND page.og_image IS NULL AND page.og_type IS NULL AS untagged,
       page.title, page.h1, page.headline, page.og_title, page.og_description, page.og_image, page.published,
       page.modified, page.words, page.text_sha1, measure.depth AS clicks,
       EXISTS (SELECT 1 FROM listed WHERE listed.run = page.run AND listed.url = page.url) AS listed,
       told.outcomes, review.cards, page.facts AS packed,
       (SELECT json_group_array(json_array(check_id, severity, json(evidence)))
        FROM finding WHERE finding.run = page.run AND finding.url = page.url AND outcome != 'suppressed') AS findings
FROM page
JOIN url ON url.id = page.url
JOIN review ON review.run = page.run AND review.url = page.url
JOIN review_outcomes AS told ON told.run = review.run AND told.url = review.url
LEFT JOIN measure ON measure.run = page.run AND measure.url = page.url
WHERE page.run = ?
ORDER BY page.url
"""

TOUCHED = (
    "title", "h1", "headline", "og_title", "og_description", "og_image", "published", "modified", "words", "text_sha1",
)  # fmt: skip
"""Columns that change when somebody works on a page."""


def pages(database: Database, run: int, verdicts: Verdicts) -> Iterator[Seen]:
    """In the order of their ids."""
    for row in database.connection.execute(QUERY, (run,)):
        findings = _told(row["findings"])
        yield Seen(
            id=row["id"],
            url=row["address"],
            kind=Kind(row["kind"]),
            weight=prominence(row["clicks"], listed=bool(row["listed"])),
            shareable=bool(row["shareable"]),
            untagged=bool(row["untagged"]),
            is_read=bool(row["is_read"]),
            counts=bool(row["counts"]),
            indexable=bool(row["indexable"]),
            facts=tuple(row[name] for name in TOUCHED),
            results=verdicts.of_page(row["outcomes"], findings),
            findings=findings,
            cards=row["cards"],
            packed=row["packed"],
        )


MOST_ALIKE = 256
"""Combinations of verdicts that are kept at hand, as many as of their stored form."""


class Verdicts:
    """Stored outcomes as scoring takes them; each combination is made once, for there are few and pages are many."""

    def __init__(self, checks: Mapping[str, Declaration]) -> None:
        self.checks = checks
        self._known: dict[tuple[str, str, str | None], Judged] = {}
        self._pages: dict[tuple[bytes | str, tuple[tuple[str, str], ...]], Mapping[str, Judged]] = {}

    def of_page(self, outcomes: bytes | str, findings: Mapping[str, Sequence[Told]]) -> Mapping[str, Judged]:
        """Of a value of the view ``review_outcomes``; pages that were judged alike, be it in two crawls, share theirs."""
        severities = {check: told[-1].severity for check, told in findings.items()}
        key = outcomes, tuple(severities.items())
        if key not in self._pages:
            if len(self._pages) >= MOST_ALIKE:
                self._pages.clear()
            self._pages[key] = MappingProxyType(self.of(outcomes_of(outcomes), severities))
        return self._pages[key]

    def of(self, outcomes: Mapping[str, str], severities: Mapping[str, str]) -> dict[str, Judged]:
        """By check, those that do not apply too; a check that is no longer installed is left out."""
        return {
            name: self._one(name, outcome, severities.get(name))
            for name, outcome in outcomes.items()
            if name in self.checks
        }

    def _one(self, name: str, outcome: str, raised: str | None) -> Judged:
        key = (name, outcome, raised)
        if key not in self._known:
            severity = Severity(raised) if raised else None
            self._known[key] = judged(self.checks[name], Outcome(outcome), severity)
        return self._known[key]


@lru_cache(maxsize=16)
def _told(stored: str) -> Mapping[str, list[Told]]:
    """Of one page; the same words in two crawls are read once."""
    return MappingProxyType(_findings(from_json(stored)))


def _findings(rows: Sequence[Sequence[Any]]) -> dict[str, list[Told]]:
    found: dict[str, list[Told]] = {}
    for check, severity, evidence in rows:
        found.setdefault(check, []).append(Told(severity=severity, evidence=evidence))
    return found


# -- the site ---------------------------------------------------------------------------------------


@frozen(kw_only=True)
class Whole:
    """The site as one crawl judged it."""

    score: float | None
    weights: Mapping[str, float]
    bots_shut_out: bool
    results: Mapping[str, Judged]
    findings: Mapping[str, Sequence[Told]]


def whole(database: Database, run: int, checks: Mapping[str, Declaration]) -> Whole:
    rows = database.rows("SELECT value, explanation FROM site_score WHERE run = ? AND scope = 'site'", run)
    explained = from_json(rows[0]["explanation"]) if rows else {}
    outcomes = {
        row["check_id"]: row["outcome"]
        for row in database.rows("SELECT check_id, outcome FROM site_outcome WHERE run = ?", run)
    }
    told = database.rows(
        "SELECT check_id, outcome, severity, evidence FROM finding"
        " WHERE run = ? AND url IS NULL AND outcome != 'suppressed' ORDER BY rowid",
        run,
    )
    severities = {
        check: gravest(row["severity"] for row in told if (row["check_id"], row["outcome"]) == (check, outcome))
        for check, outcome in outcomes.items()
    }
    return Whole(
        score=rows[0]["value"] if rows else None,
        weights=explained.get("weights") or {},
        # The lowest ceiling of all: where it holds, it is the one that the score names.
        bots_shut_out=explained.get("cap") == tables.BOTS_CHECK,
        results=Verdicts(checks).of(outcomes, {check: one for check, one in severities.items() if one}),
        findings=_findings([(row["check_id"], row["severity"], from_json(row["evidence"])) for row in told]),
    )


# -- what did not answer ------------------------------------------------------------------------------

NETWORK = """
SELECT fetch.url AS id, url.url AS address FROM fetch JOIN url ON url.id = fetch.url
WHERE fetch.run = ? AND (fetch.status = 429 OR fetch.status >= 500 OR fetch.status IS NULL
    AND coalesce(fetch.error, '') NOT LIKE 'robots%' AND coalesce(fetch.error, '') NOT LIKE 'budget%'
    AND coalesce(fetch.error, '') NOT LIKE 'refused%')
"""

UNASKED = "SELECT url FROM fetch WHERE run = ? AND status IS NULL"


@frozen(kw_only=True)
class Silence:
    """Addresses that said nothing in one crawl."""

    failed: Mapping[int, str]
    """Did not answer, or with a fault of the server."""
    unasked: frozenset[int]
    """No answer for whatever reason: robots.txt, a limit, the network."""

    def without(self, other: Mapping[int, str]) -> Mapping[int, str]:
        """Failures that *other* does not confirm."""
        return {url: address for url, address in self.failed.items() if url not in other}


def silence(database: Database, run: int) -> Silence:
    return Silence(
        failed={row["id"]: row["address"] for row in database.rows(NETWORK, run)},
        unasked=frozenset(row["url"] for row in database.rows(UNASKED, run)),
    )
