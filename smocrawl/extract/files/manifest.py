"""Web app manifests: name, icons, where the app starts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from smocrawl.extract import limits, urls
from smocrawl.extract.files.answers import load_json, text_of_value
from smocrawl.page import Trouble

MOST_ICONS = 100
SIZES = re.compile(r"(\d{1,5})x(\d{1,5})", re.IGNORECASE)


@frozen(kw_only=True)
class ManifestIcon:
    url: str
    """Absolute."""
    sizes: tuple[tuple[int, int], ...] = ()
    """(width, height) in pixels; empty where none are declared."""
    any_size: bool = False
    """Declared as fitting every size (SVG)."""
    type: str | None = None
    """Media type as written."""
    purpose: str = "any"
    """``any``, ``maskable``, ``monochrome``, as written."""


@frozen(kw_only=True)
class ManifestFacts:
    url: str
    """Final URL."""
    name: str | None = None
    """Folded."""
    short_name: str | None = None
    """Folded."""
    start_url: str | None = None
    """Absolute."""
    display: str | None = None
    """As written."""
    theme_color: str | None = None
    """As written."""
    icons: tuple[ManifestIcon, ...] = ()
    """In order."""
    trouble: tuple[Trouble, ...] = ()
    """What could not be read."""

    def has_icon(self, side: int) -> bool:
        """Whether an icon of at least *side* pixels a side is declared."""
        return any(icon.any_size or any(min(size) >= side for size in icon.sizes) for icon in self.icons)


def read_manifest(body: bytes, url: str) -> ManifestFacts:
    """What the manifest says; one that is no JSON gives a Trouble."""
    data, wrong = load_json(body)
    if not isinstance(data, dict):
        return ManifestFacts(
            url=url, trouble=(Trouble(kind="json", where="manifest", detail=wrong or "No JSON object."),)
        )
    start = _text(data, "start_url")
    return ManifestFacts(
        url=url,
        name=_text(data, "name"),
        short_name=_text(data, "short_name"),
        start_url=urls.resolve(url, start) or None if start else None,
        display=_text(data, "display"),
        theme_color=_text(data, "theme_color"),
        icons=tuple(_icons(data.get("icons"), url)),
    )


def _icons(listed: object, url: str) -> Iterator[ManifestIcon]:
    for one in listed[:MOST_ICONS] if isinstance(listed, list) else ():
        source = _text(one, "src") if isinstance(one, dict) else None
        address = urls.resolve(url, source) if source else ""
        if address:
            sizes = _text(one, "sizes") or ""
            yield ManifestIcon(
                url=address,
                sizes=tuple((int(width), int(height)) for width, height in SIZES.findall(sizes)[:20]),
                any_size="any" in sizes.lower().split(),
                type=_text(one, "type"),
                purpose=_text(one, "purpose") or "any",
            )


def _text(data: Mapping[str, Any], name: str) -> str | None:
    value = data.get(name)
    return text_of_value(value, limits.URL) if isinstance(value, str) else None
