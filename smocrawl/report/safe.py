"""The gate through which crawled text leaves for a report or a table: cut, masked, never a formula or a script."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote, unquote, unquote_to_bytes, urlsplit

import msgspec

LONGEST = 600
"""Characters of one crawled value that a report shows."""

FILE = 30
"""Characters of a file's name that find room in a margin or under a small picture."""

FORMULA = re.compile(r"^[\s\x00-\x1f﻿]*[=+\-@|%\t\r＝＋－＠]")
"""What a spreadsheet may run: OWASP's list with the full-width forms that Excel folds to them."""

SECRET = re.compile(
    r"(?i)([?&#;%](?:(?<=[?&#;])|3f|26|23)(?:[\w.-]*(?:token|api[_-]?key|secret|passw(?:or)?d|session(?:id)?|jwt|signature)|sig|pwd|auth|sid)"
    r"(?:=|%3d))[^&#;\s\"'<>\\]+"
)
"""A query or fragment value whose name says that it opens a door (plain or percent-encoded).

It begins with one set of characters, for which a text is searched much faster than for a choice of words."""

USERINFO = re.compile(r"(:(?:\\?/){2})[^\s/@\"'<>\\]+@")
"""User and password before a host."""

HIDDEN = "…"

CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, lone surrogates and the marks that turn the reading direction of what follows."""


ILLEGAL = re.compile(r"""[\s"'<>\\^`{|}]|%(?![0-9A-Fa-f]{2})""")
"""No character of a URL (RFC 3986, section 2), a per cent sign that begins no code, and the apostrophe, which ends
a URL in many a program."""


def mask(text: str) -> str:
    """*text* without passwords and tokens in its addresses."""
    if "=" in text or "%3" in text:
        text = SECRET.sub(rf"\1{HIDDEN}", text)
    return USERINFO.sub(r"\1", text) if "@" in text else text


def clean(text: str) -> str:
    """Without characters that no reader sees but that change what is read."""
    # What Python calls printable holds none of them, and that is asked faster than each is looked for.
    return text if text.isprintable() else CONTROLS.sub("", text)


def told(text: str) -> str:
    """*text* clean and masked."""
    return _told(text) if len(text) <= LONGEST else mask(clean(text))


@lru_cache(maxsize=5_000)
def _told(text: str) -> str:
    """The same titles, addresses and advice stand in many cells and cards."""
    return mask(clean(text))


def cut(value: object, longest: int = LONGEST) -> str:
    """A crawled value for people: one line, clean, masked, not longer than *longest*."""
    text = str(value)
    return _cut(text, longest) if len(text) <= LONGEST else _cut.__wrapped__(text, longest)


@lru_cache(maxsize=5_000)
def _cut(text: str, longest: int) -> str:
    """The same title stands on the cards of forty platforms."""
    text = told(" ".join(text.split()))
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def link(url: str | None) -> str | None:
    """*url* where it may stand in a link: http or https, and nothing hidden in it."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    return ILLEGAL.sub(lambda found: quote(found[0]), mask(clean(url)))


def path(url: str) -> str:
    """What people call a page of their own site: path and query, percent codes read where that is safe."""
    try:
        parts = urlsplit(url)
        text = parts.path or "/"
    except ValueError:
        return cut(url, 200)
    return cut(unquote(f"{text}?{parts.query}" if parts.query else text), 200)


ENCODED = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
"""Letters beyond ASCII as an address carries them; codes of ASCII may be separators and stay."""


CUT = re.compile(r"(?:%[0-9A-Fa-f]{0,2})+…$")
"""A letter of which an address that was cut holds some codes only."""


def readable(text: str) -> str:
    """*text* with its addresses as a browser shows them: ``/ümlaut`` for ``/%C3%BCmlaut``; what is no UTF-8 stays."""
    return CUT.sub("…", ENCODED.sub(_letters, text)) if "%" in text else text


def _letters(found: re.Match[str]) -> str:
    codes = unquote_to_bytes(found[0])
    try:
        return codes.decode()
    except UnicodeDecodeError as error:
        return codes[: error.start].decode() + found[0][3 * error.start :]


def file_name(url: str) -> str:
    """The file that *url* leads to, as short as fits under a small picture; empty where it names none."""
    return cut(path(url).partition("?")[0].rstrip("/").rpartition("/")[2], FILE) if url else ""


def host(url: str) -> str:
    try:
        return cut(urlsplit(url).netloc.rpartition("@")[2].lower().removeprefix("www."), 100)
    except ValueError:
        return cut(url, 100)


def cell(value: object) -> str:
    """A cell of a table that no spreadsheet takes for a formula; numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float):
        return f"{value:.1f}" if isinstance(value, float) else str(value)
    text = told(str(value))
    return f"'{text}" if FORMULA.match(text) else text


def script_json(value: Any) -> str:
    """JSON that can stand inside a script element: no ``<`` ends it or opens a comment."""
    text = clean(_json(value))
    return mask(text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))


def _json(value: Any) -> str:
    try:
        return msgspec.json.encode(value, enc_hook=str).decode()
    except UnicodeEncodeError:
        # Half a character, as a page's own JSON may hold.
        return msgspec.json.encode(_whole(value), enc_hook=str).decode()


def _whole(value: Any) -> Any:
    """*value* with its texts clean."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {_whole(key): _whole(one) for key, one in value.items()}
    return [_whole(one) for one in value] if isinstance(value, list | tuple) else value
