"""The value of one microformats property: text, an address, a date, and what a root implies by its markup.

By https://microformats.org/wiki/microformats2-parsing. Blanks are folded, and texts end at ``limits.VALUE``.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator
from datetime import datetime

from lxml import etree
from lxml.html import HtmlElement

from smocrawl.extract import limits
from smocrawl.extract.document import Document, folded
from smocrawl.extract.structured.microformats_names import read_marks
from smocrawl.extract.words import words

DATE = r"(?P<date>\d{4}-\d{2}-\d{2}|\d{4}-\d{3})"
ZONE = r"(?P<zone>Z|[+-]\d{1,2}:?\d{2}?)"
TIME = (
    r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2})(?P<second>:\d{2}(?:\.\d+)?)?)?"
    rf"(?: ?(?P<half>[ap]m|[ap]\.m\.|[AP]M|[AP]\.M\.))?(?: ?{ZONE})?"
)
ONLY_DATE = re.compile(DATE)
ONLY_ZONE = re.compile(ZONE)
ONLY_TIME = re.compile(TIME)
MOMENT = re.compile(rf"{DATE}(?P<between>[T ]){TIME}")
DROPPED = words("script style template")
LINES = words("p br")
VALUE_CLASSES = words("value value-title")
Said = tuple[tuple[str, tuple[str, ...]], ...]
ADDRESSES: Said = (
    ("href", ("a", "area", "link")),
    ("src", ("img", "audio", "video", "source", "iframe")),
    ("poster", ("video",)),
    ("data", ("object",)),
)
"""Attributes that state an address, the first first, and the elements that may bear them."""
INPUT: Said = (("value", ("data", "input")),)
TEXTS: Said = (("title", ("abbr", "link")), *INPUT, ("alt", ("img", "area")))
DATES: Said = (("datetime", ("time", "ins", "del")), ("title", ("abbr",)), *INPUT)
ADDRESS_TEXTS: Said = (("title", ("abbr",)), *INPUT)


def attribute(element: HtmlElement, said: Said) -> str | None:
    """The first of these attributes that *element* bears, even if empty."""
    tag = element.tag
    for name, tags in said:
        if tag in tags and (value := element.get(name)) is not None:
            return str(value)
    return None


def children(element: HtmlElement) -> list[HtmlElement]:
    return [child for child in element if child.tag != "template"]


def content(element: HtmlElement, picture: Callable[[HtmlElement], str | None] | None = None) -> str:
    """The text inside, with what *picture* says in place of each image."""
    if not len(element) and element.tag not in DROPPED and element.tag != "img":
        return folded(element.text)
    return folded("".join(cut(pieces(element, picture))))


def pieces(element: HtmlElement, picture: Callable[[HtmlElement], str | None] | None) -> Iterator[str]:
    """The text in document order, with a blank where a line ends."""
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, one in walk:
        if one is element and event == "end":
            return
        if event == "end":
            yield f" {one.tail or ''}" if one.tag in LINES else one.tail or ""
        elif one.tag == "img" and picture is not None:
            yield f" {picture(one) or ''} "
        elif one.tag == "pre":
            yield "".join(one.itertext())
            walk.skip_subtree()
        elif one.tag in DROPPED:
            walk.skip_subtree()
        else:
            yield f" {one.text or ''}" if one.tag in LINES else one.text or ""


def cut(texts: Iterator[str]) -> Iterator[str]:
    """As much as is kept of a value, with room for blanks that are folded."""
    left = limits.VALUE * 4
    for number, text in enumerate(texts):
        yield text[:left]
        left -= len(text)
        if left <= 0 or number > limits.VALUE * 4:
            return


def alternative(document: Document) -> Callable[[HtmlElement], str | None]:
    """The words for an image: its alt, else its address."""

    def say(image: HtmlElement) -> str | None:
        alt, source = image.get("alt"), image.get("src")
        return alt if alt is not None or source is None else absolute(document, source)

    return say


def value_parts(element: HtmlElement) -> list[HtmlElement]:
    """The children that the value class pattern names (https://microformats.org/wiki/value-class-pattern)."""
    return [child for child in children(element) if not VALUE_CLASSES.isdisjoint(child.get("class", "").split())]


def part_text(part: HtmlElement) -> str:
    if "value-title" in part.get("class", "").split():
        return part.get("title") or ""
    return "".join(cut(pieces(part, None)))


def pattern_text(element: HtmlElement) -> str | None:
    parts = value_parts(element) if len(element) else []
    return folded("".join(map(part_text, parts))) if parts else None


def text(document: Document, element: HtmlElement) -> str:
    """The value of a ``p-`` property."""
    said = pattern_text(element)
    if said is None:
        said = attribute(element, TEXTS)
    return folded(said) if said is not None else content(element, alternative(document))


def markup_text(document: Document, element: HtmlElement) -> str:
    """The text of an ``e-`` property, whose markup nobody here needs."""
    return content(element, alternative(document))


def address(document: Document, element: HtmlElement) -> str:
    """The value of a ``u-`` property."""
    said = attribute(element, ADDRESSES)
    if said is None:
        said = pattern_text(element)
    if said is None:
        said = attribute(element, ADDRESS_TEXTS)
    return absolute(document, content(element) if said is None else said)


def absolute(document: Document, written: str) -> str:
    """The address resolved; as written where it is none, the page's own where it is empty."""
    return document.resolve(written) or folded(written) or document.base


def moment(element: HtmlElement, day: str | None) -> tuple[str | None, str | None]:
    """The value of a ``dt-`` property, and the day it names; *day* stands in for one that it leaves out."""
    parts = value_parts(element) if len(element) else []
    if parts:
        return pattern_moment(element, parts, day)
    said = attribute(element, DATES)
    said = content(element) if said is None else folded(said)
    if day and ONLY_TIME.fullmatch(said):
        return normal(f"{day} {said}"), day
    match = MOMENT.fullmatch(said)
    return normal(said), match["date"] if match else None


def pattern_moment(element: HtmlElement, parts: list[HtmlElement], day: str | None) -> tuple[str | None, str | None]:
    """A date, a time and a zone said in several elements; of each the first counts."""
    found: dict[str, str] = {}
    for part in parts:
        said = part_moment(part)
        if match := MOMENT.fullmatch(said):
            return normal(said), match["date"]
        for name, pattern in (("time", ONLY_TIME), ("date", ONLY_DATE), ("zone", ONLY_ZONE)):
            if pattern.fullmatch(said):
                found.setdefault(name, said)
                break
    date = found.get("date", day)
    said = " ".join(one for one in (date, found.get("time")) if one)
    return (normal(said + found.get("zone", "")) if said else None), date


PART_DATES: Said = (
    ("alt", ("img", "area")), ("value", ("data",)), ("title", ("abbr",)), ("datetime", ("del", "ins", "time")),
)  # fmt: skip


def part_moment(part: HtmlElement) -> str:
    if "value-title" in part.get("class", "").split():
        return folded(part.get("title"))
    return folded(attribute(part, PART_DATES) or part_text(part))


def normal(said: str) -> str:
    """Hours counted to 24, days of the year as days of a month; other texts as they are."""
    match = MOMENT.fullmatch(said)
    if match is None:
        return said
    day = match["date"]
    if len(day) == len("2026-001"):
        with contextlib.suppress(ValueError):
            day = datetime.strptime(day, "%Y-%j").strftime("%Y-%m-%d")  # noqa: DTZ007 - a day without a time
    hour, half = match["hour"], (match["half"] or "")[:1].lower()
    if half == "a" and hour == "12":
        hour = "00"
    elif half == "p" and int(hour) < 12:
        hour = str(int(hour) + 12)
    return f"{day}{match['between']}{hour}:{match['minute'] or '00'}{match['second'] or ''}{match['zone'] or ''}"


def opens(element: HtmlElement) -> bool:
    return bool(read_marks(element.get("class", "")).roots)


def implied_name(element: HtmlElement) -> str:
    """The name of a root that states none: its alt or title, that of its only child, else its text."""
    name = said_name(element)
    inner = children(element)
    if not name and len(inner) == 1 and not opens(inner[0]):
        name = said_name(inner[0])
        within = children(inner[0])
        if inner[0].tag not in ("img", "area", "abbr") and len(within) == 1 and not opens(within[0]):
            name = said_name(within[0])
    return folded(name) or content(element, lambda image: image.get("alt"))


def said_name(element: HtmlElement) -> str | None:
    return attribute(element, (("alt", ("img", "area")), ("title", ("abbr",))))


def implied(document: Document, element: HtmlElement, said: Said) -> str | None:
    """The address of a root that states none: its own, or that of the only such element right inside."""
    found = pointed(element, said)
    inner = children(element)
    for level in (inner, children(inner[0]) if len(inner) == 1 and not opens(inner[0]) else []):
        if found is None and (child := only(level, said)) is not None:
            found = pointed(child, said)
            break
    return absolute(document, found) if found is not None else None


def pointed(element: HtmlElement, said: Said) -> str | None:
    """An empty address is that of the page, but of an object none."""
    found = attribute(element, said)
    return found or (None if element.tag == "object" else found)


def only(level: list[HtmlElement], said: Said) -> HtmlElement | None:
    """The one element that bears the address, images before objects and links before areas."""
    for _, tags in said:
        for tag in tags:
            alone = [child for child in level if child.tag == tag]
            if len(alone) == 1 and not opens(alone[0]):
                return alone[0]
    return None


PHOTO: Said = (("src", ("img",)), ("data", ("object",)))
LINK: Said = (("href", ("a", "area")),)


def implied_photo(document: Document, element: HtmlElement) -> str | None:
    return implied(document, element, PHOTO)


def implied_url(document: Document, element: HtmlElement) -> str | None:
    return implied(document, element, LINK)
