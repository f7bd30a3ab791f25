"""Which charset a platform believes in, where it does not follow the browsers."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Mapping, Sequence

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom, resolve_encoding

from smocrawl.extract.decode import WEB_CODECS

ANY_META = re.compile(rb"<\s{0,9}meta[^<>]{0,1024}?charset\s{0,9}=\s{0,9}[\"']?([a-z0-9_-]{1,40})", re.IGNORECASE)
XML = re.compile(rb"\s*<\s*\?\s*xml[^>]{0,200}?encoding=[\"']([a-z0-9_-]{1,40})", re.IGNORECASE)
EARLY_META = re.compile(rb"<\s{0,9}meta[^<>]{0,1024}?charset\s{0,9}=\s{0,9}\"?([a-z0-9_-]{1,40})", re.IGNORECASE)
ATTRIBUTE = re.compile(rb"<meta\s[^<>]{0,1024}?(?<=[\s\"'])charset\s{0,9}=\s{0,9}[\"']?([\w-]{1,40})", re.IGNORECASE)
EQUIV = re.compile(rb"http-equiv\s*=\s*[\"']?content-type[^>]{0,200}?charset\s*=\s*([\w-]{1,40})", re.IGNORECASE)
EARLY = 1_024
WINDOW = 65_536
TAGS = re.compile(rb"<(script|style)[^<>]*+>.*?(?:</\1>|\Z)|<[^<>]*+>", re.IGNORECASE | re.DOTALL)
SURE = 40
"""Characters beyond ASCII from which on a guess is believed."""
COMMON = re.compile(
    "[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3\u0430-\u044f\u0410-\u042f\u0451\u0401\u3001\u3002\uff01-\uff5e]"
)
"""Kana, usual Han, Hangul and Cyrillic letters: what a text is made of when its charset was guessed right."""
LOWER_CYRILLIC = re.compile("[\u0430-\u044f]")
CANDIDATES = ("cp932", "euc_jp", "cp949", "gb18030", "big5", "koi8-r", "cp1251", "iso8859-5")


def believed(body: bytes, content_type: str, order: Sequence[str], *, must_fit: bool = False) -> str | None:
    """The first of *order* that names a known charset (in which the whole body is valid); None = none does."""
    for step in order:
        name = step if step not in STEPS else STEPS[step](body, content_type)
        if name is None or (known := _known(name)) is None:
            continue
        if step == "meta" or not must_fit or _fits(body, known):
            return known
    return None


def _known(name: str) -> str | None:
    label = resolve_encoding(name)
    if label in WEB_CODECS:
        return label
    try:
        codec = codecs.lookup(name)
    except LookupError:
        return None
    return codec.name if codec.name in WEB_CODECS else None


def _fits(body: bytes, name: str) -> bool:
    try:
        body.decode(name)
    except (UnicodeError, LookupError):
        return False
    return True


def _bom(body: bytes, content_type: str) -> str | None:
    return read_bom(body)[0]


def _header(body: bytes, content_type: str) -> str | None:
    return http_content_type_encoding(content_type)


def _meta(body: bytes, content_type: str) -> str | None:
    return html_body_declared_encoding(body[:4096])


def _any_meta(body: bytes, content_type: str) -> str | None:
    found = ANY_META.search(body[:WINDOW])
    return found[1].decode("ascii") if found else None


def _early_meta(body: bytes, content_type: str) -> str | None:
    found = EARLY_META.search(body[:EARLY])
    return found[1].decode("ascii") if found else None


def _attribute(body: bytes, content_type: str) -> str | None:
    """``<meta charset>`` alone, not what ``http-equiv`` says (Lemmy)."""
    found = ATTRIBUTE.search(EQUIV.sub(b"", body[:WINDOW]))
    return found[1].decode("ascii", "replace") if found else None


def _equiv(body: bytes, content_type: str) -> str | None:
    found = EQUIV.search(body[:WINDOW])
    return found[1].decode("ascii") if found else None


def _xml(body: bytes, content_type: str) -> str | None:
    found = XML.match(body[:EARLY])
    return found[1].decode("ascii") if found else None


def guess(body: bytes, content_type: str = "") -> str | None:
    """What the text itself looks like, where there is enough of it to be sure; None = not sure."""
    text = TAGS.sub(b" ", body[:WINDOW])
    high = sum(byte > 127 for byte in text)
    if high and _fits(body, "utf-8"):
        return "utf-8"
    if high < SURE:
        return None
    scored = [(_likeness(text, name), -place, name) for place, name in enumerate(CANDIDATES)]
    best, _, name = max(scored)
    return name if best > 0.9 else None


def _likeness(text: bytes, name: str) -> float:
    """Share of the characters beyond ASCII that are usual in the languages of that charset."""
    try:
        decoded = text.decode(name)
    except UnicodeDecodeError:
        return 0.0
    beyond = [one for one in decoded if one > "\x7f"]
    likely = sum(COMMON.match(one) is not None for one in beyond) / max(len(beyond), 1)
    if name in ("koi8-r", "cp1251", "iso8859-5"):
        # The three differ by case and order: real text is mostly lower case.
        likely *= min(1.0, 1.2 * sum(LOWER_CYRILLIC.match(one) is not None for one in beyond) / max(len(beyond), 1))
    return likely


def _agreed(body: bytes, content_type: str) -> str | None:
    """What header or meta say, where the text itself looks like it (Rocket.Chat)."""
    found = guess(body)
    said = (_header(body, content_type), _any_meta(body, content_type))
    return found if found is not None and any(one and _known(one) == found for one in said) else None


STEPS: Mapping[str, Callable[[bytes, str], str | None]] = {
    "bom": _bom,
    "header": _header,
    "meta": _meta,
    "meta-any": _any_meta,
    "meta-early": _early_meta,
    "meta-charset": _attribute,
    "http-equiv": _equiv,
    "xml": _xml,
    "guess": guess,
    "agreed": _agreed,
}
