"""The vocabulary of judgement: what a check is, what it may say, and how it is declared."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from attrs import field, frozen

from smocrawl.checks.thresholds import Threshold
from smocrawl.page import Kind, Page
from smocrawl.platforms.base import Access, ImageFacts
from smocrawl.platforms.reading import NOTHING_ELSE, Resources


class Severity(StrEnum):
    """How much a failure costs; weights stand in :mod:`smocrawl.scoring`."""

    BLOCKER = "blocker"
    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"


class Tactic(StrEnum):
    """The nine tactics of social media optimisation, by their codes."""

    T1 = "T1"
    T2 = "T2"
    T3 = "T3"
    T4 = "T4"
    T5 = "T5"
    T6 = "T6"
    T7 = "T7"
    T8 = "T8"
    T9 = "T9"


class Outcome(StrEnum):
    """What a check says of one page or site."""

    PASSED = "passed"
    WARNED = "warned"
    FAILED = "failed"
    NOT_APPLICABLE = "not-applicable"
    NOT_MEASURED = "not-measured"


class Reason(StrEnum):
    """Why something is not measured."""

    OFF = "off"
    """Needs a fetch or rendering that is switched off."""
    ERROR = "error"
    """The crawl tried and failed for a cause that is not the site's fault."""
    UNREACHABLE = "unreachable"
    SCRIPT = "script"
    """Only visible after running scripts."""


@frozen
class Said:
    """One thing a check yields: an outcome and the evidence for it, never a sentence."""

    outcome: Outcome
    evidence: Mapping[str, Any] = field(factory=dict)
    reason: Reason | None = None
    severity: Severity | None = None
    """Raised above the check's own where its criterion says so (an image of 5 MB is critical)."""


def fail(*, severity: Severity | None = None, **evidence: Any) -> Said:
    return Said(Outcome.FAILED, evidence, severity=severity)


def warn(**evidence: Any) -> Said:
    """Half credit."""
    return Said(Outcome.WARNED, evidence)


def unmeasured(reason: Reason, **evidence: Any) -> Said:
    return Said(Outcome.NOT_MEASURED, evidence, reason)


NOT_APPLICABLE = Said(Outcome.NOT_APPLICABLE)
"""Yielded where applicability shows only half-way through a check."""


@frozen(kw_only=True)
class Fetched:
    """How one URL outside the page answered in this crawl (link targets, canonicals, icons, feeds …)."""

    status: int | None = None
    error: str | None = None
    hops: int = 0
    final_url: str = ""
    type: str | None = None


@frozen(kw_only=True)
class LookedUp:
    """How another site answered for a link or an embedded item, where look-ups were asked for."""

    status: int | None = None
    gone: bool | None = None
    """None = the answer does not tell: a wall, a fault, no answer at all."""


@frozen(kw_only=True)
class Suppression:
    """Findings that the client has accepted: listed in the appendix, counted nowhere."""

    check: str
    """A check id, or ``*`` for every check."""
    url: str = ""
    """Regular expression searched in the URL; empty = any."""
    kind: Kind | None = None
    why: str = ""

    def covers(self, check: str, url: str, kind: Kind | None) -> bool:
        return (
            self.check in ("*", check)
            and (self.kind is None or self.kind is kind)
            and (not self.url or re.search(self.url, url) is not None)
        )


@frozen(kw_only=True)
class Audience:
    """What the audience profile asks for (see :mod:`smocrawl.audience`)."""

    id: str = "general"
    label: str = "General"
    base: str = "general"
    """The built-in profile it is, or was made from."""
    key: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    min_profiles: int = 3
    feed_age_days: int = 60
    cadence_items: int = 3
    cadence_gap_days: int = 60
    aging_months: int | None = 24
    """From which age an article counts as old; None = age does not count (news archives)."""
    weights: Mapping[str, float] = field(factory=dict)
    """Weight of each tactic in the score; empty = those of the general profile."""
    opt_out: tuple[str, ...] = ()
    """Networks that the client leaves out on purpose."""
    domains: tuple[str, ...] = ()
    """Other domains of the same owner."""
    suppress: tuple[Suppression, ...] = ()
    thresholds: Mapping[str, Threshold] = field(factory=dict)
    """The client's own numbers, by name (:func:`smocrawl.checks.thresholds.all_thresholds`)."""
    limits: Mapping[str, Mapping[str, float]] = field(factory=dict)
    """The same for checks of the whole site: check id -> name of the limit -> number."""

    def suppression(self, check: str, url: str, kind: Kind | None = None) -> Suppression | None:
        """By which the client has accepted this finding; None = he has not."""
        return next((one for one in self.suppress if one.covers(check, url, kind)), None)

    def is_suppressed(self, check: str, url: str, kind: Kind | None = None) -> bool:
        return self.suppression(check, url, kind) is not None


