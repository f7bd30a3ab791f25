"""The tables beside a report: pages, findings and fixes as CSV, everything that it says as JSON."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from smocrawl.report import safe
from smocrawl.report.crawl import Crawl
from smocrawl.report.sections.section import Section

FORMAT = 1
"""Of report.json; raised when a field goes or changes its meaning."""


def write_tables(folder: Path, crawl: Crawl, sections: Sequence[Section]) -> None:
    _write_csv(folder / "pages.csv", _pages(crawl))
    _write_csv(folder / "findings.csv", _findings(crawl))
    _write_csv(folder / "fixes.csv", _fixes(crawl))
    (folder / "report.json").write_bytes(_json(crawl, sections))


def _write_csv(file: Path, rows: Iterable[Sequence[Any]]) -> None:
    """For spreadsheets: marked as UTF-8, everything quoted, no cell a formula."""
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
        writer.writerows([safe.cell(value) for value in row] for row in rows)


def _pages(crawl: Crawl) -> Iterator[Sequence[Any]]:
    platforms = sorted({name for page in crawl.pages for name in page.platforms})
    yield (
        "url", "kind", "score", "score_without_cap", "cap", "cross_link_score", "links_in", "clicks", "shareable", "title",
        "words", "published", "template", *platforms,
    )  # fmt: skip
    for page in crawl.pages:
        yield (
            page.url, page.kind, page.score, page.uncapped, page.cap, page.crosslink, page.inlinks, page.depth,
            page.shareable, page.title, page.words, page.published, page.template,
            *(page.platforms.get(name) for name in platforms),
        )  # fmt: skip


def _findings(crawl: Crawl) -> Iterator[Sequence[Any]]:
    yield (
        "url",
        "check",
        "tactic",
        "severity",
        "outcome",
        "title",
        "finding",
        "what_to_do",
        "owner",
        "grade",
        "source",
    )
    urls = {page.id: page.url for page in crawl.pages}
    for one in crawl.found("outcome IN ('warned', 'failed', 'suppressed')"):
        known = crawl.catalogue.get(one.check)
        about = (known.tactic, known.fix, known.owner, known.grade, known.source) if known else ("", "", "", "", "")
        tactic, todo, owner, grade, source = about
        url = urls.get(one.page, "") if one.page is not None else "(site)"
        yield (
            url, one.check, tactic, one.severity, one.outcome, crawl.title(one.check), crawl.sentence(one),
            crawl.language.gettext(todo), owner, grade, source,
        )  # fmt: skip


def _fixes(crawl: Crawl) -> Iterator[Sequence[Any]]:
    yield (
        "rank",
        "check",
        "title",
        "kind",
        "template",
        "pages",
        "gain",
        "effort",
        "owner",
        "what_to_do",
        "done_when",
        "examples",
    )
    for fix in crawl.fixes:
        known = crawl.catalogue.get(fix.check)
        say = crawl.language.gettext
        yield (
            fix.rank, fix.check, crawl.title(fix.check), fix.kind, fix.template, fix.pages, round(fix.gain, 2),
            crawl.words.effort(fix.effort), crawl.words.owner(known.owner) if known else "", say(known.fix) if known else "",
            say(known.accept) if known else "", " ".join(fix.examples),
        )  # fmt: skip


def _json(crawl: Crawl, sections: Sequence[Section]) -> bytes:
    told = {
        "format": FORMAT,
        "domain": crawl.domain,
        "run": crawl.id,
        "started": crawl.run.started.isoformat(),
        "ended": crawl.run.ended.isoformat() if crawl.run.ended else None,
        "version": crawl.versions["version"],
        "ruleset": crawl.versions["ruleset"],
        "algorithm": crawl.versions["algorithm"],
        "audience": crawl.run.audience,
        "language": crawl.language.code,
        "score": crawl.score,
        "pages": len(crawl.pages),
        "sections": {section.id: _without_data(msgspec.to_builtins(section)) for section in sections},
    }
    text = safe.clean(msgspec.json.encode(told).decode())
    return msgspec.json.format(safe.mask(text).encode(), indent=1)


def _without_data(section: dict[str, Any]) -> dict[str, Any]:
    """The explorer's rows stand in pages.csv and findings.csv."""
    return {key: value for key, value in section.items() if key != "data"}
