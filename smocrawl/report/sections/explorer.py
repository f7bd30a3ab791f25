"""Every page in a table that can be searched, and behind each row what to mend there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from attrs import frozen

from smocrawl.report import safe
from smocrawl.report.card_view import Drawer
from smocrawl.report.crawl import Crawl, Found, PageRow
from smocrawl.report.sections.section import PageLink, Section, page_link
from smocrawl.report.sections.top_fixes import anchor, shown_fixes
from smocrawl.report.snippet import snippet
from smocrawl.scoring import tables

DRAWN = 25
"""Rows that stand in the page; the rest is data until it is asked for."""

DETAILS = 4_000_000
"""Characters of details (faults, cards, heads) embedded in a report; beyond, the tables beside it tell the rest."""

EVERYWHERE = 0.8
"""A fault on more than this share of the pages is the site's: it says nothing of one page."""

FILTERS = 40
"""Checks that the filter offers, the most frequent first."""


@frozen(kw_only=True)
class ExplorerRow:
    """One row as it stands in the page."""

    page: PageLink
    kind: str
    score: int | None
    is_capped: bool
    first: str
    first_severity: str
    faults: int
    inlinks: str
    depth: str


@frozen(kw_only=True)
class Choice:
    """One value of a filter."""

    value: str
    label: str
    number: str


@frozen(kw_only=True)
class Explorer(Section):
    """Plain values of the page explorer."""

    rows: tuple[ExplorerRow, ...]
    kinds: tuple[Choice, ...]
    checks: tuple[Choice, ...]
    scores: tuple[Choice, ...]
    number: str
    data: Mapping[str, Any]
    """What the script draws the other rows and the details from."""


def explorer(crawl: Crawl, drawer: Drawer) -> Explorer:
    _ = crawl.language.gettext
    faults = _faults(crawl)
    counted = Counter(check for found in faults.values() for check in {one.check for one in found})
    common = {
        check for check, pages in counted.items() if pages > EVERYWHERE * len(crawl.pages) and len(crawl.pages) > 3
    }
    firsts = {page.id: _first(faults.get(page.id, []), common) for page in crawl.pages}
    kinds = Counter(page.kind for page in crawl.pages)
    number = crawl.language.number
    return Explorer(
        id="pages",
        name=_("Page explorer"),
        title=crawl.language.ngettext("The one page", "All {n} pages, worst first", len(crawl.pages)),
        lede=_("Open a page to see its cards, what to mend and a head to paste."),
        rows=tuple(_row(crawl, page, firsts[page.id], faults.get(page.id, [])) for page in crawl.pages[:DRAWN]),
        kinds=tuple(
            Choice(value=kind, label=crawl.words.kind(kind), number=number(n)) for kind, n in kinds.most_common()
        ),
        checks=tuple(
            Choice(value=check, label=crawl.title(check), number=number(n)) for check, n in counted.most_common(FILTERS)
        ),
        scores=_scores(crawl),
        number=number(len(crawl.pages)),
        data=_data(crawl, drawer, faults, firsts),
    )


def _scores(crawl: Crawl) -> tuple[Choice, ...]:
    """The grades as stretches of the scale."""
    marks = sorted(tables.GRADES.values())
    ends = [*(mark - 1 for mark in marks[1:]), 100]
    counted = [
        sum(page.score is not None and low <= round(page.score) <= high for page in crawl.pages)
        for low, high in zip(marks, ends, strict=True)
    ]
    return tuple(
        Choice(value=f"{low}-{high}", label=f"{low}–{high}, {crawl.words.grade(low)}", number=crawl.language.number(n))
        for low, high, n in zip(marks, ends, counted, strict=True)
    )


def _faults(crawl: Crawl) -> Mapping[int, list[Found]]:
    """Findings by page, the gravest first."""
    found: dict[int, list[Found]] = {}
    for one in crawl.found("url IS NOT NULL AND outcome IN ('warned', 'failed')"):
        found.setdefault(one.page or 0, []).append(one)
    for faults in found.values():
        faults.sort(key=lambda one: (one.rank, one.check))
    return found


def _first(faults: list[Found], common: set[str]) -> Found | None:
    """What to mend first on this page: the gravest fault that is not the whole site's."""
    return next((one for one in faults if one.check not in common), None)


def _row(crawl: Crawl, page: PageRow, first: Found | None, faults: list[Found]) -> ExplorerRow:
    return ExplorerRow(
        page=page_link(page),
        kind=crawl.words.kind(page.kind),
        score=None if page.score is None else round(page.score),
        is_capped=page.cap is not None,
        first=crawl.title(first.check) if first else _nothing_of_its_own(crawl, faults),
        first_severity=first.severity if first else "",
        faults=len(faults),
        inlinks=crawl.language.number(page.inlinks),
        depth=str(page.depth) if page.depth is not None else crawl.language.gettext("not reached"),
    )


def _nothing_of_its_own(crawl: Crawl, faults: list[Found]) -> str:
    _ = crawl.language.gettext
    return _("only what the whole site shares") if faults else _("nothing")


# -- what the script reads -------------------------------------------------------------------------


