"""Dates: can machines and readers tell how old a page is, and do all its dates agree?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from smocrawl.checks import thresholds
from smocrawl.checks.addresses import cut
from smocrawl.checks.applies import NOWHERE, of_kind
from smocrawl.checks.base import NOT_APPLICABLE, Context, Reason, Said, Severity, Tactic, check, fail, unmeasured, warn
from smocrawl.page import VISIBLE_DATE, Dated, Kind, Page

DATES = "https://developers.google.com/search/docs/appearance/publication-dates"
DATES_NAME = "Google Search: publication dates"
HOUR = timedelta(hours=1)
ONE_DAY = timedelta(days=1)
TIME = "time[datetime]"
"""Place of a date that a <time> bears beside what it shows."""
STATED_TWICE = re.compile(r"(json-ld|microdata|rdfa) date(Published|Modified)|article:(published|modified)_time")
"""Places that are filled from one field each; other dates of a page may mean other things."""
ADVICE = re.compile(
    r"\b(?:best|top|guide|checklist|comparison|tips|trends|beste[nrs]?|ratgeber|vergleich|leitfaden|tipps|"
    r"meilleure?s?|guía|mejores|migliori|guida|melhores)\b",
    re.IGNORECASE,
)
"""Titles that promise to be current."""
LOOKING_BACK = re.compile(
    r"\b(?:review|recap|retrospective|look(?:ing)? back|rückblick|rétrospective|bilan|resumen|archive?)\b|\b(?:of|in)\s+\d{4}",
    re.IGNORECASE,
)
EPISODE = re.compile(r"#\d+\b|\b(?:episode|ep\.?|folge|episodio|épisode|aflevering|odcinek)\s*\d", re.IGNORECASE)
OF_THEIR_DAY = ("PodcastEpisode", "Episode", "TVEpisode", "RadioEpisode")
YEAR = re.compile(r"(?<![\d.,/-])(20[0-4]\d)(?![\d.,/-]*\d)")
OVER = re.compile(
    r"\b(?:archived?|ended|is over|past event|took place|recap|completed|expired|cancelled|canceled|postponed|archiv|"
    r"beendet|abgelaufen|rückblick|terminé|finalizado|concluso)\b",
    re.IGNORECASE,
)
EXPIRING = ("offers.priceValidUntil", "validThrough", "expires", "endDate")
SETTLED = ("EventCancelled", "EventPostponed", "EventRescheduled", "EventCompleted", "Discontinued", "SoldOut")


def machine_dates(page: Page, *roles: str) -> tuple[Dated, ...]:
    """Readable dates of the page itself, not of teasers and comments."""
    return tuple(one for one in page.dates if one.role in roles and one.in_main and one.moment is not None)


def newest(page: Page) -> datetime | None:
    return max((one.moment for one in machine_dates(page, "published", "modified") if one.moment), default=None)


@check(
    "date-machine",
    title="Machines cannot read the date",
    tactic=Tactic.T6,
    severity=Severity.HIGH,
    says="The page states no publication date for machines.",
    warns="The publication date {found} lacks a time or a time zone.",
    causes={"unreadable": "Machines cannot read the publication date “{found}”."},
    source=DATES,
    source_name=DATES_NAME,
    grade="A",
    applies=of_kind(Kind.ARTICLE, Kind.VIDEO, Kind.FORUM),
    kinds=(Kind.ARTICLE, Kind.VIDEO, Kind.FORUM),
    platforms=("google-discover", "pinterest", "mastodon", "flipboard"),
)
def date_machine(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: Discover, Mastodon and Flipboard print the date with the link and prefer what is new. Without a readable
    date the page is left out or looks undated.

    Fix: Print datePublished in the structured data, or article:published_time, as 2026-11-20T09:30:00+01:00.

    Accept: One of the page's dates is in ISO 8601 with time and time zone.
    """
    known = machine_dates(page, "published", "modified")
    unread = [one for one in page.dates if one.role in ("published", "modified") and one.in_main and one.moment is None]
    if not known:
        if page.sharing.app_shell:
            yield unmeasured(Reason.SCRIPT)
        else:
            yield fail(cause="unreadable", found=cut(unread[0].raw, 60)) if unread else fail()
    elif not any(one.has_time and one.has_zone for one in known):
        yield warn(found=cut(known[0].raw, 60))


