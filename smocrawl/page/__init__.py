"""What one response says about itself: every fact that previews and checks may use.

Built once by :mod:`smocrawl.extract`, never changed.  Three rules hold throughout: ``None`` means
absent and ``""`` means present but empty (two different faults); URLs are absolute unless a name
begins with ``raw_``; sequences are tuples in document order.
"""

from smocrawl.page.counted import Crumb, Interaction, Rating
from smocrawl.page.kinds import Area, Kind
from smocrawl.page.markup import Embed, Heading, Icon, Image, Link, Meta, Relation
from smocrawl.page.open_graph import OpenGraph, OpenGraphObject
from smocrawl.page.page import Page
from smocrawl.page.reading import Hop, Leads, Text, Trouble
from smocrawl.page.sharing import COMMENT_WORDS, Feed, Recognised, Sharing, Vendor
from smocrawl.page.stated import AppLink, OptOut
from smocrawl.page.structured import (
    ARTICLE_TYPES,
    AS_ISO,
    AS_WRITTEN,
    MAIN_TYPES,
    NOT_MAIN,
    SITE_OF_TITLE,
    TOGETHER,
    VISIBLE_DATE,
    Dated,
    Declared,
    Entity,
    JsonLdBlock,
)

FACTS_VERSION = 2
"""Raised when a page's facts change in meaning, not when some are added: those that an older crawl lacks have their
defaults (:func:`smocrawl.store.facts.unpack`).  1: up to 0.1; 2: counted at all."""

__all__ = [
    "ARTICLE_TYPES",
    "AS_ISO",
    "AS_WRITTEN",
    "COMMENT_WORDS",
    "FACTS_VERSION",
    "MAIN_TYPES",
    "NOT_MAIN",
    "SITE_OF_TITLE",
    "TOGETHER",
    "VISIBLE_DATE",
    "AppLink",
    "Area",
    "Crumb",
    "Dated",
    "Declared",
    "Embed",
    "Entity",
    "Feed",
    "Heading",
    "Hop",
    "Icon",
    "Image",
    "Interaction",
    "JsonLdBlock",
    "Kind",
    "Leads",
    "Link",
    "Meta",
    "OpenGraph",
    "OpenGraphObject",
    "OptOut",
    "Page",
    "Rating",
    "Recognised",
    "Relation",
    "Sharing",
    "Text",
    "Trouble",
    "Vendor",
]
