"""The nine tactics: what each asks, how the site stands, what would bring it on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from attrs import frozen

from smocrawl.checks.base import Tactic
from smocrawl.report.crawl import Crawl, Tally
from smocrawl.report.percent import whole_percents
from smocrawl.report.sections.score import shares
from smocrawl.report.sections.section import Section
from smocrawl.report.sections.top_fixes import LEAST_GAIN, anchor

WINS = 2


@frozen(kw_only=True)
class Win:
    """A change that would help this tactic."""

    title: str
    text: str
    anchor: str


@frozen(kw_only=True)
class TacticRow:
    """One tactic."""

    code: str
    name: str
    question: str
    score: int | None
    word: str
    weight: int
    lost: str
    reach: float
    """Length of its bar: its weight against that of the heaviest tactic, in per cent."""
    passed: int
    nearly: int
    failed: int
    """Answers of checks, in per cent of those rated."""
    checks: int
    clean: int
    almost: int
    faulty: int
    """Those checks by their worst answer on any page; they add up."""
    wins: tuple[Win, ...]


@frozen(kw_only=True)
class Tactics(Section):
    """Plain values of the nine tactics."""

    rows: tuple[TacticRow, ...]


def strongest(crawl: Crawl) -> str | None:
    """The code of the tactic that stands best, of equal ones the heaviest; None where none is rated."""
    return max(_rated(crawl), default=(0, 0.0, None))[2]


def _rated(crawl: Crawl) -> Iterator[tuple[int, float, str]]:
    """(score as it is shown, weight, code)"""
    of = shares(crawl)
    for tactic in Tactic:
        value = crawl.scored("tactic", tactic.value).value
        if value is not None:
            yield round(value), of.get(tactic, 0.0), tactic.value


def _title(crawl: Crawl) -> str:
    _ = crawl.language.gettext
    rated = list(_rated(crawl))
    if not rated:
        return _("None of the nine tactics could be rated")
    best = max(rated)
    worst = min(rated, key=lambda one: (one[0], -one[1]))
    if best[0] == worst[0]:
        return _("What could be rated stands equally well")
    name = crawl.words.tactic
    return _("Strongest in “{best}”, weakest in “{worst}”").format(best=name(best[2]), worst=name(worst[2]))


def tactics(crawl: Crawl) -> Tactics:
    _ = crawl.language.gettext
    of = shares(crawl)
    longest = max(of.values(), default=1.0)
    percents = whole_percents(of)
    rows = tuple(_row(crawl, tactic.value, of.get(tactic, 0.0), percents.get(tactic, 0), longest) for tactic in Tactic)
    return Tactics(
        id="tactics",
        name=_("Nine tactics"),
        title=_title(crawl),
        lede=_(
            "The bar is as long as the weight of the tactic; the filled part is earned, the empty part is what you can still gain."
        ),
        rows=rows,
    )


def _row(crawl: Crawl, tactic: str, share: float, percent: int, longest: float) -> TacticRow:
    value = crawl.scored("tactic", tactic).value
    passed, nearly, failed = _answers(crawl, tactic)
    worst = _worst(crawl, tactic)
    return TacticRow(
        code=tactic,
        name=crawl.words.tactic(tactic),
        question=crawl.words.question(tactic),
        score=None if value is None else round(value),
        word=crawl.words.grade(value),
        weight=percent,
        lost=crawl.language.number(share * (100 - (value or 0)), 1),
        reach=round(100 * share / longest, 1),
        passed=passed,
        nearly=nearly,
        failed=failed,
        checks=worst.total(),
        clean=worst["passed"],
        almost=worst["warned"],
        faulty=worst["failed"],
        wins=tuple(_wins(crawl, tactic)),
    )


def _tallied(crawl: Crawl, tactic: str) -> Iterator[tuple[Tally, str]]:
    """Of each check of the tactic its answers for pages and the one for the site, empty where there is none."""
    for check, known in crawl.catalogue.checks.items():
        if known.tactic == tactic:
            yield crawl.tallies.get(check, Tally()), crawl.site_outcomes.get(check, ("", None))[0]


def _worst(crawl: Crawl, tactic: str) -> Counter[str]:
    """How many checks passed everywhere, nearly passed somewhere, failed somewhere."""
    counted: Counter[str] = Counter()
    for tally, outcome in _tallied(crawl, tactic):
        if tally.failed or outcome == "failed":
            counted["failed"] += 1
        elif tally.warned or outcome == "warned":
            counted["warned"] += 1
        elif tally.passed or outcome == "passed":
            counted["passed"] += 1
    return counted


def _answers(crawl: Crawl, tactic: str) -> tuple[int, int, int]:
    """Per cent passed, nearly passed and failed."""
    whole = Tally()
    for tally, outcome in _tallied(crawl, tactic):
        whole.passed += tally.passed + (outcome == "passed")
        whole.warned += tally.warned + (outcome == "warned")
        whole.failed += tally.failed + (outcome == "failed")
    if not whole.rated:
        return 0, 0, 0
    nearly, failed = round(100 * whole.warned / whole.rated), round(100 * whole.failed / whole.rated)
    return 100 - nearly - failed, nearly, failed


def _wins(crawl: Crawl, tactic: str) -> list[Win]:
    _ = crawl.language.gettext
    seen: dict[str, Win] = {}
    for fix in crawl.fixes:
        known = crawl.catalogue.get(fix.check)
        if known is None or known.tactic != tactic or fix.check in seen or fix.gain < LEAST_GAIN or len(seen) == WINS:
            continue
        text = _("about {gain} points, effort {effort}").format(
            gain=crawl.language.number(fix.gain, 1), effort=crawl.words.effort(fix.effort).lower()
        )
        seen[fix.check] = Win(title=crawl.title(fix.check), text=text, anchor=anchor(crawl, fix))
    return list(seen.values())
