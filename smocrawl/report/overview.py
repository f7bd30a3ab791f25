"""One page over many sites: their scores, trends and troubles; ``overview.json`` beside it says the same."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import msgspec
from attrs import evolve, frozen
from markupsafe import Markup

from smocrawl.history.difference import SAME
from smocrawl.history.wording import title
from smocrawl.report import safe
from smocrawl.report.brand import Brand
from smocrawl.report.language import Language, load
from smocrawl.report.notes import in_words
from smocrawl.report.render import STATIC, accent, domain_style, environment, policy
from smocrawl.report.words import SEVERITIES, Words

FORMAT = 1
"""Of overview.json; raised when a field goes or changes its meaning."""

WIDTH, HEIGHT = 100, 28
"""Of the drawn trend."""

LEAST_SPAN = 20
"""Points that the height of a trend stands for at least: what moves less than crawls do by themselves stays a flat line."""


@frozen(kw_only=True)
class Site:
    """What is known of one site."""

    domain: str
    name: str
    home: Path
    """Its folder."""
    report: Path | None = None
    """Folder of its newest report."""
    crawled: datetime | None = None
    incomplete: bool = False
    score: float | None = None
    moved: float | None = None
    trend: tuple[tuple[datetime, float], ...] = ()
    pages: int = 0
    worst: str = ""
    """Id of the check whose fix is worth most."""
    problem: str = ""
    """Why the last try came to nothing."""
    not_told: str = ""
    """Why somebody who should have been told was not."""
    period: str = ""
    next: datetime | None = None
    """When it is due; before now: at the next call."""
    paused: bool = False

    def with_schedule(self, *, period: str, next: datetime | None, paused: bool) -> Site:
        return evolve(self, period=period, next=next, paused=paused)

    @property
    def fell(self) -> bool:
        return self.moved is not None and self.moved <= -SAME

    @property
    def rose(self) -> bool:
        return self.moved is not None and self.moved >= SAME


@frozen(kw_only=True)
class Trouble:
    """A site that wants a look, and why; *kind* is the severity by which it is marked."""

    kind: str
    name: str
    link: str | None
    text: str


@frozen(kw_only=True)
class Row:
    """One site as the table shows it."""

    name: str
    domain: str
    link: str | None
    all_crawls: str | None
    score: str
    grade: str
    length: int
    moved: str
    direction: str
    trend: str
    trend_words: str
    pages: str
    crawled: str
    state: str
    next: str
    worst: str


def render_overview(
    sites: Sequence[Site],
    folder: Path,
    *,
    language: str = "en",
    brand: Brand | None = None,
    moment: datetime | None = None,
) -> Path:
    """Write ``index.html`` and ``overview.json`` into *folder*; gives the path of the page."""
    said, now = load(language), moment or datetime.now(UTC)
    folder.mkdir(parents=True, exist_ok=True)
    _put(folder / "overview.json", _json(sites, folder, now))
    _put(folder / "index.html", _html(sites, folder, said, brand or Brand(), now).encode())
    return folder / "index.html"


def _put(file: Path, content: bytes) -> None:
    """In place of what stood there, whole or not at all."""
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    unfinished.write_bytes(content)
    unfinished.replace(file)


def _html(sites: Sequence[Site], folder: Path, language: Language, brand: Brand, now: datetime) -> str:
    link = _links(folder)
    sheet = (STATIC / "css" / "overview.css").read_text(encoding="utf-8").strip()
    style = "\n".join((domain_style(), sheet, *accent(brand)))
    return environment(language).get_template("overview.html").render(
        language=language, brand=brand, style=Markup(style), policy=policy(style, ""),  # noqa: S704 - our own files
        heading=_heading(sites, language), lede=_lede(sites, language, now), troubles=tuple(_troubles(sites, language, link)),
        rows=tuple(_row(site, language, link, now) for site in sites), width=WIDTH, height=HEIGHT,
    )  # fmt: skip


Link = Callable[[Path], str]


def _links(folder: Path) -> Link:
    """Addresses relative to the page, so that the folder can be moved and served anywhere."""
    start = folder.absolute()

    def link(file: Path) -> str:
        return quote(Path(os.path.relpath(file.absolute(), start)).as_posix())

    return link


def _heading(sites: Sequence[Site], language: Language) -> str:
    """What there is to see, in one sentence."""
    _ = language.gettext
    if not sites:
        return _("No site yet")
    number = language.ngettext("{n} site", "{n} sites", len(sites))
    failed, fell = sum(bool(one.problem) for one in sites), sum(one.fell for one in sites)
    if failed:
        return _("{sites}, {n} of them could not be crawled").format(sites=number, n=language.number(failed))
    if fell:
        return _("{sites}, {n} of them fell behind").format(sites=number, n=language.number(fell))
    if all(one.moved is None for one in sites):
        return number
    return _("{sites}, none fell behind").format(sites=number)


def _lede(sites: Sequence[Site], language: Language, now: datetime) -> str:
    _ = language.gettext
    scores = [one.score for one in sites if one.score is not None]
    text = _("State of {date}, {time} UTC.").format(date=language.date(now), time=f"{now.astimezone(UTC):%H:%M}")
    if not scores:
        return text
    average = language.number(sum(scores) / len(scores))
    return text + " " + _("On average {score} of 100 for social sharing.").format(score=average)


def _troubles(sites: Sequence[Site], language: Language, link: Link) -> Iterator[Trouble]:
    """The gravest first: what could not be crawled, what fell, what was not seen whole, who was not told."""
    found = [(site, tuple(_reasons(site, language))) for site in sites]
    found.sort(key=lambda one: (SEVERITIES.index(one[1][0][0]), one[0].moved or 0) if one[1] else (0, 0))
    for site, reasons in found:
        if reasons:
            text = " ".join(text for _, text in reasons)
            yield Trouble(kind=reasons[0][0], name=safe.cut(site.name, 80), link=_report(site, link), text=text)


def _reasons(site: Site, language: Language) -> Iterator[tuple[str, str]]:
    """(severity, sentence), the gravest first."""
    _ = language.gettext
    if site.problem:
        yield "critical", safe.cut(in_words(site.problem, language), 300)
    if site.fell:
        number = language.number(abs(site.moved or 0), 1)
        yield "high", _("The score fell by {n} points.").format(n=number)
    if site.incomplete:
        yield "medium", _("Something of the site could not be read; the report says what.")
    if site.not_told:
        yield "low", safe.cut(in_words(site.not_told, language), 300)


def _report(site: Site, link: Link) -> str | None:
    return link(site.report / "index.html") if site.report else None


def _row(site: Site, language: Language, link: Link, now: datetime) -> Row:
    _ = language.gettext
    index = site.home / "index.html"
    return Row(
        name=safe.cut(site.name, 80), domain=safe.cut(site.domain, 100), link=_report(site, link),
        all_crawls=link(index) if index.is_file() else None,
        score="–" if site.score is None else language.number(site.score),
        grade=Words(language).grade(site.score) if site.crawled else _("not crawled yet"),
        length=round(site.score or 0), moved=_moved(site, language),
        direction="fell" if site.fell else "rose" if site.rose else "same",
        trend=" ".join(f"{x:g},{y:g}" for x, y in _curve(site)), trend_words=_trend_words(site, language),
        pages=language.number(site.pages) if site.crawled else "–",
        crawled=language.date(site.crawled) if site.crawled else "–", state=_state(site, language),
        next=_next(site, language, now), worst=safe.cut(_(title(site.worst)), 120) if site.worst else "–",
    )  # fmt: skip


def _moved(site: Site, language: Language) -> str:
    if site.moved is None:
        return "–"
    return language.signed(site.moved, 1) if site.fell or site.rose else "±0"


def _curve(site: Site) -> Iterator[tuple[float, float]]:
    """Crawls at equal distances: a trend of a dozen points is read as a row, not as a calendar; one crawl has none."""
    last, scores = len(site.trend) - 1, [score for _, score in site.trend]
    if last < 1:
        return
    span = max(LEAST_SPAN, max(scores) - min(scores))
    top = (max(scores) + min(scores) + span) / 2
    for number, score in enumerate(scores):
        yield round(WIDTH * number / last, 1), round(HEIGHT * (top - score) / span, 1)


def _trend_words(site: Site, language: Language) -> str:
    scores = [language.number(score) for _, score in site.trend]
    return language.gettext("Scores of the crawls so far: {scores}").format(scores=", ".join(scores)) if scores else ""


def _state(site: Site, language: Language) -> str:
    _ = language.gettext
    if site.problem:
        return _("the last try failed")
    return _("incomplete") if site.incomplete else ""


def _next(site: Site, language: Language, now: datetime) -> str:
    _ = language.gettext
    if site.paused:
        return _("paused")
    if site.next is None:
        return "–"
    return _("due") if site.next <= now else language.date(site.next)


def _json(sites: Sequence[Site], folder: Path, now: datetime) -> bytes:
    link = _links(folder)
    told = {"format": FORMAT, "made": now.isoformat(timespec="seconds"), "sites": [_told(site, link) for site in sites]}
    return msgspec.json.format(safe.mask(safe.clean(msgspec.json.encode(told).decode())).encode(), indent=1)


def _told(site: Site, link: Link) -> dict[str, object]:
    return {
        "domain": site.domain, "name": site.name, "folder": link(site.home), "report": _report(site, link),
        "crawled": site.crawled, "complete": site.crawled is not None and not site.incomplete, "score": site.score,
        "moved": site.moved, "trend": [{"crawled": when, "score": score} for when, score in site.trend],
        "pages": site.pages, "worst": site.worst or None, "problem": site.problem or None,
        "not_told": site.not_told or None, "period": site.period or None, "next": site.next, "paused": site.paused,
    }  # fmt: skip