@check(
    "date-visible",
    title="Readers cannot see the date",
    tactic=Tactic.T6,
    severity=Severity.MEDIUM,
    says="No date is visible near the headline; the markup says {date}.",
    warns="The date is visible only as “{shown}”: incomplete, relative to today or away from the headline.",
    causes={"undated": "No date is visible near the headline, and the markup has none that can be read."},
    source=DATES,
    source_name=DATES_NAME,
    grade="A",
    applies=of_kind(Kind.ARTICLE),
    kinds=(Kind.ARTICLE,),
    platforms=("google-discover",),
    revision=6,
)
def date_visible(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: Old articles are shared again and again. Readers who cannot see the date take them for news and blame the
    site.

    Fix: Print “Published” and “Updated” with full dates under the headline.

    Accept: A full date stands near the headline.
    """
    own = _own_days(page)
    # Another day beside the text is that of a comment or of another article.
    shown = [
        one
        for one in page.dates
        if one.role == "visible" and (one.in_main or not own or one.moment is None or one.moment.date() in own)
    ]
    if any(one.moment and (one.in_main or one.moment.date() in own) for one in shown) or _date_in_words(page, own):
        return
    if page.sharing.app_shell:
        yield unmeasured(Reason.SCRIPT)
    elif shown:
        yield warn(shown=cut(shown[0].raw, 60))
    elif marked := [one.value for one in page.declared.get("published", ()) if one.place == VISIBLE_DATE]:
        # In an element that its class calls the date, as in the foot of the article.
        yield warn(shown=marked[0])
    else:
        dates = machine_dates(page, "published", "modified")
        yield fail(date=cut(dates[0].raw, 40)) if dates else fail(cause="undated")


def _own_days(page: Page) -> frozenset[date]:
    """The days of the page itself; where its own part names none, the one day that the page knows at all.

    A <time> with the day of the page shows the one beside it to readers in another time zone.
    """
    known = machine_dates(page, "published", "modified")
    own = {one.moment.date() for one in known if one.moment}
    timed = [one for one in page.dates if one.role in ("published", "modified") and one.place == TIME and one.moment]
    if not own and len(outside := {one.moment.date() for one in timed if one.moment}) == 1:
        own = outside
    beside = {day for one in timed if one.moment and one.moment.date() in own for day in _beside(one.moment.date())}
    return frozenset(own | beside)


def _beside(day: date) -> tuple[date, ...]:
    return (day - ONE_DAY, day + ONE_DAY) if date.min < day < date.max else ()


def _date_in_words(page: Page, own: frozenset[date]) -> bool:
    """The page's own date stands in its main text, a heading or a line that shows a date, in whatever words.

    Day and year close together are enough: months have names in many languages.
    """
    told = " ".join((page.text.main, page.sharing.byline_written or "", *(heading.text for heading in page.headings)))
    lines = [one.raw for one in page.dates if one.role == "visible"]
    return any(_tells(text, day) for text in (told, *lines) for day in own)


def _tells(text: str, day: date) -> bool:
    if str(day.year) not in text:
        return False
    together = rf"\b0?{day.day}\b.{{1,16}}\b{day.year}\b|\b{day.year}\b.{{1,16}}\b0?{day.day}\b"
    return re.search(together, text) is not None


@check(
    "dates-agree",
    title="The page states different dates",
    tactic=Tactic.T6,
    severity=Severity.MEDIUM,
    says="Two statements of one date lie {days} days apart: {one} ({one_place}) and {other} ({other_place}).",
    source=DATES,
    source_name=DATES_NAME,
    grade="A",
    applies=of_kind(Kind.ARTICLE, Kind.PRODUCT),
    kinds=(Kind.ARTICLE, Kind.PRODUCT),
    platforms=("google-discover", "feed-reader"),
)
def dates_agree(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: Every network reads another of these dates. Where they differ, the same article is new in one place and old
    in the next.

    Fix: Fill structured data and share tags from the same field; often a plugin keeps a date of its own.

    Accept: Dates of the same meaning differ by no more than a day.
    """
    pairs = [pair for role in ("published", "modified") if (pair := _farthest(_stated(page, role)))]
    if not pairs:
        yield NOT_APPLICABLE
        return
    early, late = max(pairs, key=lambda pair: _gap(*pair))
    gap = _gap(early, late)
    wanted = thresholds.DATE_GAP_HOURS
    if not wanted.is_good(gap / HOUR):
        say = warn if wanted.is_fair(gap / HOUR) else fail
        yield say(
            days=gap.days,
            one=cut(early.raw, 40),
            one_place=early.place,
            other=cut(late.raw, 40),
            other_place=late.place,
        )


def _stated(page: Page, role: str) -> tuple[Dated, ...]:
    return tuple(one for one in machine_dates(page, role) if STATED_TWICE.fullmatch(one.place))


def _farthest(dates: tuple[Dated, ...]) -> tuple[Dated, Dated] | None:
    """The earliest and latest of the first statement of each place."""
    first = {one.place: one for one in reversed(dates)}
    if len(first) < 2:
        return None
    ordered = sorted(first.values(), key=_moment)
    return ordered[0], ordered[-1]


def _moment(one: Dated) -> datetime:
    return one.moment or datetime.min.replace(tzinfo=UTC)


def _gap(early: Dated, late: Dated) -> timedelta:
    """Time from one to the other; by whole days where one of them names no hour."""
    if early.has_time and late.has_time:
        return _moment(late) - _moment(early)
    return timedelta(days=(_moment(late).date() - _moment(early).date()).days)


@check(
    "date-plausible",
    title="A date cannot be true",
    tactic=Tactic.T6,
    severity=Severity.MEDIUM,
    says="The page was “modified” ({modified}) {days} days before it was published ({published}).",
    causes={
        "future": "The date {date} lies in the future.",
        "empty": "The date {date} is an empty field: the clocks of computers begin in 1970.",
    },
    source=DATES,
    source_name=DATES_NAME,
    grade="A",
    applies=of_kind(Kind.ARTICLE, Kind.PRODUCT, Kind.VIDEO),
    kinds=(Kind.ARTICLE, Kind.PRODUCT, Kind.VIDEO),
    platforms=("google-discover",),
    revision=2,
)
def date_plausible(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: Dates in the future, or of 1970, make networks distrust every date of the site, the true ones too.

    Fix: Store the real time of publication and of the last edit, and print nothing while the field is empty.

    Accept: Published comes first, modified later, and neither lies in the future or in 1970.
    """
    published = min((one for one in _stated(page, "published")), key=_moment, default=None)
    modified = max((one for one in _stated(page, "modified")), key=_moment, default=None)
    stated = [one for one in (published, modified) if one is not None]
    if not stated:
        yield NOT_APPLICABLE
        return
    impossible = next(((cause, one) for one in stated if (cause := _impossible(one, context))), None)
    if impossible is not None:
        yield fail(cause=impossible[0], date=cut(impossible[1].raw, 40))
    elif published is not None and modified is not None:
        yield from _reversed(published, modified)


def _impossible(one: Dated, context: Context) -> str | None:
    moment = _moment(one)
    if context.now is not None and moment > context.now + timedelta(hours=thresholds.FUTURE_HOURS):
        return "future"
    return "empty" if moment.year < thresholds.FIRST_WEB_YEAR else None


def _reversed(published: Dated, modified: Dated) -> Iterator[Said]:
    gap = _gap(modified, published)
    wanted = thresholds.REVERSED_HOURS
    if gap / HOUR > wanted.good_to:
        say = warn if wanted.is_fair(gap / HOUR) else fail
        yield say(days=gap.days, published=cut(published.raw, 40), modified=cut(modified.raw, 40))


def _is_episode(page: Page, titles: str) -> bool:
    """Of its day, as a talk is, whenever its page was made anew."""
    return bool(EPISODE.search(titles)) or any(one.is_a(*OF_THEIR_DAY) for one in page.entities)


def _advises(page: Page, context: Context = NOWHERE) -> bool:
    titles = " ".join(filter(None, (page.title, page.meta("og:title"))))
    is_current = bool(ADVICE.search(titles)) and not LOOKING_BACK.search(titles) and not _is_episode(page, titles)
    return of_kind(Kind.ARTICLE, Kind.LISTING)(page, context) and is_current and bool(YEAR.search(titles))


@check(
    "title-year-stale",
    title="The title names a past year",
    tactic=Tactic.T6,
    severity=Severity.LOW,
    says="The title “{title}” names {year}, though the page was changed in {changed}.",
    source=DATES,
    source_name="Our judgement",
    grade="D",
    applies=_advises,
    kinds=(Kind.ARTICLE, Kind.LISTING),
    time_dependent=True,
    owner="editor",
    effort="editorial",
    revision=2,
)
def title_year_stale(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: Nobody shares last year's best list. The number in the title makes a page look older than it is.

    Fix: Bring the text up to date and change the year, or leave the year out.

    Accept: The title names this year or none.
    """
    if context.now is None:
        yield unmeasured(Reason.OFF)
        return
    title = next(one for one in (page.meta("og:title"), page.title) if one and YEAR.search(one))
    year = max(int(found) for found in YEAR.findall(title))
    changed = newest(page)
    if changed is None or changed.year <= year:
        return
    last_year = context.now.year - 1
    if year < last_year:
        yield fail(title=cut(title), year=year, changed=changed.year)
    elif year == last_year and context.now.month >= thresholds.STALE_FROM_MONTH:
        yield warn(title=cut(title), year=year, changed=changed.year)


@check(
    "expired-data",
    title="An offer or event is over",
    tactic=Tactic.T6,
    severity=Severity.MEDIUM,
    says="The markup says {property} {date}; that was {days} days ago.",
    causes={"event": "The event ended on {date}, {days} days ago, and the page does not say that it is over."},
    source="https://developers.google.com/search/docs/appearance/structured-data/sd-policies",
    source_name="Google Search: structured data must be up to date",
    grade="C",
    applies=of_kind(Kind.EVENT, Kind.PRODUCT, Kind.LISTING),
    kinds=(Kind.EVENT, Kind.PRODUCT, Kind.LISTING),
    time_dependent=True,
    platforms=("google-discover", "facebook"),
)
def expired_data(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: Expired prices and past dates are dropped from cards and results, and readers who follow them are
    disappointed.

    Fix: Let the system fill these dates, remove them once they have passed, and mark past events as over.

    Accept: No end date of the page's own subject lies in the past.
    """
    if context.now is None:
        yield unmeasured(Reason.OFF)
        return
    ends = tuple(_ends(page))
    if not ends:
        yield NOT_APPLICABLE
        return
    name, raw, last = max(ends, key=lambda end: end[2])
    if context.now > last + timedelta(days=1) and not OVER.search(
        " ".join((page.title or "", page.h1 or "", page.text.main[:600]))
    ):
        past = context.now - last
        say = warn if thresholds.EXPIRED_HOURS.is_fair(past / HOUR) else fail
        more: dict[str, Any] = {"cause": "event"} if name == "endDate" else {}
        yield say(property=name, date=cut(raw, 40), days=past.days, **more)


def _ends(page: Page) -> Iterator[tuple[str, str, datetime]]:
    """End dates of the page's own subject: name, as written, and the moment."""
    entity = page.main_entity
    known = {one.raw: one.moment for one in page.dates if one.moment is not None}
    if entity is None or _is_settled(entity.values("eventStatus")):
        return
    for path in EXPIRING:
        owner, _, name = path.rpartition(".")
        for thing in entity.entities(owner) if owner else (entity,):
            for value in thing.values(name):
                moment = known.get(str(value))
                if moment is not None and not _is_settled(thing.values("availability")):
                    yield name, str(value), moment


def _is_settled(values: Iterable[object]) -> bool:
    return any(str(value).endswith(SETTLED) for value in values)
