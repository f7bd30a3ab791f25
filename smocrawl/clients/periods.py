"""How often a site is crawled: by the calendar, or by a cron expression."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta, tzinfo

from attrs import field, frozen
from cronsim import CronSim, CronSimError


@frozen
class Period:
    """``weekly``, ``every 10 days``, ``0 6 * * mon``: as it was written, and when it comes round."""

    text: str
    _next: Callable[[datetime], datetime | None] = field(repr=False, eq=False)

    def after(self, moment: datetime, zone: tzinfo) -> datetime | None:
        """When the site is due that was last crawled at *moment*; None = never again (a date that does not come).

        Words count days: what is crawled at any hour of a Monday is due, weekly, from the first hour of the next one.
        A timer that fires some seconds earlier than a week ago would miss it otherwise.
        """
        return self._next(moment.astimezone(zone))


def read_period(text: str) -> Period:
    """*text* as a period; :class:`ValueError` says what would be right."""
    words = " ".join(text.lower().split())
    if words in WORDS:
        return Period(text, WORDS[words])
    if words.startswith("every ") and words.endswith((" days", " day")):
        number = words.split()[1]
        if re.fullmatch(r"\d{1,9}", number) and 1 <= int(number) <= MOST_DAYS:
            return Period(text, _days(int(number)))
    try:
        CronSim(text, datetime(2000, 1, 1))  # noqa: DTZ001 - only read, never asked for a moment
    except CronSimError:
        raise ValueError(
            f"{text!r} is no period: {', '.join(WORDS)}, every 10 days, or a cron expression such as '0 6 * * mon'"
        ) from None
    return Period(text, lambda moment: next(CronSim(text, moment), None))


MOST_DAYS = 3_660


def _days(number: int) -> Callable[[datetime], datetime | None]:
    return lambda moment: _morning(moment.date() + timedelta(days=number), moment.tzinfo)


def _months(number: int) -> Callable[[datetime], datetime | None]:
    """The same day of a later month; its last, where it has no such day."""

    def later(moment: datetime) -> datetime | None:
        year, month = divmod(moment.year * 12 + moment.month - 1 + number, 12)
        day = min(moment.day, calendar.monthrange(year, month + 1)[1])
        return _morning(date(year, month + 1, day), moment.tzinfo)

    return later


def _morning(day: date, zone: tzinfo | None) -> datetime:
    return datetime.combine(day, time.min, zone)


WORDS: Mapping[str, Callable[[datetime], datetime | None]] = {
    "daily": _days(1),
    "weekly": _days(7),
    "monthly": _months(1),
    "quarterly": _months(3),
}
