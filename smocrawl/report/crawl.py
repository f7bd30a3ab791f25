"""One crawl as the sections of a report see it: rows of the store, read once and held as plain values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any

from attrs import define, field, frozen

from smocrawl import audience
from smocrawl.checks.base import Audience, Outcome, Severity
from smocrawl.history import Difference, compare
from smocrawl.page import Page
from smocrawl.report import card_words, safe
from smocrawl.report.assets import Assets, as_it_stands
from smocrawl.report.catalogue import Catalogue
from smocrawl.report.heads import NOT_FOR_A_HEAD, banners, without_banners
from smocrawl.report.language import Language
from smocrawl.report.page_rows import PageRow, netloc, page_row
from smocrawl.report.words import Words
from smocrawl.scoring import tables
from smocrawl.store import runs
from smocrawl.store.database import Database
from smocrawl.store.facts import from_json, outcomes_of, unpack, unpack_if_readable

COUNTED = (Outcome.PASSED, Outcome.WARNED, Outcome.FAILED)


@frozen(kw_only=True)
class Found:
    """One finding of one page, or of the site (page = None)."""

    page: int | None
    check: str
    outcome: str
    severity: str
    evidence: Mapping[str, Any]
    accepted: str = ""
    """Why the client accepts it, where he does."""
    written: str = field(default="", repr=False, eq=False)
    """The evidence as it is stored."""

    @property
    def rank(self) -> int:
        return rank(self.severity, self.outcome)


GRAVITY = {severity.value: 2 * at for at, severity in enumerate(Severity)}


def rank(severity: str, outcome: str) -> int:
    """The gravest first, as its sign tells it; failures before warnings."""
    return GRAVITY[drawn_severity(severity, outcome)] + (outcome == Outcome.WARNED)


def drawn_severity(severity: str, outcome: str) -> str:
    """The sign that people see: what is only nearly a blocker blocks nothing."""
    return Severity.HIGH.value if is_nearly_blocker(severity, outcome) else severity


def is_nearly_blocker(severity: str, outcome: str) -> bool:
    """Of such a finding the check's title, which names the grave fault, would say too much."""
    return severity == Severity.BLOCKER and outcome == Outcome.WARNED


@frozen(kw_only=True)
class Fix:
    """One change and what it is worth."""

    rank: int
    check: str
    template: str
    kind: str
    pages: int
    gain: float
    effort: int
    evidence: Mapping[str, Any]
    examples: tuple[str, ...]

    @property
    def anchor(self) -> str:
        return f"fix-{self.rank}"


@frozen(kw_only=True)
class Scored:
    """One score of the site with its explanation."""

    value: float | None
    coverage: float | None
    explanation: Mapping[str, Any]


@define
class Tally:
    """How often a check passed, warned, failed, and was not measured, over the pages."""

    passed: int = 0
    warned: int = 0
    failed: int = 0
    unmeasured: int = 0

    @property
    def rated(self) -> int:
        return self.passed + self.warned + self.failed

    @property
    def faults(self) -> int:
        return self.warned + self.failed


