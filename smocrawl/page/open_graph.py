"""Open Graph as the protocol means it: objects with properties of their own, from the flat list of metas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import field, frozen

from smocrawl.page.markup import Meta

ARRAYS = ("image", "video", "audio")
"""The properties that are objects and may be repeated: https://ogp.me/#structured and #array."""
NAMESPACES = ("article", "book", "profile", "product", "music", "video", "business", "place", "restaurant")
"""Prefixes of the object types: https://ogp.me/#types; product, business, place and restaurant are Facebook's."""


@frozen(kw_only=True)
class OpenGraphObject:
    """One picture, film or sound with what is said of it."""

    url: str
    """As written, trimmed; empty where properties stand before any address."""
    properties: Mapping[str, str] = field(factory=dict)
    """``secure_url``, ``type``, ``width``, ``height``, ``alt`` … as written; the first of each counts."""
    offset: int | None = None
    """Bytes from the start of the body to the tag that opens it."""

    @property
    def width(self) -> int | None:
        """Declared pixels; None where missing or no plain number."""
        return _pixels(self.properties.get("width"))

    @property
    def height(self) -> int | None:
        """Declared pixels; None where missing or no plain number."""
        return _pixels(self.properties.get("height"))

    @property
    def alt(self) -> str | None:
        """Description for those who do not see it, as written."""
        return self.properties.get("alt")


@frozen(kw_only=True)
class OpenGraph:
    """Everything that a page states in the vocabulary of ogp.me."""

    properties: Mapping[str, tuple[str, ...]] = field(factory=dict)
    """Values by name without ``og:``, in document order; those of the arrays are left to their objects."""
    images: tuple[OpenGraphObject, ...] = ()
    """``og:image``, in document order."""
    videos: tuple[OpenGraphObject, ...] = ()
    """``og:video``."""
    audios: tuple[OpenGraphObject, ...] = ()
    """``og:audio``."""
    objects: Mapping[str, Mapping[str, tuple[str, ...]]] = field(factory=dict)
    """Properties of the page's type, by namespace: ``objects["article"]["tag"]``."""

    def value(self, name: str) -> str | None:
        """The first value of a property that is not empty."""
        return next((value for value in self.properties.get(name, ()) if value), None)


def read_open_graph(metas: Iterable[Meta]) -> OpenGraph:
    """The objects in document order; under ``property`` and, as most readers accept it, under ``name``."""
    plain: dict[str, list[str]] = {}
    typed: dict[str, dict[str, list[str]]] = {}
    arrays: dict[str, list[OpenGraphObject]] = {name: [] for name in ARRAYS}
    for meta in metas:
        space, _, name = meta.key.partition(":")
        root, _, part = name.partition(":")
        if space == "og" and root in arrays:
            _put(arrays[root], part, meta)
        elif space == "og" and name:
            plain.setdefault(name, []).append(meta.value)
        elif space in NAMESPACES and name:
            typed.setdefault(space, {}).setdefault(name, []).append(meta.value)
    return OpenGraph(
        properties={name: tuple(values) for name, values in plain.items()},
        images=tuple(arrays["image"]),
        videos=tuple(arrays["video"]),
        audios=tuple(arrays["audio"]),
        objects={space: {name: tuple(said) for name, said in found.items()} for space, found in typed.items()},
    )


def _put(found: list[OpenGraphObject], part: str, meta: Meta) -> None:
    """A root tag opens an object, ``…:url`` too unless it repeats the address; other parts belong to the last one."""
    opens = not part or (part == "url" and not (found and found[-1].url in ("", meta.value)))
    if opens or not found:
        found.append(OpenGraphObject(url=meta.value if part in ("", "url") else "", offset=meta.offset))
    if part and not (part == "url" and opens):
        last = found[-1]
        if part == "url" and not last.url:
            found[-1] = OpenGraphObject(url=meta.value, properties=last.properties, offset=last.offset)
        elif part not in last.properties:
            found[-1] = OpenGraphObject(
                url=last.url, properties={**last.properties, part: meta.value}, offset=last.offset
            )


def _pixels(value: str | None) -> int | None:
    text = (value or "").strip().removesuffix("px")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None
