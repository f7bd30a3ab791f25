"""Dates of a page: from structured data, metas, ``<time>`` and labelled text near the headline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from itertools import chain, islice

from attrs import evolve
from lxml.html import HtmlElement

from smocrawl.extract import limits
from smocrawl.extract.blocks import Block, Survey
from smocrawl.extract.density import is_prose
from smocrawl.extract.document import Document, folded, text_of
from smocrawl.extract.months import MONTHS
from smocrawl.extract.structured import Structured
from smocrawl.extract.words import words
from smocrawl.page import Area, Dated, Meta

META_ROLES = {
    "article:published_time": "published", "og:article:published_time": "published", "datepublished": "published",
    "parsely-pub-date": "published", "sailthru.date": "published", "citation_publication_date": "published",
    "citation_date": "published", "citation_online_date": "published", "pubdate": "published", "publishdate": "published",
    "publish-date": "published", "publish_date": "published", "article.published": "published", "date": "published",
    "dc.date": "published", "dc.date.issued": "published", "dcterms.date": "published", "dcterms.created": "published",
    "dcterms.issued": "published", "dc.created": "published", "og:published_time": "published",
    "book:release_date": "published", "video:release_date": "published", "music:release_date": "published",
    "article:modified_time": "modified", "og:article:modified_time": "modified", "og:updated_time": "modified",
    "datemodified": "modified", "dcterms.modified": "modified", "dc.modified": "modified", "dc.date.modified": "modified",
    "last-modified": "modified", "lastmod": "modified", "article.updated": "modified", "revised": "modified",
    "article:expiration_time": "valid-until",
}  # fmt: skip
"""Keys of metas (lower case) -> the role of their date."""
META_ROLES |= {key.replace(".", ":", 1): role for key, role in META_ROLES.items() if key.startswith("dc")}
PROPERTY_ROLES = {
    "datePublished": "published", "uploadDate": "published", "dateCreated": "published", "published": "published",
    "dateModified": "modified", "updated": "modified", "startDate": "event-start", "start": "event-start",
    "endDate": "event-end", "end": "event-end", "priceValidUntil": "valid-until", "validThrough": "valid-until",
    "expires": "valid-until", "availabilityEnds": "valid-until",
}  # fmt: skip
OTHER_THINGS = words(
    """comment comments review reviews itemListElement hasPart isPartOf mentions citation relatedLink isRelatedTo
    isSimilarTo blogPost children suggestedAnswer acceptedAnswer video image author publisher"""
)
"""Properties whose value has dates of its own."""

ISO = re.compile(
    r"(\d{4})-?(\d{2})(?:-?(\d{2}))?(?:[T ]\s*(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2}|[+-]\d{2}|UTC|GMT)?)?",
    re.IGNORECASE,
)
RELATIVE = re.compile(
    r"\b(?:\d+|an?|one|few)\s+(?:sec(?:ond)?|min(?:ute)?|hour|day|week|month|year)s?\s+ago\b|\byesterday\b"
    r"|\bvor\s+\d+\s+(?:Minuten?|Stunden?|Tag(?:en)?|Wochen?|Monat(?:en)?|Jahr(?:en)?)\b|\bgestern\b"
    r"|\bil y a \d+ \w+|\bhace \d+ \w+",
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
    r"(?P<d>\d{1,2})(?P<by>[./])(?P<m>\d{1,2})(?P=by)(?P<y>\d\d)",
    re.IGNORECASE,
)
"""A date with two digits for the year; alone with points it may be a version as well."""
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
DATE_CLASS = re.compile(
    r"(?:.*[-_])?(?:(?:post|pub|publish|published|publication|article|entry|news|item)*[-_]?(?:date|datum|time)|published"
    r"|posted|dateline|timestamp)(?:[-_](?:published|posted|text|line|time))?",
    re.IGNORECASE,
)
"""Class names of elements that hold the day of publication."""
REPLIES = re.compile(r"\b(?:comments?|commentlist|related|widget|sidebar|teasers?)\b|comment", re.IGNORECASE)
MOST_MARKED = 50
FURNITURE = frozenset((Area.NAV, Area.FOOTER, Area.ASIDE))
CENTURY = 70
"""From here on two digits mean the last century, as in POSIX."""
MODIFIED = re.compile(
    r"updated|modified|revised|edited|aktualisiert|geändert|mis à jour|actualizado|aggiornato|更新", re.IGNORECASE
)
REMEMBERED = 1_024
"""Dates as written that are remembered: a page says each several times."""
NEAR = 15
"""Runs of text before and after the headline among which its date line is sought."""
BELOW = 5
"""Runs of text above the main text and below the headline among which a date set apart may stand."""
PARTIAL = re.compile(
    r"(?<![\w/.-])(?:(?P<d1>\d{1,2})(?:st|nd|rd|th|er|\.|º)?(?:\s+(?:of|de))?\s+(?P<m1>[^\W\d_]{3,12})\b"
    r"|(?P<m2>[^\W\d_]{3,12})\.?\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?\b)(?:\.?,?\s*['’]?\d\d\b(?!:))?"
)
"""Day and month without a year, or with two digits of it: "23 Sep", "17 Maj, 18"."""
MONTH = re.compile(r"(?<![\w/.-])(?P<m>[^\W\d_]{3,12})\.?\s+(?:de\s+)?(?P<y>(?:19|20)\d\d)(?![\w/-])")
"""Month and year: "August 2026", "Updated June 2026"."""
PARTED = re.compile(r"\W*[|·•–—]")
"""What parts a date from what follows in the same line."""
HEADINGS = words("h1 h2 h3")
"""Where a date is part of a title, unless it is all that stands there."""
LINE = 160
"""Longer runs are prose that happens to name a date."""


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


def read_dates(document: Document, survey: Survey, metas: Iterable[Meta], structured: Structured) -> tuple[Dated, ...]:
    """Every date found, machine-readable ones first."""
    window = _window(survey)
    times = _of_times(document, survey, window)
    found = [*_of_metas(metas), *_of_entities(structured), *times, *_labelled(survey, window), *_set_apart(survey)]
    return tuple(found[: limits.DATES])


def dated(raw: str, place: str, role: str, *, in_main: bool = True) -> Dated:
    moment, has_time, has_zone = parse(raw)
    if role == "visible" and moment is None:
        moment = worded(raw)
    return Dated(
        raw=folded(raw, limits.LABEL), place=place, role=role, moment=moment, has_time=has_time, has_zone=has_zone,
        in_main=in_main,
    )  # fmt: skip


def _of_metas(metas: Iterable[Meta]) -> Iterator[Dated]:
    for meta in metas:
        role = META_ROLES.get(meta.key)
        if role and meta.value and not (meta.key == "last-modified" and meta.http_equiv is None and meta.name is None):
            yield dated(meta.value, meta.key, role)


def _of_entities(structured: Structured) -> Iterator[Dated]:
    for entity in structured.entities:
        foreign = entity.parent in OTHER_THINGS or entity.order in structured.beside
        for name, role in PROPERTY_ROLES.items():
            for value in entity.values(name)[:3]:
                if isinstance(value, str) and value.strip():
                    yield dated(value, f"{entity.syntax} {name}", role, in_main=not foreign)


def _of_times(document: Document, survey: Survey, window: Sequence[Block]) -> Iterator[Dated]:
    """``<time>`` elements; those in the head or foot of the article count as its own."""
    near = {block.node for block in window}
    for element in document.limited("time", limits.DATES, "time"):
        if _is_of_something_else(element):
            continue
        in_main = _is_own(survey, survey.node_of(element), near)
        shown, machine = text_of(element), element.get("datetime")
        named = [element.get(name) or "" for name in ("class", "itemprop", "property")]
        said = " ".join((*named, shown, _before(element)))
        if machine:
            role = "modified" if MODIFIED.search(said) else "published"
            yield dated(machine, "time[datetime]", role, in_main=in_main)
        if shown:
            yield _shown(shown, machine, in_main=in_main)


def _shown(text: str, machine: str | None, *, in_main: bool) -> Dated:
    """The date that readers see; where its words do not tell the day for certain, the machine's counts."""
    visible = dated(text, "time", "visible", in_main=in_main)
    if visible.moment is not None and not SHORT.fullmatch(text):
        return visible
    moment = parse(machine)[0] if machine else None
    return evolve(visible, moment=moment or short(text, sure=True))


