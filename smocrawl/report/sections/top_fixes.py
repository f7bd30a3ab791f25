"""What to do first: one row for each change, with what it is worth and how to know that it is done."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve, frozen

from smocrawl.checks.base import Severity
from smocrawl.page import Page
from smocrawl.platforms.base import ImageFacts
from smocrawl.report import safe
from smocrawl.report.crawl import GRAVITY, Crawl, Fix, Tally
from smocrawl.report.sections.section import PageLink, Section, example
from smocrawl.report.snippet import SnippetLine, about, snippet

SHOWN = 10
"""Fixes of a report: a short list gets done, a long one gets filed."""

EXAMPLES = 3
STAND_IN = "og-image-generic"
LEAST_GAIN = 0.05
"""Points below which a fix is told in the page explorer only."""


@frozen(kw_only=True)
class FixView:
    """One row with what folds out under it."""

    anchor: str
    number: int
    check: str
    severity: str
    word: str
    title: str
    evidence: str
    where: str
    scope: str
    gain: str
    effort: str
    owner: str
    why: str
    todo: str
    accept: str
    examples: tuple[PageLink, ...]
    snippet: tuple[SnippetLine, ...]
    snippet_of: str
    source: str | None
    source_name: str
    grade: str
    has_pages: bool
    """Findings of pages stand behind it, which the explorer can show."""


@frozen(kw_only=True)
class TopFixes(Section):
    """Plain values of the list of fixes."""

    fixes: tuple[FixView, ...]
    more: int


def shown_fixes(crawl: Crawl) -> tuple[Fix, ...]:
    return tuple(fix for fix in crawl.fixes if fix.gain >= LEAST_GAIN)[:SHOWN]


def anchor(crawl: Crawl, fix: Fix | None) -> str:
    """Where *fix* stands in the report; empty where it is not among those shown."""
    return fix.anchor if fix and fix in shown_fixes(crawl) else ""


def reachable(crawl: Crawl) -> int:
    """The score with all shown fixes done; each gain was reckoned alone, so the sum is about right."""
    return round(min(100.0, (crawl.score or 0) + sum(fix.gain for fix in shown_fixes(crawl))))


def top_fixes(crawl: Crawl) -> TopFixes:
    _, language = crawl.language.gettext, crawl.language
    shown = shown_fixes(crawl)
    if shown and crawl.score is not None:
        title = language.ngettext(
            "{n} fix brings the score from {before} to about {after}",
            "{n} fixes bring the score from {before} to about {after}",
            len(shown),
            before=round(crawl.score),
            after=reachable(crawl),
        )
    else:
        title = _("There is nothing that we would ask you to change")
    return TopFixes(
        id="fixes",
        name=_("Top fixes"),
        title=title,
        lede=_lede(crawl) if shown else "",
        fixes=tuple(_view(crawl, fix) for fix in shown),
        more=max(0, len(crawl.fixes) - len(shown)),
    )


def _lede(crawl: Crawl) -> str:
    _, held = crawl.language.gettext, crawl.scored("site").explanation
    text = _(
        "In the order in which they pay off: points gained, how often the pages are linked, and effort. A change to a template counts once, however many pages it mends."
    )
    if not held.get("cap") or held["uncapped"] <= held["ceiling"]:
        return text
    waits = _("One cause holds the score at {points}: {cause}. What the other fixes gain shows once it is mended.")
    return f"{text} {waits.format(points=held['ceiling'], cause=crawl.title(held['cap']))}"


def _view(crawl: Crawl, fix: Fix) -> FixView:
    language, words = crawl.language, crawl.words
    known = crawl.catalogue.get(fix.check)
    severity = _severity(crawl, fix)
    fix = evolve(fix, examples=_told_first(crawl, fix))
    examples = tuple(example(url) for url in fix.examples[:EXAMPLES])
    lines, of = _snippet(crawl, fix)
    return FixView(
        anchor=fix.anchor,
        number=fix.rank,
        check=fix.check,
        severity=severity,
        word=words.severity(severity),
        title=crawl.title(fix.check),
        evidence=_evidence(crawl, fix.check, fix.evidence, severity),
        where=_where(crawl, fix),
        scope=_scope(crawl, fix),
        gain=language.signed(fix.gain, 1),
        effort=words.effort(fix.effort),
        owner=words.owner(known.owner if known else "developer"),
        why=language.gettext(known.why) if known else "",
        todo=language.gettext(known.fix) if known else "",
        accept=language.gettext(known.accept) if known else "",
        examples=examples,
        snippet=lines,
        snippet_of=of,
        source=safe.link(known.source) if known else None,
        source_name=(crawl.language.gettext(known.source_name) or safe.host(known.source)) if known else "",
        grade=known.grade if known else "",
        has_pages=crawl.tallies.get(fix.check, Tally()).faults > 0,
    )


def _told_first(crawl: Crawl, fix: Fix) -> tuple[str, ...]:
    """The examples, those of which the fix's own evidence is true before the others: it stands beside the head of the first."""

    def is_other(url: str) -> bool:
        page = crawl.by_url.get(url)
        found = crawl.found("url = ? AND check_id = ?", page.id, fix.check) if page else ()
        return not any({**one.evidence, "outcome": one.outcome} == {**fix.evidence} for one in found)

    return tuple(sorted(fix.examples, key=is_other))


def _severity(crawl: Crawl, fix: Fix) -> str:
    """As found on the site; of a fault of pages the check's own, which may say graver things of some."""
    known = crawl.catalogue.get(fix.check)
    said = str(fix.evidence.get("severity"))
    if said in GRAVITY:  # a plugin's evidence may say anything under that name
        return said
    return known.severity.value if known else Severity.MEDIUM.value


def _evidence(crawl: Crawl, check: str, evidence: Mapping[str, object], severity: str) -> str:
    known = crawl.catalogue.get(check)
    outcome = "warned" if evidence.get("outcome") == "warned" else "failed"
    return crawl.catalogue.sentence(check, outcome, evidence, crawl.language) if known and evidence else ""


def _where(crawl: Crawl, fix: Fix) -> str:
    _ = crawl.language.gettext
    if not fix.template and not fix.kind:
        return _("Whole site")
    if fix.effort == 1 and fix.pages > 1:
        return _("Template: {kind}").format(kind=crawl.words.kind(fix.kind))
    return crawl.words.kind_alone(fix.kind)


def _scope(crawl: Crawl, fix: Fix) -> str:
    if not fix.pages:
        return ""
    return crawl.words.kinds(fix.kind, fix.pages) if fix.kind else crawl.words.kinds("", fix.pages)


def _pictures(crawl: Crawl, fix: Fix, page: Page) -> Mapping[str, ImageFacts]:
    """What is known of pictures; of a stand-in, that it is none to be kept."""
    if fix.check != STAND_IN:
        return crawl.pictures
    own = (image.largest or image.src for image in page.images)
    known = {url: facts for url in own if url and (facts := crawl.pictures.get(url))}
    stated = (meta.value for meta in page.metas_of("og:image"))
    return {**known, **{url: ImageFacts(url=url, error="a stand-in") for url in stated}}


def _snippet(crawl: Crawl, fix: Fix) -> tuple[tuple[SnippetLine, ...], str]:
    """The lines of an example page's head that this fix is about."""
    page = next((found for url in fix.examples if (found := crawl.by_url.get(url))), None)
    if page is None:
        return (), ""
    facts = crawl.head_facts(page)
    lines = about(fix.check, snippet(facts, _pictures(crawl, fix, facts), crawl.language.gettext))
    return (lines, page.path) if any(line.change for line in lines) else ((), "")
