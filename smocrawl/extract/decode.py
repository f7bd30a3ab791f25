"""From bytes to text the way browsers do it: byte order mark, header, declaration, guess."""

from __future__ import annotations

import codecs
from functools import lru_cache

from attrs import frozen
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom, resolve_encoding

from smocrawl.extract.words import words

WEB_CODECS = words(
    """utf-8 utf-16-le utf-16-be utf-16 utf-32-le utf-32-be cp866 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6
    iso8859-7 iso8859-8 iso8859-10 iso8859-13 iso8859-14 iso8859-15 iso8859-16 koi8-r koi8-u mac-roman mac-cyrillic
    cp874 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 gbk gb2312 gb18030 big5 big5hkscs euc_jp
    iso2022_jp shift_jis cp932 euc_kr cp949 cp1252 latin-1 iso8859-1 iso8859-9 iso8859-11 tis-620 ascii"""
)
"""Python's names for the encodings of the WHATWG standard; UTF-32 is read only behind its own mark."""

WIDE = ("utf-16", "utf-32")
SHIFTING = (*WIDE, "iso2022")
"""Encodings in which a byte of ASCII may be a part of another character."""


@frozen
class Decoded:
    text: str
    charset: str
    source: str
    """bom, header, meta, xml, guess or default."""
    damaged: bool = False
    """Some bytes do not belong to the charset, or NUL was replaced."""
    unknown: str | None = None
    """A declared charset that no browser knows."""

    @property
    def is_body(self) -> bool:
        """The body is this text in UTF-8, byte for byte."""
        return self.charset == "utf-8" and self.source != "bom" and not self.damaged

    @property
    def keeps_offsets(self) -> bool:
        """ASCII characters are single bytes, so that tags can be found in the bytes as served."""
        return not self.charset.startswith(SHIFTING)


def decode(body: bytes, content_type: str = "", encoding: str | None = None) -> Decoded:
    """The text of *body*; *encoding* is what a caller already knows and goes before the header."""
    charset, body_from, source, unknown = _choose(body, content_type, encoding)
    raw = body[body_from:]
    try:
        text, damaged = raw.decode(charset), False
    except (UnicodeDecodeError, ValueError):
        text, damaged = raw.decode(charset, "replace"), True
    # Python's decoders never give lone surrogates; those of JSON escapes are replaced where they are read.
    nul = b"\x00" in raw and "\x00" in text
    return Decoded(text.replace("\x00", "\ufffd") if nul else text, charset, source, damaged or nul, unknown)


def _choose(body: bytes, content_type: str, encoding: str | None) -> tuple[str, int, str, str | None]:
    marked, mark = read_bom(body)
    if marked and mark:
        return codecs.lookup(marked).name, len(mark), "bom", None
    unknown = None
    for label, source in ((encoding, "header"), (_in_header(content_type), "header")):
        if label:
            if known := _web_codec(label):
                return known, 0, source, None
            unknown = label
    declared = html_body_declared_encoding(body[:4096])
    if declared and (known := _web_codec(declared)):
        # HTML standard: a page that could be read to say so is not UTF-16.
        known = "utf-8" if known.startswith(WIDE) else known
        return known, 0, "xml" if body.lstrip()[:5].lower() == b"<?xml" and b"<meta" not in body[:200] else "meta", None
    return (*_guess(body), unknown or declared)


@lru_cache(maxsize=64)
def _in_header(content_type: str) -> str | None:
    """The charset that the header names: all pages of a site are sent with one or two different ones."""
    return http_content_type_encoding(content_type)


def _guess(body: bytes) -> tuple[str, int, str]:
    """UTF-8 where the bytes allow it, else what browsers fall back to in the West."""
    if body.isascii():
        return "utf-8", 0, "default"
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as wrong:
        # A cut at the end (truncated page) does not speak against UTF-8.
        if wrong.start < len(body) - 4:
            return "cp1252", 0, "guess"
    return "utf-8", 0, "guess"


def _web_codec(label: str) -> str | None:
    """Python's codec for a label, only where browsers know the encoding as well."""
    name = resolve_encoding(label)
    if name in ("utf-16", "utf-32"):
        return "utf-16-le" if name == "utf-16" else None
    return name if name in WEB_CODECS else None