def _is_of_something_else(element: HtmlElement) -> bool:
    """Whether structured data calls the date something else than a publication: an event's start, a birthday."""
    names = [*(element.get("itemprop") or "").split(), *(element.get("property") or "").split()]
    names += [name[3:] for name in (element.get("class") or "").split() if name.startswith("dt-")]
    return bool(names) and not any(_role_of(name) in ("published", "modified") for name in names)


def _role_of(name: str) -> str | None:
    """The role of a property under its full or its local name."""
    local = name.rpartition("/")[2].rpartition(":")[2]
    return PROPERTY_ROLES.get(local) or META_ROLES.get(name.lower()) or META_ROLES.get(f"dcterms.{local.lower()}")


def _before(element: HtmlElement) -> str:
    """Text right before *element*: its label."""
    previous, around = element.getprevious(), element.getparent()
    said = previous.tail or text_of(previous) if previous is not None else around.text if around is not None else ""
    return (said or "")[-40:]


def _is_own(survey: Survey, node: int, near: AbstractSet[int]) -> bool:
    """Whether a node is one of those *near* the headline, or in the article's own head or foot."""
    above = [number for number in survey.up(node) if number > survey.region] if survey.nodes else []
    tags = {survey.nodes[number].tag for number in above}
    teaser = "article" in tags and survey.nodes[survey.region].tag != "body"
    return not teaser and (node in near or (node in survey.inside and bool(tags & {"footer", "header"})))