@frozen(kw_only=True)
class Context:
    """What lies outside the page.  ``None`` or a missing key means not measured, never absent."""

    images: Mapping[str, ImageFacts] = field(factory=dict)
    """Measured images by absolute URL."""
    fetched: Mapping[str, Fetched] = field(factory=dict)
    """Other URLs by absolute URL, pages included."""
    access: Mapping[str, Access] = field(factory=dict)
    """Robots verdicts for this page and its image, by bot token; empty = not measured."""
    resources: Resources = NOTHING_ELSE
    """What platforms would fetch besides the page."""
    inlinks: int | None = None
    """Other pages of the site that link here from navigation or main text."""
    depth: int | None = None
    """Clicks from the home page; None = never reached by links."""
    whole: bool = True
    """Every page that the crawl met was read: who is not linked here, is not linked at all."""
    in_sitemap: bool | None = None
    sitemap_lastmod: str | None = None
    median_latency: float | None = None
    """Seconds in which half of the site's pages arrived."""
    image_uses: Mapping[str, int] = field(factory=dict)
    """Content pages of the site that offer this share image, by URL."""
    logo_urls: frozenset[str] = frozenset()
    """Organization logo and icons of the site."""
    site_profiles: frozenset[tuple[str, str]] = frozenset()
    """(platform, handle lower case) of the site's own visible or sameAs profiles."""
    repeated_links: frozenset[str] = frozenset()
    """URLs that stand on at least half of the pages: template links, wherever they seem to stand."""
    site_kinds: Mapping[Kind, int] = field(factory=dict)
    languages: frozenset[str] = frozenset()
    """Primary language subtags that the site's pages declare."""
    own_hosts: frozenset[str] = frozenset()
    """Hosts of the audited site (www and apex both)."""
    outbound: Mapping[str, LookedUp] | None = None
    """Links to other sites that were looked up, by address; None = look-ups are off."""
    embedded: Mapping[str, LookedUp] | None = None
    """Embedded items that were looked up, by the address that is embedded; None = look-ups are off."""
    rendered: Page | None = None
    """The same page read again after its scripts had run; None = not measured."""
    now: Any = None
    """Time of the crawl (aware datetime): the clock of every time-dependent check."""
    audience: Audience = field(factory=Audience)


Judge = Callable[[Page, Context], Iterable[Said]]
Applies = Callable[[Page, Context], bool]

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)?")
EVERYWHERE = "all"


@frozen(kw_only=True, eq=False)
class Declaration:
    """What page checks and site checks have in common; everything else hangs off it."""

    id: str
    title: str
    """The failing state in one line, as a heading says it."""
    tactic: Tactic
    theme: str
    severity: Severity
    says: str
    """The sentence of a failure, with evidence names in braces."""
    warns: str = ""
    """The sentence of a warning, where it differs."""
    causes: Mapping[str, str] = field(factory=dict)
    """Sentences for single causes, by what the evidence calls ``cause``; see :meth:`sentence`."""
    why: str
    fix: str
    source: str
    """https URL of the text or code on which the threshold stands."""
    grade: str
    """A platform or standard · B a consumer's source code · C measured by third parties · D our judgement."""
    source_name: str = ""
    platforms: tuple[str, ...] = (EVERYWHERE,)
    kinds: tuple[Kind, ...] = ()
    """Page kinds it is for; empty = by ``applies`` alone."""
    since: str = "0.1"
    revision: int = 1
    time_dependent: bool = False
    cap: int | None = None
    """A blocker's ceiling for the page score."""
    effort: str = "template"
    owner: str = "developer"
    """editor, developer or administrator."""
    accept: str = ""
    """Acceptance test in one sentence."""
    origin: str = ""
    """Module (and line) that declares it."""

    def __attrs_post_init__(self) -> None:
        problems = [
            (not ID.fullmatch(self.id), "its id is not kebab case"),
            (not self.title or not self.says, "title or says is empty"),
            (not self.why or not self.fix, "its docstring lacks Why: or Fix:"),
            (not self.source.startswith("https://"), "its source is no https URL"),
            (self.grade not in ("A", "B", "C", "D"), "its grade is not A, B, C or D"),
            (self.owner not in ("editor", "developer", "administrator"), "nobody owns its fix"),
            ((self.severity is Severity.BLOCKER) != (self.cap is not None), "a blocker needs a cap, others have none"),
        ]
        for wrong, what in problems:
            if wrong:
                raise ValueError(f"check {self.id!r}: {what}")

    def sentence(self, outcome: Outcome, evidence: Mapping[str, Any]) -> str:
        """The sentence that fits what was found, its fields not yet filled in."""
        general = self.warns if outcome is Outcome.WARNED and self.warns else self.says
        return self.causes.get(str(evidence.get("cause", "")), general)


