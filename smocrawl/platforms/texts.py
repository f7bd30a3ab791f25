"""Texts as platforms cut them, and dates as they read them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from html import unescape

from smocrawl.platforms.base import Cut, Shown


def shortened(text: str, cut: Cut) -> Shown:
    """What is left of *text*, with the mark of the cut, and what is lost."""
    if length(text, cut) <= cut.most:
        return Shown(text)
    if cut.dropped:
        return Shown("", text)
    room = cut.most - (length(cut.mark, cut) if cut.mark_inside else 0)
    kept = _first(text, room, cut)
    if cut.at_blank and " " in text[: room + 1]:
        kept = text[: text.rindex(" ", 0, room + 1)]
    return Shown(kept + cut.mark, text[len(kept) :])


def length(text: str, cut: Cut) -> int:
    return len(text.encode("utf-8", "replace")) if cut.in_bytes and not text.isascii() else len(text)


def _first(text: str, room: int, cut: Cut) -> str:
    return text.encode("utf-8", "replace")[:room].decode("utf-8", "ignore") if cut.in_bytes else text[:room]


ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def decoded(text: str) -> str:
    """With its entities decoded, those alone that end in a semicolon (as Ruby's HTMLEntities does)."""
    return ENTITY.sub(lambda found: unescape(found[0]), text) if "&" in text else text


PRIMES = (("'''", "‴"), ("''", "″"))
LETTER = re.compile(r"[^\W_]")
UNCLOSED = re.compile(r"‘(?=\d\d)|‘(?![^‘]*’(?!\w))")
"""The mark of a dropped beginning: before a year (’93), or where nothing closes it (’tis)."""


def typographic(text: str) -> str:
    """Straight quotes as metascraper turns them (smartquotes.js): in pairs, as apostrophes, or as feet and inches."""
    if '"' in text:
        text = _double(text)
    if "'" in text:
        for straight, prime in PRIMES:
            text = text.replace(straight, prime)
        text = UNCLOSED.sub("’", _single(text))
    return text


def _double(text: str) -> str:
    is_open = False

    def turned(mark: re.Match[str]) -> str:
        nonlocal is_open
        before, after = _beside(mark)
        if not LETTER.match(before) and LETTER.match(after):
            is_open = True
            return "“"
        closes = is_open or (before and not before.isdigit())
        is_open = False
        return "”" if closes else "″"

    return re.sub('"', turned, text)


def _single(text: str) -> str:
    is_open = False

    def turned(mark: re.Match[str]) -> str:
        nonlocal is_open
        before, after = _beside(mark)
        if not LETTER.match(before) and after.strip():
            is_open = True
            return "‘"
        is_apostrophe = after.isalpha() or (not after.isdigit() and (is_open or before.isalpha()))
        return "’" if is_apostrophe else "′"

    return re.sub("'", turned, text)


def _beside(mark: re.Match[str]) -> tuple[str, str]:
    """The characters on either side; empty beyond the ends."""
    start, end = mark.span()
    return mark.string[max(start - 1, 0) : start], mark.string[end : end + 1]


USUAL_LENGTH = 64
"""Characters of a date; what is longer is not remembered."""
SHORT_DATE = re.compile(r"[12]\d{3}(?:-(?:0[1-9]|1[0-2]))?", re.ASCII)
"""A year, or a year and month, which ISO 8601 allows."""


def moment(text: str | None) -> datetime | None:
    """An ISO 8601 or RFC 822 date, aware (UTC where it names no zone); None = neither."""
    if not text:
        return None
    return _moment(text) if len(text) <= USUAL_LENGTH else _moment.__wrapped__(text)


@lru_cache(256)
def _moment(text: str) -> datetime | None:
    said = text.strip()
    if SHORT_DATE.fullmatch(said):
        said = f"{said}-01-01"[:10]
    if not said:
        return None
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        try:
            found = parsedate_to_datetime(said)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