def _window(survey: Survey) -> list[Block]:
    """The runs of text around the headline, up to the second run of prose after it."""
    start = headline(survey)
    before = [block for block in survey.blocks[max(0, start - NEAR) : start] if not _is_aside(survey, block)]
    after: list[Block] = []
    prose = 0
    for block in survey.blocks[start : start + NEAR]:
        prose += is_prose(block) and len(block.text) > LINE and survey.nodes[block.node].tag != "h1"
        if prose > 1:
            break
        if not _is_aside(survey, block):
            after.append(block)
    return [*before, *after]


def marked_day(document: Document, survey: Survey) -> datetime | None:
    """The day in elements that their class calls a date, where all of them name the same: on lists they differ."""
    telling = [one for one in document.class_lists if any(map(DATE_CLASS.fullmatch, one.split()))]
    if not telling or not survey.nodes:
        return None
    days: set[datetime] = set()
    found = (element for element, classes in document.values("class").items() if classes in set(telling))
    for element in islice(found, MOST_MARKED):
        text = text_of(element)
        if (
            len(text) <= LINE
            and _is_of_text(survey, element)
            and is_dateline(text)
            and (day := worded(text) or parse(text)[0])
        ):
            days.add(day.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=UTC))
    return days.pop() if len(days) == 1 else None


def _is_of_text(survey: Survey, element: HtmlElement) -> bool:
    """Shown, and neither furniture nor of a comment."""
    number = survey.node_of(element)
    around = [survey.nodes[one] for one in survey.up(number)]
    return (
        survey.area(number) not in FURNITURE
        and not any(one.hidden for one in around)
        and not any(REPLIES.search(f"{one.classes} {one.id}") for one in around[:-1])
    )


def _is_aside(survey: Survey, block: Block) -> bool:
    """Hidden or beside the main text; a row of share buttons often holds the article's date line and counts."""
    if not survey.is_aside(block):
        return False
    around = [survey.nodes[number] for number in survey.up(block.node)]
    return any(node.hidden for node in around) or any(node.own and "share" not in node.meanings for node in around)


def headline(survey: Survey) -> int:
    """Number of the text run that is the page's headline, else of the first in the main region."""
    nodes, blocks, inside = survey.nodes, survey.blocks, survey.inside
    headlines = {draft.node for draft in survey.headings if draft.element.tag == "h1"}
    titles = [n for n, block in enumerate(blocks) if block.node in headlines] if headlines else []
    shown = [n for n in titles if not nodes[blocks[n].node].hidden]
    own = (n for n in shown if blocks[n].node in inside)
    outside = (n for n in shown if not nodes[blocks[n].node].beside)
    first = (n for n, block in enumerate(blocks) if block.node in inside)
    return next(chain(own, outside, first, shown), 0)


def _labelled(survey: Survey, window: Sequence[Block]) -> Iterator[Dated]:
    """Dates in the lines around the headline."""
    for block in window:
        if len(block.text) > LINE or (survey.nodes[block.node].tag in HEADINGS and not WORDED.fullmatch(block.text)):
            continue
        has_digits = any(map(str.isdigit, block.text))
        if RELATIVE.search(block.text) or (has_digits and (worded(block.text) or is_partial(block.text))):
            yield dated(block.text, "text", "visible")
        elif has_digits and (alone := _alone(survey, block)):
            yield dated(alone, "text", "visible")


def _set_apart(survey: Survey) -> Iterator[Dated]:
    """Whole dates in a ``header`` right above the text, or in an ``aside`` below the headline, where they name its day."""
    start = headline(survey)
    first = next((n for n, block in enumerate(survey.blocks) if block.node in survey.inside), start)
    for block in (*survey.blocks[max(0, first - BELOW) : first], *survey.blocks[start : start + BELOW]):
        node = survey.nodes[block.node]
        if node.beside and not node.hidden and WORDED.fullmatch(block.text):
            yield dated(block.text, "text", "visible", in_main=node.area is Area.HEADER)


def _alone(survey: Survey, block: Block) -> str | None:
    """A date that an element inside *block* holds by itself: style sheets part what the text joins ("47 min2021-08-16")."""
    for element in islice(survey.nodes[block.node].element.iter("span", "small", "em", "b", "i"), NEAR):
        if (text := text_of(element)) and len(text) <= LINE and WORDED.fullmatch(text):
            return text
    return None
