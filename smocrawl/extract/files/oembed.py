"""oEmbed answers, JSON or XML: what a provider says about one page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen
from lxml import etree

from smocrawl.extract import limits
from smocrawl.extract.files.answers import LONE_SURROGATE, load_json, text_of_value
from smocrawl.page import Trouble

TYPES = frozenset(("photo", "video", "link", "rich"))
REQUIRED = {
    "photo": ("url", "width", "height"),
    "video": ("html", "width", "height"),
    "rich": ("html", "width", "height"),
}
"""oembed.com, 2.3.4: what each type needs besides ``type`` and ``version``."""
MOST_HTML = 20_000


@frozen(kw_only=True)
class OEmbedFacts:
    format: str = "json"
    """json or xml."""
    type: str | None = None
    """``link``, ``photo``, ``video`` or ``rich`` (https://oembed.com/, 2.3.4)."""
    version: str | None = None
    """As written; must be 1.0."""
    version_is_text: bool = True
    """As the standard asks; some write a number."""
    title: str | None = None
    """Folded."""
    author_name: str | None = None
    """Folded."""
    author_url: str | None = None
    """As written."""
    provider_name: str | None = None
    """Folded."""
    provider_url: str | None = None
    """As written."""
    thumbnail_url: str | None = None
    """As written."""
    thumbnail_width: int | None = None
    """Pixels; None = none or no number."""
    thumbnail_height: int | None = None
    """Pixels; None = none or no number."""
    url: str | None = None
    """Address of a photo."""
    html: str | None = None
    """Markup of a film or rich object, never shown as it is."""
    width: int | None = None
    """Pixels; None = none or no number."""
    height: int | None = None
    """Pixels; None = none or no number."""
    cache_age: int | None = None
    """Seconds that a reader may keep it."""
    missing: tuple[str, ...] = ()
    """Fields that the standard requires and that are absent or wrong."""
    trouble: tuple[Trouble, ...] = ()
    """What could not be read."""

    @property
    def is_valid(self) -> bool:
        """It could be read and has what its type requires."""
        return not self.trouble and not self.missing


def read_oembed(body: bytes, content_type: str = "") -> OEmbedFacts:
    """What the answer says; one that cannot be read gives a Trouble."""
    start = body[:512].removeprefix(b"\xef\xbb\xbf").lstrip()
    kind = "xml" if start.startswith(b"<") else "json"
    data, trouble = _xml(body) if kind == "xml" else _json(body)
    if trouble is not None:
        return OEmbedFacts(format=kind, trouble=(trouble,))
    said: dict[str, Any] = {name: text_of_value(data.get(name)) for name in TEXTS}
    said |= {name: _number(data, name) for name in NUMBERS}
    return OEmbedFacts(
        **said,
        format=kind,
        version_is_text=isinstance(data.get("version"), str),
        html=LONE_SURROGATE.sub("\ufffd", data["html"][:MOST_HTML]) if isinstance(data.get("html"), str) else None,
        missing=tuple(_missing(data)),
    )


TEXTS = (
    "type",
    "version",
    "title",
    "author_name",
    "author_url",
    "provider_name",
    "provider_url",
    "thumbnail_url",
    "url",
)
NUMBERS = ("thumbnail_width", "thumbnail_height", "width", "height", "cache_age")


def _missing(data: Mapping[str, Any]) -> list[str]:
    kind = text_of_value(data.get("type"))
    wrong = [] if kind in TYPES else ["type"]
    if text_of_value(data.get("version")) != "1.0":
        wrong.append("version")
    return wrong + [name for name in REQUIRED.get(kind or "", ()) if data.get(name) in (None, "")]


def _json(body: bytes) -> tuple[Mapping[str, Any], Trouble | None]:
    data, wrong = load_json(body)
    if not isinstance(data, dict):
        return {}, Trouble(kind="json", where="oembed", detail=wrong or "No JSON object.")
    return data, None


def _xml(body: bytes) -> tuple[Mapping[str, Any], Trouble | None]:
    if b"<!ENTITY" in body:
        return {}, Trouble(kind="refused", where="oembed", detail="The answer defines entities; it was not read.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body.lstrip(), parser=parser)
    except (etree.XMLSyntaxError, ValueError) as wrong:
        return {}, Trouble(kind="xml", where="oembed", detail=str(wrong)[: limits.LABEL])
    if root.tag != "oembed":
        return {}, Trouble(
            kind="xml", where="oembed", detail=f"No oEmbed answer: its outermost element is <{str(root.tag)[:40]}>."
        )
    return {child.tag: child.text or "" for child in root if isinstance(child.tag, str)}, None


def _number(data: Mapping[str, Any], name: str) -> int | None:
    text = text_of_value(data.get(name)) or ""
    text = text.removesuffix(".0").removesuffix("px")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
