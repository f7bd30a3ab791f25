"""Tags as they stand: metas, links, headings, pictures, frames."""

from __future__ import annotations

from attrs import define, frozen

from smocrawl.page.kinds import Area


# Hundreds of these are made for each page: a frozen record takes nearly three times as long to fill as an open one.
# They are never changed all the same.
@define(kw_only=True, unsafe_hash=True)
class Meta:
    """One ``<meta>`` tag as written, so that a check can see how it was written."""

    prop: str | None = None
    """The attribute ``property`` (a field of that name would hide the builtin)."""
    name: str | None = None
    """The attribute ``name`` as written."""
    itemprop: str | None = None
    """The attribute ``itemprop`` as written (microdata puts values into metas too)."""
    http_equiv: str | None = None
    """The attribute ``http-equiv`` as written."""
    content: str | None = None
    """The attribute's value with entities decoded and outer blanks kept; None = no such attribute."""
    value_attribute: str | None = None
    """The (wrong) attribute ``value``, which Discourse reads where ``content`` is missing."""
    order: int = 0
    """Position among the page's metas, from 0."""
    in_head: bool = True
    """Whether an HTML5 parser with scripting (a browser) places it in head."""
    in_head_without_scripting: bool = True
    """The same for a parser without scripting, for which ``<noscript><img>`` closes head."""
    offset: int | None = None
    """Bytes from the start of the body as served (after content decoding) to the tag's ``<``."""

    @property
    def key(self) -> str:
        """The name under which tolerant readers look it up, lower case."""
        return (self.prop or self.name or self.itemprop or self.http_equiv or "").strip().lower()

    def sole_attribute(self, name: str) -> str:
        """The attribute that bears exactly *name*, where no other attribute bears any; otherwise empty."""
        attributes = (
            ("property", self.prop),
            ("name", self.name),
            ("itemprop", self.itemprop),
            ("http-equiv", self.http_equiv),
        )
        borne = [one for one in attributes if one[1] is not None]
        return borne[0][0] if len(borne) == 1 and borne[0][1] == name else ""

    @property
    def value(self) -> str:
        """``content`` folded to single blanks; empty where there is none."""
        return " ".join((self.content or "").split())


@define(kw_only=True, unsafe_hash=True)
class Relation:
    """One ``<link>`` tag, or one entry of a Link header."""

    rel: tuple[str, ...]
    """Lower-case tokens."""
    href: str
    """Absolute; empty where the attribute is missing, empty or no URL."""
    raw_href: str = ""
    """``href`` as written."""
    type: str | None = None
    """Media type without parameters, lower case."""
    hreflang: str | None = None
    """Language of the target (BCP 47) as written."""
    title: str | None = None
    """The attribute ``title``: a feed's name, for one."""
    sizes: str | None = None
    """The attribute ``sizes`` of an icon as written (``32x32``, ``any``)."""
    media: str | None = None
    """Media query under which it holds, as written."""
    in_head: bool = True
    """Whether a browser places it in head; False for the Link header."""
    in_header: bool = False
    """True for an entry of the HTTP Link header."""
    offset: int | None = None
    """Bytes from the start of the body to the tag's ``<``; None in a header."""


@define(kw_only=True, unsafe_hash=True)
class Heading:
    """One of h1 to h6."""

    level: int
    """1 to 6."""
    text: str
    """Visible text, folded."""
    id: str | None = None
    """Its own id, that of the section it opens, or an ``<a name>`` in it."""
    in_main: bool = True
    """Stands in the page's main text."""


@define(kw_only=True, unsafe_hash=True)
class Image:
    """One ``<img>`` (or the ``<source>`` that serves it)."""

    src: str
    """Absolute URL that a browser shows (of ``src``, or of a lazy loader's attribute); empty = none."""
    alt: str | None = None
    """Text in its place; None = no such attribute, empty = marked as mere decoration."""
    width: int | None = None
    """Declared pixels without fractions, or 0 or 1 by style; None where missing or not a number."""
    height: int | None = None
    """The same for the height."""
    largest: str | None = None
    """URL of the widest srcset candidate."""
    largest_width: int | None = None
    """Its ``w`` descriptor in pixels."""
    area: Area = Area.UNKNOWN
    """The landmark in which it stands."""
    order: int = 0
    """Position among the page's pictures, from 0."""
    nopin: bool = False
    """``data-pin-nopin`` stands on it."""
    hidden: bool = False
    """By its own style or attribute, or by those of a block around it; a script may show it later."""


@define(kw_only=True, unsafe_hash=True)
class Link:
    """One ``<a href>`` or ``<area href>``."""

    url: str
    """Absolute and normalised without fragment; for other schemes (mailto:, sms:) as written."""
    fragment: str = ""
    """What follows ``#``, without it."""
    raw_href: str = ""
    """``href`` as written."""
    text: str = ""
    """Visible text, folded, at most 200 characters."""
    label: str = ""
    """Accessible name: text, aria-label, title, or the alt of an image inside; empty = nameless."""
    rel: tuple[str, ...] = ()
    """Lower-case tokens."""
    area: Area = Area.UNKNOWN
    """The landmark in which it stands."""
    in_main: bool = False
    """Stands in the page's main text (not in a related, share or comment block of it)."""
    block: str = ""
    """Classes, id and aria-label of the nearest list, nav or div around it, for telling share from follow rows."""
    icon_only: bool = False
    """Its content is an image, an svg or an icon font, with no visible text."""
    onclick: bool = False
    """Bears an ``onclick`` of its own."""


@frozen(kw_only=True)
class Icon:
    """An icon link of the page."""

    url: str
    """Absolute."""
    rel: str
    """``icon``, ``apple-touch-icon``, ``mask-icon`` …"""
    sizes: str | None = None
    """As written."""
    type: str | None = None
    """Media type, lower case."""


@frozen(kw_only=True)
class Embed:
    """An iframe, embedded player or widget script that shows something of another site."""

    url: str
    """Absolute URL of what is shown."""
    platform: str | None = None
    """Id in the table of platforms; None = not known there."""
    tag: str = "iframe"
    """Element that shows it: iframe, blockquote, script, video …"""
    title: str | None = None
    """Its accessible name; None = none."""
    in_main: bool = False
    """Stands in the page's main text."""
