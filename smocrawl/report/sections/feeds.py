"""Feeds, the rhythm of publishing, and what is out of date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from attrs import frozen

from smocrawl.report import safe
from smocrawl.report.crawl import Crawl, Tally, moment
from smocrawl.report.sections.links import Bar
from smocrawl.report.sections.section import Fault, Section, fault
from smocrawl.store.facts import unpack

MONTHS = 12
DATED = ("article", "product", "video", "event", "docs")
"""Kinds whose dates make up the rhythm."""

DATE_CHECKS = ("date-machine", "date-visible", "dates-agree", "date-plausible")
STALE_CHECKS = (
    "dead-platform-link",
    "dead-share-widget",
    "expired-data",
    "title-year-stale",
    "copyright-year",
    "content-aging",
)
"""Checks of freshness that the section lists, in this order."""

STALE_SHOWN = 8
FEEDS_SHOWN, FEEDS_FOLDED = 10, 100
"""Feeds of the table, and of the one that folds out; the others stand in report.json."""
BROKEN_SHOWN = 4
LEAST_FAULT = 400
"""Statuses from here on say that there is no such file, or that it is not given (RFC 9110, 15.5 and 15.6)."""
FORMATS = {"rss": "RSS", "atom": "Atom", "json": "JSON Feed", "rdf": "RSS 1.0"}


@frozen(kw_only=True)
class FeedRow:
    """One feed."""

    address: str
    url: str | None
    title: str
    format: str
    state: str
    is_valid: bool
    items: str
    newest: str
    is_dated: bool = False


@frozen(kw_only=True)
class Stale:
    """Something dead or expired that is still on show."""

    fault: Fault
    pages: str


@frozen(kw_only=True)
class Feeds(Section):
    """Plain values of the section on feeds and freshness."""

    feeds: tuple[FeedRow, ...]
    """The table's rows first, then the rest of the readable and of the broken ones."""
    months: tuple[Bar, ...]
    new_pages: int
    """Pages dated within those months."""
    has_dated: bool
    """Any page of those that appear at a time (articles and the like) states when, for programs."""
    dates: tuple[Bar, ...]
    stale: tuple[Stale, ...]

    @property
    def shown(self) -> tuple[FeedRow, ...]:
        return self.feeds[:FEEDS_SHOWN]

    @property
    def folded(self) -> tuple[FeedRow, ...]:
        return self.feeds[FEEDS_SHOWN : FEEDS_SHOWN + FEEDS_FOLDED]

    @property
    def left_out(self) -> int:
        return max(0, len(self.feeds) - FEEDS_SHOWN - FEEDS_FOLDED)


def feeds(crawl: Crawl) -> Feeds:
    _ = crawl.language.gettext
    rows = _in_order(list(_feeds(crawl)))
    stale = tuple(_stale(crawl))
    counted = _new_pages(crawl)
    return Feeds(
        id="feeds",
        name=_("Feeds and freshness"),
        title=_title(crawl, rows, stale),
        lede=_("A feed carries new work to readers and programs by itself; dates tell both what is new."),
        feeds=rows,
        months=tuple(_months(crawl, counted)),
        new_pages=counted.total(),
        has_dated=any(page.kind in DATED and moment(page.published) for page in crawl.pages),
        dates=tuple(_dates(crawl)),
        stale=stale,
    )


def _title(crawl: Crawl, rows: tuple[FeedRow, ...], stale: tuple[Stale, ...]) -> str:
    _ = crawl.language.gettext
    if not rows:
        return _("There is no feed that readers could follow")
    if not any(row.is_valid for row in rows):
        return _("Your feed cannot be read")
    if broken := sum(not row.is_valid for row in rows):
        return crawl.language.ngettext(
            "{n} of your {all} feeds cannot be read", "{n} of your {all} feeds cannot be read", broken, all=len(rows)
        )
    if stale:
        return _("The feed works; some things on show are out of date")
    return _("The feed works, and nothing dead is on show")


def _in_order(rows: list[FeedRow]) -> tuple[FeedRow, ...]:
    """Those that people follow first: readable, with dates, high up in the site; but some broken ones are always seen."""
    rows.sort(key=lambda row: (not row.is_valid, not row.is_dated, row.address.count("/"), row.address))
    readable = [row for row in rows if row.is_valid]
    broken = [row for row in rows if not row.is_valid]
    above = FEEDS_SHOWN - min(len(broken), max(BROKEN_SHOWN, FEEDS_SHOWN - len(readable)))
    below = FEEDS_SHOWN - above
    return (*readable[:above], *broken[:below], *readable[above:], *broken[below:])


