"""The page that lists all crawls of one domain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from attrs import frozen
from markupsafe import Markup

from smocrawl.report import safe
from smocrawl.report.language import load
from smocrawl.report.render import domain_style, environment, policy

FOLDER_NAME = re.compile(r"\d{4}-\d\d-\d\d_\d{6}")


@frozen(kw_only=True)
class Crawled:
    """One report of the list."""

    folder: str
    date: str
    time: str
    score: str
    word: str
    pages: str
    state: str


def render_domain_index(folder: Path, *, language: str = "en") -> Path:
    """Write ``index.html`` into the *folder* of a domain; the newest crawl first."""
    said = load(language)
    crawls = tuple(_crawls(folder))
    style = domain_style()
    page = environment(said).get_template("domain.html").render(
        domain=safe.cut(folder.name, 100), crawls=crawls, language=said,
        style=Markup(style), policy=policy(style, ""),  # noqa: S704 - our own files
    )  # fmt: skip
    unfinished = folder / ".index.html"
    unfinished.write_text(page, encoding="utf-8")
    unfinished.replace(folder / "index.html")
    return folder / "index.html"


def _crawls(folder: Path) -> Iterator[Crawled]:
    for report in sorted(folder.iterdir(), reverse=True):
        if FOLDER_NAME.fullmatch(report.name) and (report / "index.html").is_file():
            yield _crawl(report)


def _crawl(report: Path) -> Crawled:
    told = _told(report / "report.json")
    language = load(str(told.get("language") or "en"))
    when = datetime.strptime(report.name, "%Y-%m-%d_%H%M%S")  # noqa: DTZ007 - folders are named in UTC
    score = told.get("score")
    cover = told.get("sections", {}).get("cover", {})
    return Crawled(
        folder=report.name,
        date=language.date(when),
        time=f"{when:%H:%M} UTC",
        score=str(round(score)) if isinstance(score, int | float) else "–",
        word=safe.cut(cover.get("word") or "", 30),
        pages=language.number(told.get("pages") or 0),
        state=safe.cut(told.get("ruleset") or "", 30),
    )


def _told(file: Path) -> dict[str, Any]:
    """What a report says of itself; nothing where its JSON is gone or broken."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=dict[str, Any])
    except (OSError, msgspec.DecodeError):
        return {}
