"""Every page in a table that can be searched, and behind each row what to mend there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import groupby
from typing import Any

import msgspec
from attrs import frozen

from smocrawl.checks.base import Outcome
from smocrawl.report import safe
from smocrawl.report.crawl import Crawl, drawn_severity, rank
from smocrawl.report.page_rows import PageRow
from smocrawl.report.sections.section import PageLink, Section, page_link
from smocrawl.report.sections.top_fixes import anchor
from smocrawl.report.sections.unread import Unread, UnreadAddress, unread
from smocrawl.report.sentences import main_clause
from smocrawl.scoring import tables

DRAWN = 25
"""Rows that stand in the page; the rest is data until it is asked for."""

EVERYWHERE = 0.8
"""A fault on more than this share of the pages is the site's: it says nothing of one page."""

TOLD = 120
"""Characters of what stands instead of a title."""

PATH = 32
"""Characters of an address in it; the page's details hold it whole."""

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
    counted: str = ""
    """Number and label in one, as people say it: ``60 articles``."""


@frozen(kw_only=True)
class Explorer(Section):
    """Plain values of the page explorer."""

    rows: tuple[ExplorerRow, ...]
    kinds: tuple[Choice, ...]
    checks: tuple[Choice, ...]
    scores: tuple[Choice, ...]
    number: str
    unread: Unread | None
    """Addresses that gave no page; None where each gave one."""
    data: Mapping[str, Any]
    """What the script draws the other rows and the details from."""


@frozen(kw_only=True)
class PageFaults:
    """The faults of one page in short."""

    first: tuple[str, str] | None = None
    """(check, severity) of what to mend first: the gravest fault that is not the whole site's."""
    checks: tuple[int, ...] = ()
    """Numbers of the checks that found any."""
    number: int = 0
    told: str = ""
    """What is said of the first fault where its title would say too much."""


def explorer(crawl: Crawl) -> Explorer:
    _ = crawl.language.gettext
    counted = _counted(crawl)
    checks = sorted(counted)
    faults = _faults(crawl, counted, {check: number for number, check in enumerate(checks)})
    kinds = Counter(page.kind for page in crawl.pages)
    number, silent = crawl.language.number, unread(crawl)
    frequent = sorted(checks, key=lambda check: (-counted[check], check))[:FILTERS]
    return Explorer(
        id="pages",
        name=_("Page explorer"),
        title=crawl.language.ngettext("The one page", "All {n} pages, worst first", len(crawl.pages)),
        lede=_("Open a page to see its cards, what to mend and a head to paste."),
        rows=tuple(_row(crawl, page, faults.get(page.id, CLEAN)) for page in crawl.pages[:DRAWN]),
        kinds=tuple(
            Choice(value=kind, label=crawl.words.kind(kind), number=number(n), counted=crawl.words.kinds(kind, n))
            for kind, n in kinds.most_common()
        ),
        checks=tuple(
            Choice(value=check, label=crawl.title(check), number=number(counted[check])) for check in frequent
        ),
        scores=_scores(crawl),
        number=number(len(crawl.pages)),
        unread=silent,
        data=_data(crawl, checks, faults, silent),
    )


CLEAN = PageFaults()


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


def _counted(crawl: Crawl) -> Mapping[str, int]:
    """Checks with the number of pages on which they found a fault."""
    rows = crawl.database.rows(
        "SELECT check_id, count(DISTINCT url) FROM finding"
        " WHERE run = ? AND url IS NOT NULL AND outcome IN ('warned', 'failed') GROUP BY check_id",
        crawl.id,
    )
    return {row[0]: row[1] for row in rows}


def _faults(crawl: Crawl, counted: Mapping[str, int], at: Mapping[str, int]) -> Mapping[int, PageFaults]:
    """By page id.  Evidence is left in the store: of 100,000 pages it would fill the memory."""
    whole = len(crawl.pages)
    common = {check for check, pages in counted.items() if pages > EVERYWHERE * whole and whole > 3}
    rows = crawl.database.connection.execute(
        "SELECT url, check_id, severity, outcome,"
        " CASE WHEN outcome = 'warned' AND severity = 'blocker' THEN evidence END AS evidence FROM finding"
        " WHERE run = ? AND url IS NOT NULL AND outcome IN ('warned', 'failed') ORDER BY url",
        (crawl.id,),
    )
    found: dict[int, PageFaults] = {}
    known: dict[tuple[int, ...], tuple[int, ...]] = {}
    said: dict[str, str] = {}
    for page, group in groupby(rows, key=lambda row: row["url"]):
        faults = sorted(
            (
                rank(row["severity"], row["outcome"]),
                row["check_id"],
                drawn_severity(row["severity"], row["outcome"]),
                row["evidence"],
            )
            for row in group
        )
        checks = tuple(sorted({at[check] for _, check, _, _ in faults}))
        first = next((one for one in faults if one[1] not in common), None)
        told = _nearly(crawl, first[1], first[3]) if first and first[3] else ""
        found[page] = PageFaults(
            first=first and (first[1], first[2]),
            checks=known.setdefault(checks, checks),
            number=len(faults),
            told=said.setdefault(told, told),
        )
    return found


def _nearly(crawl: Crawl, check: str, evidence: str) -> str:
    """What a check warns of, where its title names the grave fault: “cannot be opened” is no word for a page that moves on."""
    values = msgspec.json.decode(evidence, type=dict[str, Any])
    home = crawl.run.home.rstrip("/") + "/"
    values = {
        name: _short(safe.path(value)) if isinstance(value, str) and value.startswith(home) else value
        for name, value in values.items()
    }
    return safe.cut(main_clause(crawl.catalogue.sentence(check, Outcome.WARNED, values, crawl.language)), TOLD)