def _feeds(crawl: Crawl) -> Iterator[FeedRow]:
    rows = crawl.database.rows(
        "SELECT u.url, a.facts, f.status, f.error FROM asset a JOIN url u ON u.id = a.url"
        " LEFT JOIN fetch f ON f.run = a.run AND f.url = a.url WHERE a.run = ? AND a.kind = 'feed' ORDER BY u.url",
        crawl.id,
    )
    for row in rows:
        facts: dict[str, Any] = unpack(row["facts"], dict) if row["facts"] else {}
        yield _feed(crawl, row, facts)


def _feed(crawl: Crawl, row: Any, facts: dict[str, Any]) -> FeedRow:
    _ = crawl.language.gettext
    items = facts.get("items") or ()
    dates = [when for item in items if (when := _date(item))]
    valid = bool(facts) and facts.get("well_formed", True) is not False and not facts.get("error")
    if (row["status"] or 0) >= LEAST_FAULT:
        state, valid = _("answers with status {status}").format(status=row["status"]), False
    elif not facts:
        state = _("does not answer")
    elif not valid:
        state = _("broken: {why}").format(
            why=safe.cut(facts.get("error") or facts.get("reason") or _("not well formed"), 80)
        )
    else:
        state = _("readable")
    return FeedRow(
        address=safe.path(row["url"]),
        url=safe.link(row["url"]),
        title=safe.cut(facts.get("title") or "", 80),
        format=FORMATS.get(str(facts.get("format")), "–"),
        state=state,
        is_valid=valid,
        items=crawl.language.number(len(items)),
        newest=crawl.language.date(max(dates)) if dates else _("no date"),
        is_dated=bool(dates),
    )


def _date(item: Any) -> datetime | None:
    """Of a feed's item, as an aware moment."""
    if not isinstance(item, dict):
        return None
    found = moment(str(item.get("published") or item.get("updated") or ""))
    return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found


def _new_pages(crawl: Crawl) -> Counter[int]:
    """New pages in each of the last twelve months, by the months since."""
    now = crawl.run.started
    counted: Counter[int] = Counter()
    for page in crawl.pages:
        when = moment(page.published) if page.kind in DATED else None
        if when:
            age = (now.year - when.year) * 12 + now.month - when.month
            if 0 <= age < MONTHS:
                counted[age] += 1
    return counted


def _months(crawl: Crawl, counted: Counter[int]) -> Iterator[Bar]:
    """A bar for each month, the oldest first."""
    now = crawl.run.started
    if not counted:
        return
    longest = max(counted.values())
    for age in reversed(range(MONTHS)):
        month = (now.month - 1 - age) % 12
        name = crawl.language.months()[month][:3]
        yield Bar(label=name, value=crawl.language.number(counted[age]), length=round(100 * counted[age] / longest, 1))


def _dates(crawl: Crawl) -> Iterator[Bar]:
    """How many pages pass each check of dates, of those that it is for."""
    _ = crawl.language.gettext
    names = {
        "date-machine": _("Programs can read the date"),
        "date-visible": _("People can see the date"),
        "dates-agree": _("All dates of the page agree"),
        "date-plausible": _("The dates are possible"),
    }
    for check in DATE_CHECKS:
        tally = crawl.tallies.get(check, Tally())
        if tally.rated:
            value = _("{n} of {all}").format(n=tally.passed, all=tally.rated)
            yield Bar(label=names[check], value=value, length=round(100 * tally.passed / tally.rated, 1))


def _stale(crawl: Crawl) -> Iterator[Stale]:
    marks = ", ".join("?" * len(STALE_CHECKS))
    counted: dict[tuple[str, str], tuple[Fault, int]] = {}
    for one in crawl.all_found(f"outcome IN ('warned', 'failed') AND check_id IN ({marks})", *STALE_CHECKS):
        said = fault(crawl, one)
        before = counted.get((one.check, said.text), (said, 0))
        counted[one.check, said.text] = (before[0], before[1] + (one.page is not None))
    order = sorted(counted.items(), key=lambda entry: (-entry[1][1], STALE_CHECKS.index(entry[0][0])))
    for _, (said, pages) in order[:STALE_SHOWN]:
        where = (
            crawl.language.ngettext("{n} page", "{n} pages", pages) if pages else crawl.language.gettext("whole site")
        )
        yield Stale(fault=said, pages=where)
