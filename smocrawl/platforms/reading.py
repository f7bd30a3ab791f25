"""How a platform looks at a page: which tags it recognises, how much it reads, what else it would fetch."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, cached_property
from operator import attrgetter
from typing import Any

from attrs import define, field, frozen

from smocrawl.page import Meta, Page
from smocrawl.platforms.addresses import joined

ABSOLUTE = ("https://", "http://")
"""How an address begins that needs no base."""

Value = tuple[str, int | None]
"""A value and its byte offset in the page."""


@frozen(cache_hash=True, slots=False)
class Names:
    """How a platform recognises tags of one kind, and which of several counts."""

    attributes: tuple[str, ...]
    """Attributes that may bear the name."""
    exact: bool = False
    """The name must be written as documented; otherwise case and blanks around it do not matter."""
    last: bool = False
    """Of several identical tags the last counts, not the first."""
    twins: bool = True
    """Looks at all tags of a name until one is not empty; otherwise only at the one that counts."""
    first_attribute: bool = False
    """A tag bears only one name, that of the first of the attributes it has; otherwise any of them may match."""

    @cached_property
    def fields(self) -> tuple[Callable[[Meta], str | None], ...]:
        """What reads each of the attributes."""
        return tuple(attrgetter(FIELD_OF[attribute]) for attribute in self.attributes)


@frozen(eq=False)
class Gate:
    """Which answers a platform reads at all; one and the same for those that read the same."""

    statuses: tuple[int, ...]
    types: tuple[str, ...]
    needs_type: bool
    https_only: bool
    bytes_most: int | None

    def refuses(self, page: Page, kind: str) -> str | None:
        """Why the page, of that media type, is not read; None = it is."""
        if page.status not in self.statuses if self.statuses else not 200 <= page.status < 300:
            return "status"
        if (kind and self.types and kind not in self.types) or (self.needs_type and not kind):
            return "not-html"
        if self.https_only and not page.url.lower().startswith("https:"):
            return "not-https"
        if self.bytes_most is not None and page.size > self.bytes_most:
            return "too-big"
        return None


_gate = cache(Gate)


@frozen(kw_only=True, cache_hash=True, slots=False)
class Reading:
    """How a platform reads a page; the differences that decide most results."""

    og: Names = Names(("property", "name"))
    """``og:``, ``article:`` and their relatives."""
    twitter: Names = Names(("name", "property"))
    plain: Names = Names(("name",))
    """Plain names such as ``description``."""
    empty_wins: bool = False
    """An empty tag hides the next place; otherwise it is passed over."""
    head_only: bool = False
    bytes_most: int | None = None
    """Bytes of the page that are read."""
    refuses_longer: bool = False
    """A page beyond that limit gives no card; otherwise what lies beyond is not seen."""
    types: tuple[str, ...] = ("text/html", "application/xhtml+xml")
    """Media types read; empty = all.  A page without a type is read by all but those who need one."""
    needs_type: bool = False
    statuses: tuple[int, ...] = ()
    """Status codes read; empty = every 2xx."""
    https_only: bool = False
    charset: tuple[str, ...] = ("bom", "header", "meta")
    """Order in which it believes them; after that utf-8."""
    charset_must_fit: bool = False
    """A charset counts only where all bytes of the page are valid in it."""
    oembed: bool = False
    """Asks the oEmbed endpoint that a page names."""
    keeps_data: bool = False
    """Takes pictures that are written into the address itself (``data:``)."""
    uses_base: bool = True
    """Resolves addresses against ``<base>``, not against the page's own address."""

    @cached_property
    def gate(self) -> Gate:
        """Which answers it reads."""
        refused_from = self.bytes_most if self.refuses_longer else None
        return _gate(self.statuses, self.types, self.needs_type, self.https_only, refused_from)


@frozen(kw_only=True)
class OEmbed:
    """An oEmbed answer, as far as cards use it."""

    type: str = ""
    media_type: str | None = None
    """As the server calls it, without parameters; None = it does not say."""
    version: str | None = None
    version_is_text: bool = True
    """False where it is a number, which the standard does not allow."""
    title: str | None = None
    author: str | None = None
    author_url: str | None = None
    provider: str | None = None
    provider_url: str | None = None
    url: str | None = None
    """The picture of a ``photo``."""
    html: str | None = None
    frame: str | None = None
    """The address of the one frame that ``html`` consists of, where its permissions are harmless."""
    frame_height: str | None = None
    """The frame's own height as written."""
    plain_frame: str | None = None
    """The address of the first frame in ``html`` that is not served over https."""
    missing: tuple[str, ...] = ()
    """Fields that the standard requires and that are absent or wrong."""
    thumbnail: str | None = None
    width: int | None = None
    height: int | None = None


