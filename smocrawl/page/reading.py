"""How the answer came and read: redirects, text, troubles."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen


@frozen(kw_only=True)
class Trouble:
    """Something that could not be read as it stands."""

    kind: str
    """json-ld, microdata, charset, truncated, limit …"""
    where: str
    """The place: ``block 2, line 14``, ``body``, ``feed`` …"""
    detail: str
    """What is wrong, in one sentence."""


@frozen(kw_only=True)
class Hop:
    """One redirect on the way to the page."""

    url: str
    """The URL that redirected."""
    status: int
    """Its HTTP status."""
    how: str = "http"
    """http or meta-refresh."""


@frozen(kw_only=True)
class Text:
    """The page's visible text, measured."""

    main: str = ""
    """Main text without boilerplate, blanks folded, at most 12,000 characters."""
    words: int = 0
    """Words of the main text; a CJK character counts half a word."""
    visible_words: int = 0
    """Words of all visible text, page furniture included."""
    paragraph_share: float = 0.0
    """Share (0–1) of the visible paragraph text that lies in the main block."""
    sha1: str = ""
    """Hex digest of the whole main text, lower case, blanks folded; empty where there is none."""
    simhash: int = 0
    """64-bit near-duplicate signature of the main text; 0 below 20 words."""
    visible_prices: tuple[str, ...] = ()
    """Amounts with a currency in the main text, as written."""
    copyright_years: tuple[int, ...] = ()
    """Years of the copyright line outside the main text."""
    placeholder: tuple[tuple[str, str], ...] = ()
    """(phrase, place) of placeholder text found: place is title, h1, description, text, paragraph (of the text, all of it filler), footer, hidden."""
    language: str | None = None
    """Language guessed from the main text (ISO 639-1) where it is long enough; None = no guess."""


@frozen(kw_only=True)
class Leads:
    """What readers with rules of their own find in the markup, for the previews that are not made from tags alone."""

    prefixes: tuple[str, ...] = ()
    """Lower-case names that ``<head prefix>`` declares."""
    title: str | None = None
    """First text directly inside the first title, h1, h2 or h3; None = none of them has any (Synapse)."""
    titles: str = ""
    """Text of every title element, those of drawings included, one directly behind the other (Misskey)."""
    texts: tuple[str, ...] = ()
    """The first text nodes of the body without page furniture, enough for a summary (Synapse)."""
    paragraph: str | None = None
    """First paragraph behind the first h1, else the first at all (Zulip)."""
    image: str | None = None
    """``src`` of the first picture among the later siblings of the first h1 (Zulip)."""
    scanned: Mapping[str, str] = field(factory=dict)
    """title, description, image and icon as regular expressions find them in head (WordPress before 6.9)."""