@define(eq=False)
class Crawl:
    """The store through the eyes of one run."""

    database: Database
    id: int
    catalogue: Catalogue
    language: Language = field(factory=Language)
    spelled: Callable[[str], str | None] = field(default=as_it_stands)
    """An address that a page names as the crawl asks it."""
    _sentences: dict[tuple[str, str, str], str] = field(factory=dict, init=False, repr=False)

    def read_from(self, database: Database) -> None:
        """Goes on with another connection to the same store."""
        self.database = self.pictures.database = database

    # -- the run ------------------------------------------------------------------------------

    @cached_property
    def run(self) -> runs.Run:
        return runs.load(self.database, self.id)

    @cached_property
    def versions(self) -> Any:
        return self.database.rows("SELECT version, ruleset, algorithm FROM run WHERE id = ?", self.id)[0]

    @cached_property
    def words(self) -> Words:
        return Words(self.language)

    @property
    def domain(self) -> str:
        return safe.host(self.run.home)

    @cached_property
    def audience(self) -> Audience:
        """The profile of the run; the general one where a client's own file is gone by now."""
        try:
            return audience.load(self.run.audience)
        except audience.AudienceError:
            return audience.load()

    @cached_property
    def earlier(self) -> tuple[runs.Run, ...]:
        """Finished runs before this one, oldest first."""
        return tuple(
            run for run in runs.all_runs(self.database) if run.id < self.id and run.state in ("done", "incomplete")
        )

    @cached_property
    def difference(self) -> Difference | None:
        """Compared with the finished crawl before this one, as both were judged; None on the first."""
        return compare(self.database, self.earlier[-1].id, self.id) if self.earlier else None

    # -- scores -------------------------------------------------------------------------------

    @cached_property
    def scores(self) -> Mapping[tuple[str, str], Scored]:
        """By (scope, key)."""
        rows = self.database.rows("SELECT * FROM site_score WHERE run = ?", self.id)
        return {
            (row["scope"], row["key"]): Scored(
                value=row["value"], coverage=row["coverage"], explanation=from_json(row["explanation"])
            )
            for row in rows
        }

    def scored(self, scope: str, key: str | None = None) -> Scored:
        """A score of the site; without a value where there is none."""
        nothing = Scored(value=None, coverage=None, explanation={})
        if key is not None:
            return self.scores.get((scope, key), nothing)
        return next((score for (found, _), score in self.scores.items() if found == scope), nothing)

    @property
    def score(self) -> float | None:
        return self.scored("site").value

    @cached_property
    def coverage(self) -> float | None:
        known = self.scored("site").coverage
        if known is not None:
            return known
        found: float | None = self.database.rows("SELECT avg(coverage) FROM review WHERE run = ?", self.id)[0][0]
        return found

    @property
    def is_partial(self) -> bool:
        return self.coverage is not None and self.coverage < tables.COVERAGE_MIN

    # -- pages --------------------------------------------------------------------------------

    @cached_property
    def pages(self) -> tuple[PageRow, ...]:
        """Every page that answered with 200, worst first."""
        rows = self.database.connection.execute(
            "SELECT p.url, p.status, p.kind, p.template, p.shareable, p.indexable AND p.self_canonical AS public, p.title, p.h1, p.og_image, p.published, p.words,"
            " u.url AS address, r.score, r.uncapped, r.cap, r.platforms, m.inlinks, m.depth AS clicks,"
            " m.crosslink, m.hub FROM page p JOIN url u ON u.id = p.url"
            " LEFT JOIN review r ON r.run = p.run AND r.url = p.url LEFT JOIN measure m ON m.run = p.run AND m.url = p.url"
            " WHERE p.run = ? AND p.status = 200 ORDER BY r.score IS NULL, r.score, u.url",
            (self.id,),
        )
        own = self._home_host()
        return tuple(page_row(row, self.domain, own) for row in rows)

    def _home_host(self) -> str:
        """The host under which the home page was read; empty where it was not, as when it moves on to ``www.``."""
        home = self.run.home.rstrip("/")
        read = self.database.scalar(
            "SELECT count(*) FROM page JOIN url ON url.id = page.url WHERE page.run = ? AND status = 200 AND url.url IN (?, ?)",
            self.id, home, f"{home}/",
        )  # fmt: skip
        return netloc(home) if read else ""

    @cached_property
    def by_id(self) -> Mapping[int, PageRow]:
        return {page.id: page for page in self.pages}

    @cached_property
    def by_url(self) -> Mapping[str, PageRow]:
        return {page.url: page for page in self.pages}

    @cached_property
    def shareable(self) -> tuple[PageRow, ...]:
        return tuple(page for page in self.pages if page.shareable)

    @cached_property
    def home(self) -> PageRow | None:
        known = self.by_url.get(self.run.home) or self.by_url.get(f"{self.run.home}/")
        return known or next((page for page in self.pages if page.kind == "home"), None)

    @cached_property
    def kinds(self) -> tuple[tuple[str, int], ...]:
        """Kinds of shareable pages with their number: home first, then the most frequent."""
        counted = Counter(page.kind for page in self.shareable)
        return tuple(sorted(counted.items(), key=lambda one: (one[0] != "home", -one[1], one[0])))

    def facts(self, page: PageRow) -> Page:
        return unpack_if_readable(self._packed(page), Page) or Page(url=page.url)

    def head_facts(self, page: PageRow) -> Page:
        """What a head to paste is made from: of the links, for example, nothing, although they are half of the facts."""
        found = unpack_if_readable(self._packed(page), Page, without=NOT_FOR_A_HEAD) or Page(url=page.url)
        return without_banners(found, self.banners)

    @cached_property
    def banners(self) -> frozenset[str]:
        """Headlines that are the site's, not a page's."""
        return banners(self.database, self.id)

    def _packed(self, page: PageRow) -> bytes:
        facts: bytes = self.database.rows("SELECT facts FROM page WHERE run = ? AND url = ?", self.id, page.id)[0][0]
        return facts

    def cards(self, page: PageRow) -> Mapping[str, Mapping[str, Any]]:
        """What each platform draws: a card (with ``layout``) or nothing (with ``code``)."""
        packed = self._packed_cards(page)
        if packed is None:
            return {}
        found: dict[str, Any] = unpack(packed, dict)
        return {name: card_words.unwrapped(card) for name, card in found.items() if card}

    def card_words(self, page: PageRow) -> Mapping[str, card_words.Card]:
        """What those cards say, for less than half the time that whole cards take."""
        packed = self._packed_cards(page)
        return {} if packed is None else card_words.read_cards(packed)

    def _packed_cards(self, page: PageRow) -> bytes | None:
        rows = self.database.rows("SELECT cards FROM review WHERE run = ? AND url = ?", self.id, page.id)
        packed: bytes | None = rows[0][0] if rows else None
        return packed

    @cached_property
    def pictures(self) -> Assets:
        """Measured images by URL."""
        return Assets(self.database, self.id, self.spelled)

    def thumb(self, url: str) -> bytes | None:
        return self.pictures.thumb(url)

    # -- verdicts -----------------------------------------------------------------------------

    @cached_property
    def tallies(self) -> Mapping[str, Tally]:
        """Outcomes of each page check, summed over the pages."""
        found: dict[str, Tally] = {}
        names = {"passed": "passed", "warned": "warned", "failed": "failed", "not-measured": "unmeasured"}
        for row in self.database.connection.execute("SELECT outcomes FROM review_outcomes WHERE run = ?", (self.id,)):
            for check, outcome in outcomes_of(row[0]).items():
                if outcome in names:
                    tally = found.setdefault(check, Tally())
                    name = names[outcome]
                    setattr(tally, name, getattr(tally, name) + 1)
        return found

    @cached_property
    def site_outcomes(self) -> Mapping[str, tuple[str, str | None]]:
        """(outcome, reason) of each check of the whole site."""
        rows = self.database.rows("SELECT check_id, outcome, reason FROM site_outcome WHERE run = ?", self.id)
        return {row[0]: (row[1], row[2]) for row in rows}

    @cached_property
    def reasons(self) -> Counter[str]:
        """Why checks were not measured, counted over pages and site."""
        counted: Counter[str] = Counter(reason for outcome, reason in self.site_outcomes.values() if reason)
        for row in self.database.connection.execute("SELECT reasons FROM review WHERE run = ?", (self.id,)):
            counted.update(from_json(row[0]).values())
        return counted

    def found(self, where: str = "outcome IN ('warned', 'failed')", *values: object) -> Iterator[Found]:
        """Findings of one page, or of the site, one by one, in the order of the checks' ids."""
        # The plus keeps SQLite from walking the index of checks, all findings of the site, for those of one page.
        yield from self._found(f"finding WHERE run = ? AND {where} ORDER BY url, +check_id, evidence", *values)

    def all_found(self, where: str = "outcome IN ('warned', 'failed')", *values: object) -> Iterator[Found]:
        """Those of the site, then those of the pages in the order of their addresses.

        The ids of pages follow the order in which they were met, which differs from crawl to crawl of the same site.
        """
        yield from self.found(f"url IS NULL AND {where}", *values)
        # The order comes from the index of addresses: sorting the findings of a large site would hold them all.
        pages = f"url CROSS JOIN finding ON finding.url = url.id WHERE run = ? AND {where}"
        yield from self._found(f"{pages} ORDER BY url.url, +check_id, evidence", *values)

    def _found(self, query: str, *values: object) -> Iterator[Found]:
        for row in self.database.connection.execute(
            f"SELECT finding.* FROM {query}",  # noqa: S608 - conditions of our own
            (self.id, *values),
        ):
            yield Found(
                page=row["url"], check=row["check_id"], outcome=row["outcome"], severity=row["severity"],
                evidence=_evidence(row["evidence"]), written=row["evidence"], accepted=row["accepted"] or "",
            )  # fmt: skip

    @cached_property
    def fixes(self) -> tuple[Fix, ...]:
        rows = self.database.rows("SELECT * FROM fix WHERE run = ? ORDER BY rank", self.id)
        return tuple(
            Fix(
                rank=row["rank"], check=row["check_id"], template=row["template"], kind=row["kind"], pages=row["pages"],
                gain=row["gain"], effort=row["effort"], evidence=from_json(row["evidence"]),
                examples=tuple(from_json(row["examples"])),
            )
            for row in rows
        )  # fmt: skip

    def fix_for(self, check: str, kind: str | None = None) -> Fix | None:
        """The most urgent fix of a check, of this kind of page first."""
        found = [fix for fix in self.fixes if fix.check == check]
        return next((fix for fix in found if fix.kind == kind), found[0] if found else None)

    def title(self, check: str) -> str:
        return self.catalogue.title(check, self.language)

    def sentence(self, found: Found) -> str:
        """Told by the tables and by the details, and of pages of one template alike."""
        key = found.check, found.outcome, found.written
        known = self._sentences.get(key, "")
        if not known or not found.written:
            known = self.catalogue.sentence(found.check, found.outcome, found.evidence, self.language)
            if len(self._sentences) >= REMEMBERED:
                self._sentences.clear()
            self._sentences[key] = known
        return known


REMEMBERED = 5_000
"""Sentences, and the evidence behind them, that are kept at hand: a megabyte or two."""


@lru_cache(maxsize=REMEMBERED)
def _evidence(stored: str) -> Mapping[str, Any]:
    found: dict[str, Any] = from_json(stored)
    return found


def moment(text: str | None) -> datetime | None:
    """An ISO 8601 text of the store; None where there is none."""
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