class Resources:
    """What a platform would fetch besides the page; this one reaches nothing."""

    def oembed(self, url: str) -> OEmbed | None:
        """The answer of an oEmbed endpoint; None = none that can be read."""
        return None

    def page(self, url: str, reading: Reading) -> Page | None:
        """Another page, read in that way; None = not reachable."""
        return None

    def reachable(self, url: str) -> bool:
        """Whether a file such as an icon answers."""
        return False


NOTHING_ELSE = Resources()


@define(eq=False)
class Sight:
    """A page as one platform sees it; never changed."""

    page: Page
    reading: Reading = field(factory=Reading)
    resources: Resources = NOTHING_ELSE
    found: dict[object, Any] = field(factory=dict)
    """What has been found on the page so far, by what was looked for: see :mod:`smocrawl.platforms.searching`."""
    shared: str = ""
    """The address that was shared, where another page is read in its place."""

    @property
    def asked(self) -> str:
        """The address that was shared."""
        return self.shared or self.page.url

    def sees(self, offset: int | None) -> bool:
        """Whether something at *offset* lies in the part that is read."""
        most = self.reading.bytes_most
        return most is None or offset is None or offset < most

    def address(self, written: str) -> str | None:
        """An absolute http(s) address; None where *written* is none."""
        if written.startswith(ABSOLUTE):
            return written
        base = (self.page.base if self.reading.uses_base else None) or self.page.url
        absolute = joined(base, written.strip())
        return absolute if absolute and absolute.startswith(ABSOLUTE) else None

    def reaches(self, written: str) -> bool:
        """Whether a file such as an icon answers at this address."""
        if self.resources is NOTHING_ELSE:
            return False
        target = self.address(written)
        return target is not None and self.resources.reachable(target)

    def metas(self, name: str, names: Names) -> list[Meta]:
        """The metas of that name, in the order in which they count."""
        found = self.page.metas_by_name.get(name, ())
        return [meta for meta in (reversed(found) if names.last else found) if self._counts(meta, name, names)]

    def tag(self, name: str, names: Names) -> Value | None:
        """The value that counts, or an empty one where there are only empty ones."""
        plain = self.page.plain_metas.get(name)
        if plain is not None:
            # Nothing that platforms differ in decides here, besides the attribute.
            attribute, value, offset = plain
            return (value, offset) if attribute in names.attributes and self.sees(offset) else None
        found = self.page.metas_by_name.get(name)
        if found is None:
            return None
        empty: Value | None = None
        for meta in reversed(found) if names.last else found:
            if self._counts(meta, name, names):
                value = (meta.content or "").strip()
                if value or self.reading.empty_wins or not names.twins:
                    return value, meta.offset
                empty = empty or ("", meta.offset)
        return empty

    def _counts(self, meta: Meta, name: str, names: Names) -> bool:
        reading, offset = self.reading, meta.offset
        if meta.content is None or (reading.head_only and not meta.in_head):
            return False
        if reading.bytes_most is not None and offset is not None and offset >= reading.bytes_most:
            return False
        for read in names.fields:
            said: str | None = read(meta)
            if said is not None:
                if said == name or (not names.exact and said.strip().lower() == name):
                    return True
                if names.first_attribute:
                    return False
        return False


FIELD_OF = {"property": "prop", "name": "name", "itemprop": "itemprop", "http-equiv": "http_equiv"}
"""The field of :class:`~smocrawl.page.Meta` that holds an attribute."""


TAGS = ("empty_wins", "head_only")
"""What of a reading decides how any tag is read, besides the names it goes by."""


def _none(reading: Reading) -> tuple[str, ...]:
    return ()


@frozen(eq=False)
class Place:
    """Where a value may come from, with the name a reader would search for."""

    name: str
    read: Callable[[Sight], Value | None] = field(repr=False)
    """Gives (value, byte offset) or None where the place is absent; an empty value is ``""``."""
    by: tuple[str, ...] | None = None
    """The fields of :class:`Reading` that decide what it gives, besides how much is read: platforms that agree in
    them find the same and look once.  None = it may ask for any of them, and nobody else's answer is taken."""
    tags: frozenset[str] = frozenset()
    """Names (lower case) of tags of which the page must bear one; empty = it looks elsewhere as well."""
    attributes: Callable[[Reading], tuple[str, ...]] = field(default=_none, repr=False)
    """The attributes under which it takes a plain tag (:attr:`~smocrawl.page.Page.plain_metas`) as it stands, no matter
    what else it minds; none = every tag is looked at by *read*."""
