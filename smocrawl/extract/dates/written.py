"""Days as they are written: ISO 8601, RFC 822, in words of a dozen languages, in figures."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache

from smocrawl.extract import limits
from smocrawl.extract.dates.months import MONTHS
from smocrawl.extract.document import folded
from smocrawl.page import Dated

ISO = re.compile(
    r"(\d{4})-?(\d{2})(?:-?(\d{2}))?(?:[T ]\s*(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2}|[+-]\d{2}|UTC|GMT)?)?",
    re.IGNORECASE,
)
WORDED = re.compile(
    r"(?<!\w)(?:(?P<d1>\d{1,2})(?:st|nd|rd|th|er|\.|º)?(?:\s+de)?\s+(?P<m1>[^\W\d_]{3,12})\.?(?:,?(?:\s+del?)?\s+|,)(?P<y1>\d{4})"
    r"|(?P<m2>[^\W\d_]{3,12})\.?\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{4})"
    r"|(?P<y3>\d{4})\s?[年.]\s?(?P<m3>\d{1,2})\s?[月.]\s?(?P<d3>\d{1,2})\s?日?"
    r"|(?P<y4>\d{4})[-/](?P<m4>\d{1,2})[-/](?P<d4>\d{1,2})"
    r"|(?P<d5>\d{1,2})\.\s?(?P<m5>\d{1,2})\.\s?(?P<y5>\d{4})"
    r"|(?P<d6>\d{1,2})/(?P<m6>\d{1,2})/(?P<y6>\d{4}))(?!\w)"
)
SHORT = re.compile(
    r"(?P<label>(?:(?:posted|published|updated|on|date|datum|stand|veröffentlicht|vom|am|le|del)\b[ :]*)*)"
    r"(?P<d>\d{1,2})(?P<by>[./])(?P<m>\d{1,2})(?P=by)(?P<y>\d\d)(?:,? +\d{1,2}:\d\d ?(?:[ap]\.?m\.?)?)?",
    re.IGNORECASE,
)
"""A date with two digits for the year, and perhaps an hour; alone with points it may be a version as well."""
DATE_LINE = re.compile(
    r"(?P<label>)(?P<d>\d\d)(?P<by>\.)(?P<m>\d\d)\.(?P<y>\d\d)(?= (?:in|by|von|um|at|par|por|di)\b| ?[|·•–—])",
    re.IGNORECASE,
)
"""The same at the head of a line that goes on as a date line does: 11.03.17 in Gadgetry."""
EPOCH = re.compile(r"([1-9]\d{8,9})(?:\d{3})?", re.ASCII)
NEXT = 20
"""Characters behind the date that may say what it is of."""
LONGEST_MONTH = 31
FEW_WORDS = 3
"""Words before the date that may be a name, a weekday or an hour."""
LABEL = re.compile(
    r"\W*(?:by|von|par|por|di|door|av|posted|published|written|(?:last )?updated|on|le|am|vom|veröffentlicht|erschienen"
    r"|(?:letzte |zuletzt )?(?:aktualisiert|aktualisierung|geändert|änderung)|publié|publicado|date|datum|stand)\b",
    re.IGNORECASE,
)
OTHER_DAYS = re.compile(
    r"\b(?:born|died|ages?|aged|founded|established|since|ago|until|copyright|geboren|gestorben|gegründet|seit|bis|nato"
    r"|née?|nacido|mort)\b|[©†]",
    re.IGNORECASE,
)
"""What tells that a date is another one than that of the text."""
CENTURY = 70
"""From here on two digits mean the last century, as in POSIX."""
REMEMBERED = 1_024
"""Dates as written that are remembered: a page says each several times."""
PARTIAL = re.compile(
    r"(?<![\w/.-])(?:(?P<d1>\d{1,2})(?:st|nd|rd|th|er|\.|º)?(?:\s+(?:of|de))?\s+(?P<m1>[^\W\d_]{3,12})\b"
    r"|(?P<m2>[^\W\d_]{3,12})\.?\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?\b)(?:\.?,?\s*['’]?\d\d\b(?!:))?"
)
"""Day and month without a year, or with two digits of it: "23 Sep", "17 Maj, 18"."""
MONTH = re.compile(r"(?<![\w/.-])(?P<m>[^\W\d_]{3,12})\.?\s+(?:de\s+)?(?P<y>(?:19|20)\d\d)(?![\w/-])")
"""Month and year: "August 2026", "Updated June 2026"."""
PARTED = re.compile(r"\W*(?:[|·•–—]|(?:at|um|à|a las) \d)", re.IGNORECASE)
"""What parts a date from what follows in the same line."""


@lru_cache(maxsize=REMEMBERED)
def parse(raw: str) -> tuple[datetime | None, bool, bool]:
    """(moment, has a time, has a zone) of an ISO 8601 or RFC 822 date; UTC where it names no zone."""
    text = raw.strip()[: limits.LABEL]
    match = ISO.fullmatch(text)
    try:
        if match:
            return _iso(match)
        if re.match(r"(?:[A-Za-z]{3},\s*)?\d{1,2}\s+[A-Za-z]{3}\s+\d{4}\s+\d", text):
            moment = parsedate_to_datetime(text)
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC), True, moment.tzinfo is not None
    except (ValueError, TypeError, OverflowError):
        pass  # no such day or hour: not readable, which is what is answered below
    return None, False, False


def _iso(match: re.Match[str]) -> tuple[datetime, bool, bool]:
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    stated = f"{year}-{month}-{day or '01'}T{int(hour or 0):02}:{minute or '00'}:{second or '00'}"
    stated += f".{fraction[:6].ljust(6, '0')}" if fraction else ""
    offset = "" if not zone else "+00:00" if zone.upper() in ("Z", "UTC", "GMT") else zone
    moment = datetime.fromisoformat(stated + offset)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC), hour is not None, bool(zone)


def worded(text: str) -> datetime | None:
    """The first date written for people in *text*."""
    for match in WORDED.finditer(text):
        said = {name[0]: value for name, value in match.groupdict().items() if value}
        month = int(said["m"]) if said["m"].isdigit() else MONTHS.get(said["m"].lower(), 0)
        if moment := _day(int(said["y"]), month, int(said["d"]), swapped=bool(match["d6"])):
            return moment
    return short(text)


def is_partial(text: str) -> bool:
    """Whether *text* is a line of author and date that names day and month without a whole year, or month and year."""
    for found in PARTIAL.finditer(text):
        month, day = (found["m1"] or found["m2"]).lower(), int(found["d1"] or found["d2"])
        if month in MONTHS and 0 < day <= LONGEST_MONTH:
            return _is_line_around(found, text)
    return any(_is_line_around(found, text) for found in MONTH.finditer(text) if found["m"].lower() in MONTHS)


def _is_line_around(found: re.Match[str], text: str) -> bool:
    """Whether nearly all that stands around a date is what a date line holds."""
    before, after = text[: found.start()], text[found.end() :]
    few = (len(before.split()) <= FEW_WORDS and "(" not in before) or LABEL.match(before) is not None
    ends = len(after.split()) <= FEW_WORDS or PARTED.match(after) is not None
    return few and ends and OTHER_DAYS.search(text) is None


def of_epoch(text: str) -> datetime | None:
    """The moment of a number of seconds or milliseconds since 1970, as some systems write it."""
    number = EPOCH.fullmatch(text.strip())
    return datetime.fromtimestamp(int(number[1]), UTC) if number else None


def is_dateline(text: str) -> bool:
    """Whether *text* is a page's line of author and date, not a sentence, a teaser or a life that names a day."""
    found = WORDED.search(text)
    if found is None:
        return (short(text, sure=True) or parse(text)[0]) is not None
    before = text[: found.start()]
    few = len(before.split()) <= FEW_WORDS and "(" not in before
    return (few or LABEL.match(before) is not None) and OTHER_DAYS.search(text[: found.end() + NEXT]) is None


def short(text: str, *, sure: bool = False) -> datetime | None:
    """A date as 3/14/15 that is all of *text* but a label; where that is not *sure* to be a date, 3.14.15 is none."""
    match = SHORT.fullmatch(text.strip()) or DATE_LINE.match(text.strip())
    if match is None or not (sure or match["label"] or match["by"] == "/" or match.re is DATE_LINE):
        return None
    year = int(match["y"])
    return _day(year + (1900 if year >= CENTURY else 2000), int(match["m"]), int(match["d"]), swapped=True)


def _day(year: int, month: int, day: int, *, swapped: bool) -> datetime | None:
    """That day; where *swapped* is allowed, a month above 12 is the day."""
    if swapped and month > 12:
        day, month = month, day
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None


def dated(raw: str, place: str, role: str, *, in_main: bool = True) -> Dated:
    moment, has_time, has_zone = parse(raw)
    if role == "visible" and moment is None:
        moment = worded(raw)
    return Dated(
        raw=folded(raw, limits.LABEL), place=place, role=role, moment=moment, has_time=has_time, has_zone=has_zone,
        in_main=in_main,
    )  # fmt: skip
