"""Pages, findings, fixes and platforms as rows of plain values: a row of column names, then the data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from smocrawl.history.telling import code, plain
from smocrawl.report import columns, safe
from smocrawl.report.card_view import platform_name
from smocrawl.report.crawl import Crawl, Fix
from smocrawl.scoring import readiness_word

Row = Sequence[Any]


def tables(crawl: Crawl) -> Mapping[str, Iterator[Row]]:
    """By the name of the file."""
    return {"pages": _pages(crawl), "findings": _findings(crawl), "fixes": _fixes(crawl)}


def _pages(crawl: Crawl) -> Iterator[Row]:
    platforms = sorted({name for page in crawl.pages for name in page.platforms})
    yield (*columns.PAGES, *platforms)
    for page in crawl.pages:
        yield (
            page.url, page.kind, page.score, page.uncapped, page.cap, page.crosslink, page.inlinks, page.depth,
            page.shareable, page.title, page.words, page.published, page.template,
            *(page.platforms.get(name) for name in platforms),
        )  # fmt: skip


def _findings(crawl: Crawl) -> Iterator[Row]:
    yield tuple(columns.FINDINGS)
    urls = {page.id: page.url for page in crawl.pages}
    for one in crawl.all_found("outcome IN ('warned', 'failed', 'suppressed')"):
        known = crawl.catalogue.get(one.check)
        about = (known.tactic, known.fix, known.owner, known.grade, known.source) if known else ("", "", "", "", "")
        tactic, todo, owner, grade, source = about
        url = urls.get(one.page, "") if one.page is not None else "(site)"
        yield (
            url, one.check, tactic, one.severity, one.outcome, crawl.title(one.check), crawl.sentence(one),
            crawl.language.gettext(todo), owner, grade, source, one.accepted,
        )  # fmt: skip


def _fixes(crawl: Crawl) -> Iterator[Row]:
    yield tuple(columns.FIXES)
    for fix in crawl.fixes:
        known = crawl.catalogue.get(fix.check)
        say = crawl.language.gettext
        yield (
            fix.rank, fix.check, crawl.title(fix.check), fix.kind, fix.template, fix.pages, round(fix.gain, 2),
            crawl.words.effort(fix.effort), crawl.words.owner(known.owner) if known else "", say(known.fix) if known else "",
            say(known.accept) if known else "", " ".join(fix.examples),
        )  # fmt: skip


def platform_rows(crawl: Crawl) -> Iterator[Row]:
    """How many pages of each kind each platform draws how well."""
    yield tuple(columns.PLATFORMS)
    sums: dict[tuple[str, str], float] = {}
    bands: dict[tuple[str, str], Counter[str]] = {}
    for page in crawl.shareable:
        for platform, score in page.platforms.items():
            key = platform, page.kind
            sums[key] = sums.get(key, 0.0) + score
            bands.setdefault(key, Counter())[readiness_word(score)] += 1
    for (platform, kind), counted in sorted(bands.items()):
        pages = counted.total()
        yield (
            platform_name(crawl, platform), crawl.words.kind(kind), pages, sums[platform, kind] / pages,
            counted["ready"], counted["partial"], counted["poor"],
        )  # fmt: skip


def tickets(crawl: Crawl) -> Iterator[str]:
    """The fixes as Markdown, one heading each: to be pasted into tickets."""
    _ = crawl.language.gettext
    for fix in crawl.fixes:
        yield from _ticket(crawl, fix)
    if not crawl.fixes:
        yield _("Nothing that we rate would lift it further.")


def _ticket(crawl: Crawl, fix: Fix) -> Iterator[str]:
    yield f"## {fix.rank}. {plain(crawl.title(fix.check))}"
    yield ""
    for label, value in _said(crawl, fix):
        yield f"- {label}: {value}"
    yield ""


def _said(crawl: Crawl, fix: Fix) -> Iterator[tuple[str, str]]:
    _, known = crawl.language.gettext, crawl.catalogue.get(fix.check)
    place = plain(crawl.words.kind(fix.kind) if fix.kind else _("the whole site"))
    yield _("Where"), f"{place} ({code(safe.cut(fix.template))})" if fix.template else place
    if fix.pages:
        yield _("Pages"), crawl.language.number(fix.pages)
    yield _("Gain"), crawl.language.signed(fix.gain, 1)
    yield _("Effort"), crawl.words.effort(fix.effort)
    if known:
        yield _("Owner"), crawl.words.owner(known.owner)
        yield _("What to do"), plain(_(known.fix))
        yield _("Done when"), plain(_(known.accept))
    for url in fix.examples:
        yield _("For example"), code(safe.cut(url))