def _data(
    crawl: Crawl, drawer: Drawer, faults: Mapping[int, list[Found]], firsts: Mapping[int, Found | None]
) -> dict[str, Any]:
    """Rows of all pages, texts said more than once held once, details within the budget."""
    checks = sorted({one.check for found in faults.values() for one in found})
    at = {check: number for number, check in enumerate(checks)}
    return {
        "rows": [_data_row(crawl, page, firsts[page.id], faults.get(page.id, []), at) for page in crawl.pages],
        "checks": [_data_check(crawl, check) for check in checks],
        "kinds": {kind: crawl.words.kind(kind) for kind in {page.kind for page in crawl.pages}},
        "severities": {
            one: crawl.words.severity(one) for one in ("blocker", "critical", "high", "medium", "low", "info")
        },
        "details": _details(crawl, drawer, faults, at),
        "words": _script_words(crawl),
        "drawn": DRAWN,
    }


def _data_row(
    crawl: Crawl, page: PageRow, first: Found | None, faults: list[Found], at: Mapping[str, int]
) -> list[Any]:
    """[path, url, kind, score, capped, first check, its severity, checks, inlinks, depth, title, number of faults]."""
    return [
        page.path, safe.link(page.url) or "", page.kind, None if page.score is None else round(page.score),
        int(page.cap is not None), at[first.check] if first else -1, first.severity if first else "",
        sorted({at[one.check] for one in faults}), page.inlinks, page.depth, page.title, len(faults),
    ]  # fmt: skip


def _data_check(crawl: Crawl, check: str) -> list[Any]:
    """[id, title, what to do, anchor of its fix, number of its fix]."""
    known = crawl.catalogue.get(check)
    fix = crawl.fix_for(check)
    place = anchor(crawl, fix)
    todo = crawl.language.gettext(known.fix) if known else ""
    return [check, crawl.title(check), todo, place, fix.rank if fix and place else 0]


def _details(
    crawl: Crawl, drawer: Drawer, faults: Mapping[int, list[Found]], at: Mapping[str, int]
) -> dict[str, dict[str, Any]]:
    """By row number, the pages that the fixes name first, then the worst."""
    named = {url for fix in shown_fixes(crawl) for url in fix.examples}
    order = sorted(enumerate(crawl.pages), key=lambda one: (one[1].url not in named, one[0]))
    left, found = DETAILS, {}
    for number, page in order:
        detail = _detail(crawl, drawer, page, faults.get(page.id, []), at)
        left -= len(str(detail))
        if left < 0:
            break
        found[str(number)] = detail
    return found


def _detail(crawl: Crawl, drawer: Drawer, page: PageRow, faults: list[Found], at: Mapping[str, int]) -> dict[str, Any]:
    facts = crawl.facts(page)
    return {
        "faults": [[at[one.check], one.severity, crawl.sentence(one)] for one in faults],
        "cards": _cards(crawl, drawer, page),
        "head": [[line.change, line.text] for line in snippet(facts, crawl.pictures)],
        "cap": [crawl.title(page.cap), round(page.uncapped or 0)] if page.cap else None,
        "evidence": safe.cut(facts.kind_evidence, 120),
    }


def _cards(crawl: Crawl, drawer: Drawer, page: PageRow) -> list[list[str]]:
    """Platforms that show the same are told together: [names, title, text, picture, note]."""
    same: dict[tuple[str, str, str, str], list[str]] = {}
    for view in drawer.views(page).values():
        note = view.reason if not view.layout else ""
        same.setdefault((view.title, view.description, _picture(view.image), note), []).append(view.name)
    return [[", ".join(names), *values] for values, names in sorted(same.items(), key=lambda one: -len(one[1]))]


def _picture(url: str) -> str:
    """A picture by its name; the address as a whole stands in the head."""
    return safe.path(url).rpartition("/")[2] if url else ""


def _script_words(crawl: Crawl) -> dict[str, str]:
    _ = crawl.language.gettext
    return {
        "status": _("Pages {from} to {to} of {all}"), "none": _("No page fits. Take away a filter to see more."),
        "capped": _("capped"), "unreached": _("not reached"), "shared": _("only what the whole site shares"),
        "nothing": _("nothing"), "of100": _("{n} of 100"), "noscore": _("no score"), "open": _("Open the page"),
        "cap": _("Capped at {n}: {why}. Without it the page would score {uncapped}."), "faults": _("To mend on this page"),
        "clean": _("Nothing to mend on this page."), "cards": _("Cards today"), "head": _("A head to paste"),
        "headnote": _("Built only from facts of this page. What is missing is marked, nothing is invented."),
        "copy": _("Copy"), "copied": _("Copied"), "copyfailed": _("Press Ctrl+C to copy"), "fix": _("fix {n}"),
        "score": _("Score"), "kind": _("Kind"), "inlinks": _("Links in"), "depth": _("Clicks away"),
        "title": _("Title"), "text": _("Text"), "picture": _("Picture"), "platforms": _("Shown on"),
        "nodetail": _("The details of this page stand in findings.csv: this report would have grown too large."),
        "absent": _("none"),
    }  # fmt: skip
