"""How the report came about: method, terms, limits, and the list of checks with their sources."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from smocrawl.checks.base import Severity
from smocrawl.report import safe
from smocrawl.report.crawl import Crawl, Tally
from smocrawl.report.sections.section import Section
from smocrawl.scoring import tables
from smocrawl.store.renderings import count as rendered


@frozen(kw_only=True)
class CheckRow:
    """One check as the list names it."""

    id: str
    title: str
    tactic: str
    severity: str
    word: str
    grade: str
    source: str | None
    source_name: str
    answers: str


@frozen(kw_only=True)
class Term:
    """A word and what it means here."""

    word: str
    text: str


@frozen(kw_only=True)
class Accepted:
    """Findings of one check that the client has accepted for one reason."""

    check: str
    title: str
    findings: int
    example: str
    """A page, empty where the whole site is meant."""
    why: str


@frozen(kw_only=True)
class Method(Section):
    """Plain values of the last section."""

    how: tuple[Term, ...]
    terms: tuple[Term, ...]
    grades: tuple[Term, ...]
    checks: tuple[CheckRow, ...]
    accepted: tuple[Accepted, ...]
    run: tuple[Term, ...]
    scope_note: str


def method(crawl: Crawl) -> Method:
    _ = crawl.language.gettext
    return Method(
        id="method",
        name=_("Method and terms"),
        title=_("How we looked, and what the words mean"),
        how=tuple(_how(crawl)),
        terms=tuple(_terms(crawl)),
        grades=tuple(Term(word=grade, text=crawl.words.evidence(grade)) for grade in "ABCD"),
        checks=tuple(_checks(crawl)),
        accepted=tuple(_accepted(crawl)),
        run=tuple(_run(crawl)),
        scope_note=_(
            "This report looks at social media optimisation: what you can improve on your own site and profiles without"
            " paying for reach. It does not look at social media marketing: adverts, paid campaigns, targeting and their"
            " figures. Each helps the other. Paid campaigns send people to pages; optimised pages make sure that the"
            " link looks right, loads, and gets passed on."
        ),
    )


def _accepted(crawl: Crawl) -> Iterator[Accepted]:
    """What would be a finding, had the client not accepted it; nothing of it is counted."""
    rows = crawl.database.rows(
        "SELECT check_id, coalesce(accepted, '') AS why, count(*) AS findings, min(url.url) AS example"
        " FROM finding LEFT JOIN url ON url.id = finding.url WHERE run = ? AND outcome = 'suppressed'"
        " GROUP BY check_id, accepted ORDER BY findings DESC, check_id",
        crawl.id,
    )
    for row in rows:
        yield Accepted(
            check=row["check_id"],
            title=crawl.title(row["check_id"]),
            findings=row["findings"],
            example=safe.cut(row["example"] or "", 120),
            why=safe.cut(row["why"]),
        )


def _how(crawl: Crawl) -> Iterator[Term]:
    _ = crawl.language.gettext
    yield Term(
        word=_("A page"),
        text=_("Each check passes (1), nearly passes (½) or fails (0), and counts by its severity: blocker and critical"
               " {critical}, high {high}, medium {medium}, low {low}. What does not apply or could not be measured is left out."
               " The checks of a tactic are averaged, the tactics by their weights.").format(
            critical=tables.WEIGHTS[Severity.CRITICAL], high=tables.WEIGHTS[Severity.HIGH],
            medium=tables.WEIGHTS[Severity.MEDIUM], low=tables.WEIGHTS[Severity.LOW],
        ),
    )  # fmt: skip
    yield Term(
        word=_("Caps"),
        text=_("A few faults undo everything else: a picture that does not load, a page that readers of the networks may"
               " not open. Such a page cannot score higher than its cap, whatever else is right."),
    )  # fmt: skip
    yield Term(
        word=_("The site"),
        text=_("Pages count by kind and by how near they are to the home page; the number of pages of a kind counts by its"
               " logarithm, so that a thousand like products do not drown sixty articles. Checks of the whole site (who is behind"
               " it, feeds, accounts) count beside the pages, so that the site can be worse than its worst page."),
    )  # fmt: skip
    yield Term(
        word=_("Gain"),
        text=_("The gain of a fix is the difference between the score now and the score reckoned again with that one"
               " check passing wherever the fix applies. Where a cap holds the whole site down, the fixes that lift it share"
               " what it takes away, and every other fix counts for what it is worth once the cap is gone."),
    )  # fmt: skip
    yield Term(
        word=_("Grades"),
        text=_("{excellent} and more is excellent, {good} good, {fair} fair, {weak} weak, less is poor. Below {n} % of weight"
               " measured the score is called partial.").format(n=round(100 * tables.COVERAGE_MIN), **tables.GRADES),
    )  # fmt: skip
    yield Term(word=_("Scripts"), text=_scripts(crawl))
    yield Term(
        word=_("Cards"),
        text=_("Cards are drawn from the tags on your pages by each platform's own rules for reading, cutting and cropping."
               " Colours and letters are ours. Apps differ slightly by version."),
    )  # fmt: skip


def _scripts(crawl: Crawl) -> str:
    """Whether pages were read after their scripts as well, and how many."""
    _, language = crawl.language.gettext, crawl.language
    seen = rendered(crawl.database, crawl.id)
    if not seen.read and not seen.failed:
        return _("Pages were read as the networks read them, without running scripts. What only scripts show was not"
                 " measured.")  # fmt: skip
    text = _("The networks run no scripts, so cards and scores follow the page as it is served. A few pages of each"
             " template ({n}) were read a second time in a browser, to tell what scripts add, change or remove.").format(
        n=language.number(seen.read)
    )  # fmt: skip
    if not seen.failed:
        return text
    failed = _("It failed on {n} more.").format(n=language.number(seen.failed))
    return f"{text} {failed}"


def _terms(crawl: Crawl) -> Iterator[Term]:
    _ = crawl.language.gettext
    yield Term(word=_("Card"), text=_("The box with picture and title that a platform draws from a link."))
    yield Term(
        word=_("Canonical address"), text=_("The one address that a page names as its own, so that shares add up.")
    )
    yield Term(word=_("Feed"), text=_("A file that lists new pages, for reader apps and programs."))
    yield Term(word=_("Head"), text=_("The part of a page that people do not see and programs read first."))
    yield Term(
        word=_("Hub"),
        text=_("A page that at least {n} others link to, and that links on to at least {n}.").format(
            n=tables.HUB_LINKS
        ),
    )
    yield Term(word=_("Links in"), text=_("Other pages of the site that link to this one."))
    yield Term(word=_("Open Graph"), text=_("The tags by which a page names its title, text and picture for a card."))
    yield Term(word=_("Structured data"), text=_("Facts of the page in a form that programs read."))
    yield Term(
        word=_("Template"), text=_("Pages built from one pattern: what is mended in it is mended on all of them.")
    )


def _run(crawl: Crawl) -> Iterator[Term]:
    _, versions = crawl.language.gettext, crawl.versions
    yield Term(word=_("Crawl"), text=str(crawl.id))
    yield Term(word=_("Begun"), text=crawl.run.started.strftime("%Y-%m-%d %H:%M UTC"))
    yield Term(word=_("First address"), text=safe.cut(crawl.run.home, 200))
    yield Term(word=_("Rule set"), text=safe.cut(versions["ruleset"], 40))
    yield Term(word=_("Scoring"), text=safe.cut(versions["algorithm"], 40))
    yield Term(word=_("Version"), text=safe.cut(versions["version"], 40))
    yield Term(word=_("Audience"), text=crawl.language.gettext(crawl.audience.label))


def _checks(crawl: Crawl) -> Iterator[CheckRow]:
    for check, known in sorted(crawl.catalogue.checks.items(), key=lambda one: (one[1].tactic, one[0])):
        yield CheckRow(
            id=check,
            title=crawl.title(check),
            tactic=crawl.words.tactic(known.tactic),
            severity=known.severity.value,
            word=crawl.words.severity(known.severity),
            grade=known.grade,
            source=safe.link(known.source),
            source_name=crawl.language.gettext(known.source_name) or safe.host(known.source),
            answers=_answers(crawl, check),
        )


def _answers(crawl: Crawl, check: str) -> str:
    """What it said in this crawl: in counts of pages, or in one word of the site."""
    _, language = crawl.language.gettext, crawl.language
    tally = crawl.tallies.get(check, Tally())
    if tally.rated:
        return _("{passed} of {rated} passed").format(
            passed=language.number(tally.passed), rated=language.number(tally.rated)
        )
    outcome = crawl.site_outcomes.get(check, ("", None))[0]
    if tally.unmeasured or outcome == "not-measured":
        return _("not measured")
    return {"passed": _("passed"), "warned": _("nearly"), "failed": _("failed")}.get(outcome, _("does not apply"))
