"""The words by which a page and its parts are named."""

from __future__ import annotations

from enum import StrEnum


class Area(StrEnum):
    """The landmark of a page in which something stands, by HTML element, ARIA role or telling class."""

    HEADER = "header"
    NAV = "nav"
    MAIN = "main"
    ASIDE = "aside"
    FOOTER = "footer"
    UNKNOWN = "unknown"


class Kind(StrEnum):
    """What a page is for; decides which checks apply to it."""

    HOME = "home"
    PRODUCT = "product"
    ARTICLE = "article"
    VIDEO = "video"
    EVENT = "event"
    PROFILE = "profile"
    FORUM = "forum"
    DOCS = "docs"
    LISTING = "listing"
    LANDING = "landing"
    LEGAL = "legal"
    UTILITY = "utility"
    OTHER = "other"