def _short(path: str) -> str:
    """An address by its end, which tells pages apart, where it is long."""
    if len(path) <= PATH:
        return path
    return safe.cut(f"…/{path.rstrip('/').rpartition('/')[2]}", PATH)


def _row(crawl: Crawl, page: PageRow, faults: PageFaults) -> ExplorerRow:
    return ExplorerRow(
        page=page_link(page),
        kind=crawl.words.kind(page.kind),
        score=None if page.score is None else round(page.score),
        is_capped=page.cap is not None,
        first=(faults.told or crawl.title(faults.first[0]))
        if faults.first
        else _nothing_of_its_own(crawl, faults.number),
        first_severity=faults.first[1] if faults.first else "",
        faults=faults.number,
        inlinks=crawl.language.number(page.inlinks),
        depth=str(page.depth) if page.depth is not None else crawl.language.gettext("not reached"),
    )


def _nothing_of_its_own(crawl: Crawl, faults: int) -> str:
    _ = crawl.language.gettext
    return _("only what the whole site shares") if faults else _("nothing")


# -- what the script reads -------------------------------------------------------------------------


def _data(crawl: Crawl, checks: list[str], faults: Mapping[int, PageFaults], silent: Unread | None) -> dict[str, Any]:
    """Rows of all pages; texts said more than once are held once."""
    at = {check: number for number, check in enumerate(checks)}
    told = {text: number for number, text in enumerate(sorted({one.told for one in faults.values()} - {""}))}
    return {
        "rows": [_data_row(page, faults.get(page.id, CLEAN), at, told) for page in crawl.pages],
        "told": list(told),
        "checks": [_data_check(crawl, check) for check in checks],
        "kinds": {kind: crawl.words.kind(kind) for kind in sorted({page.kind for page in crawl.pages})},
        "severities": {
            one: crawl.words.severity(one) for one in ("blocker", "critical", "high", "medium", "low", "info")
        },
        "unread": [_data_unread(one) for one in silent.addresses] if silent else [],
        "words": _script_words(crawl),
        "drawn": DRAWN,
    }


def _data_unread(one: UnreadAddress) -> list[Any]:
    """[path, url, what happened, pages that link to it, the first of them as [path, url]]."""
    sources = [[source.path, source.url or ""] for source in one.sources]
    return [one.page.path, one.page.url or "", one.what, one.pages, sources]


def _data_row(page: PageRow, faults: PageFaults, at: Mapping[str, int], told: Mapping[str, int]) -> list[Any]:
    """[path, url, kind, score, capped, first check, its severity, checks, inlinks, depth, title, number of faults].

    A thirteenth value, the number of a text, stands where that text is told instead of the first check's title.
    """
    check, severity = faults.first or ("", "")
    return [
        page.path, safe.link(page.url) or "", page.kind, None if page.score is None else round(page.score),
        int(page.cap is not None), at.get(check, -1), severity, faults.checks, page.inlinks, page.depth, page.title,
        faults.number, *([told[faults.told]] if faults.told else ()),
    ]  # fmt: skip


def _data_check(crawl: Crawl, check: str) -> list[Any]:
    """[id, title, what to do, anchor of its fix, number of its fix]."""
    known = crawl.catalogue.get(check)
    fix = crawl.fix_for(check)
    place = anchor(crawl, fix)
    todo = crawl.language.gettext(known.fix) if known else ""
    return [check, crawl.title(check), todo, place, fix.rank if fix and place else 0]


def _script_words(crawl: Crawl) -> dict[str, str]:
    _ = crawl.language.gettext
    return {
        "status": _("Pages {from} to {to} of {all}"), "none": _("No page fits. Take away a filter to see more."),
        "capped": _("capped"), "unreached": _("not reached"), "shared": _("only what the whole site shares"),
        "nothing": _("nothing"), "of100": _("{n} of 100"), "noscore": _("no score"), "open": _("Open the page"),
        "cap": _("Capped at {n}: {why}. Without it the page would score {uncapped}."), "faults": _("To mend on this page"),
        "clean": _("Nothing to mend on this page."), "cards": _("Cards today"), "head": _("A head to paste"),
        "headmoves": _("This page only sends its readers on; what counts is the head of the page where they land."),
        "headfine": _("Nothing in the head of this page needs changing."),
        "headnote": _("Built only from facts of this page. What is missing is marked, nothing is invented."),
        "copy": _("Copy"), "copied": _("Copied"), "copyfailed": _("Press Ctrl+C to copy"), "fix": _("fix {n}"),
        "score": _("Score"), "kind": _("Kind"), "inlinks": _("Links in"), "depth": _("Clicks away"),
        "title": _("Title"), "text": _("Text"), "picture": _("Picture"), "platforms": _("Shown on"),
        "nodetail": _("The details of this page stand in findings.csv: this report would have grown too large."),
        "tactics": _("This page by tactic"), "from": _("Pages that link here"), "to": _("Pages that it links to"),
        "what": _("What happened"), "linked": _("Linked from"), "unlinked": _("no page"), "absent": _("none"), "loading": _("One moment …"),
        "away": _("The details of this page could not be read: the folder “data” must stand beside this file."),
    }  # fmt: skip