@frozen(kw_only=True, eq=False)
class Check(Declaration):
    """A page check: a declaration and the pure function that judges."""

    judge: Judge = field(repr=False)
    applies: Applies = field(repr=False)

    def __call__(self, page: Page, context: Context) -> tuple[Outcome, tuple[Said, ...]]:
        """The outcome for *page* and what was said (empty where it passed)."""
        if not self.is_for(page) or not self.applies(page, context):
            return Outcome.NOT_APPLICABLE, ()
        return self.judged(page, context)

    def is_for(self, page: Page) -> bool:
        """Whether it is for pages of that kind at all."""
        return not self.kinds or page.kind in self.kinds

    def judged(self, page: Page, context: Context) -> tuple[Outcome, tuple[Said, ...]]:
        """The same for a page to which it applies."""
        said = tuple(self.judge(page, context))
        return worst(said) if said else Outcome.PASSED, said


ORDER = (Outcome.FAILED, Outcome.WARNED, Outcome.NOT_MEASURED, Outcome.NOT_APPLICABLE)


def worst(said: Iterable[Said]) -> Outcome:
    """Failed before warned before not measured; nothing said = passed."""
    said = tuple(said)
    if len(said) == 1:
        return said[0].outcome
    outcomes = {one.outcome for one in said}
    return next((outcome for outcome in ORDER if outcome in outcomes), Outcome.PASSED)


SUPPRESSED = "suppressed"
"""In the place of the outcome of an accepted finding, in the store and in what is written from it."""


@frozen(kw_only=True)
class Finding:
    """One failure or warning of one check on one page (or on the site)."""

    check: str
    outcome: Outcome
    severity: Severity
    url: str
    evidence: Mapping[str, Any]
    suppressed: bool = False
    """The client has accepted it (see :class:`Suppression`): told in the appendix, not scored."""
    accepted: str = ""
    """Why, in the client's words."""

    @property
    def stored_as(self) -> str:
        """The outcome under which the store keeps it."""
        return SUPPRESSED if self.suppressed else self.outcome.value


def always(page: Page, context: Context) -> bool:
    return True


def check(
    id: str,
    *,
    title: str,
    tactic: Tactic,
    severity: Severity,
    says: str,
    source: str,
    grade: str,
    applies: Applies = always,
    theme: str = "",
    **facts: Any,
) -> Callable[[Judge], Check]:
    """Declare a page check; the docstring of the function gives ``Why:`` and ``Fix:`` (and ``Accept:``)."""

    def declare(judge: Judge) -> Check:
        parts = prose(inspect.getdoc(judge) or "")
        return Check(
            id=id,
            title=title,
            tactic=tactic,
            theme=theme or judge.__module__.rpartition(".")[2],
            severity=severity,
            says=says,
            source=source,
            grade=grade,
            applies=applies,
            judge=judge,
            why=parts.get("why", ""),
            fix=parts.get("fix", ""),
            accept=parts.get("accept", ""),
            origin=f"{judge.__module__}:{inspect.unwrap(judge).__code__.co_firstlineno}",
            **facts,
        )

    return declare


def prose(doc: str) -> dict[str, str]:
    """The paragraphs of a docstring by their leading word: why, fix, accept."""
    return dict(_paragraphs(doc))


def _paragraphs(doc: str) -> Iterator[tuple[str, str]]:
    for paragraph in re.split(r"\n\s*\n", doc):
        head, colon, rest = paragraph.partition(":")
        if colon and head.strip().lower() in ("why", "fix", "accept"):
            yield head.strip().lower(), " ".join(rest.split())
