"""Which pages a check is for: predicates that the declarations name."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlsplit

from smocrawl.checks import thresholds
from smocrawl.checks.addresses import is_home, is_public, same_page, same_site
from smocrawl.checks.base import Applies, Context
from smocrawl.checks.remembering import once_per_page
from smocrawl.page import Kind, Page

NOWHERE = Context()
"""A context in which nothing was measured."""

NEVER_SHARED = frozenset({Kind.LEGAL, Kind.UTILITY})
OBJECTS = frozenset({Kind.ARTICLE, Kind.PRODUCT, Kind.VIDEO, Kind.EVENT})
"""Pages about one thing, which people pass on by itself."""
LATER_PAGE = re.compile(r"/(?:page|seite|pagina)[/-]?(\d+)(?:/|\.html?|$)", re.IGNORECASE)
PROOF = re.compile(
    r"/(?:google[0-9a-f]{12,20}|yandex_[0-9a-f]{8,20}|pinterest-[0-9a-f]{4,20}|baidu_verify_\w{6,40})\.html$"
)
"""Files by which owners prove to a service that a site is theirs."""
PAGE_PARAMETERS = frozenset({"page", "paged", "pagenum", "page_number", "seite"})


def readable(page: Page, context: Context = NOWHERE) -> bool:
    """An HTML page that was answered with 200 and stays: everything else is the matter of ``status-ok``."""
    return _readable(page)


@once_per_page
def _readable(page: Page) -> bool:
    return page.status == 200 and page.is_html and not moves_on(page) and not PROOF.search(page.url)


def shareable(page: Page, context: Context = NOWHERE) -> bool:
    """A page that people pass on: no legal or utility page, no later page of a list, no copy of another page."""
    return _shareable(page)


@once_per_page
def _shareable(page: Page) -> bool:
    return could_be_shared(page) and not is_copy(page)


def could_be_shared(page: Page, context: Context = NOWHERE) -> bool:
    """Shareable but for its canonical, which some checks judge themselves."""
    return readable(page) and page.kind not in NEVER_SHARED and not is_later_page(page)


def shareable_but_home(page: Page, context: Context = NOWHERE) -> bool:
    return shareable(page) and page.kind is not Kind.HOME


def content_page(page: Page, context: Context = NOWHERE) -> bool:
    """A shareable page about one thing: article, product, video or event."""
    return page.kind in OBJECTS and shareable(page)


def is_article(page: Page, context: Context = NOWHERE) -> bool:
    return page.kind is Kind.ARTICLE and shareable(page)


def is_product(page: Page, context: Context = NOWHERE) -> bool:
    return page.kind is Kind.PRODUCT and shareable(page)


def of_kind(*kinds: Kind) -> Applies:
    """Shareable pages of these kinds."""

    def applies(page: Page, context: Context) -> bool:
        return page.kind in kinds and shareable(page)

    return applies


def moves_on(page: Page) -> bool:
    """A refresh sends the reader to another page; pages that load themselves anew stay."""
    return page.meta_refresh is not None and not same_page(page.meta_refresh, page.url)


def is_later_page(page: Page) -> bool:
    """Page 2 or later of a list."""
    return _counts_further(page.url)


@lru_cache(maxsize=256)
def _counts_further(url: str) -> bool:
    parts = urlsplit(url)
    named = [match[1] for match in LATER_PAGE.finditer(parts.path)]
    named += [value for name, value in parse_qsl(parts.query) if name.lower() in PAGE_PARAMETERS]
    return any(number.isdecimal() and int(number[:9]) > 1 for number in named)


def is_copy(page: Page) -> bool:
    """Its canonical names another page of the same site, which is judged in its place.

    A canonical on another host leaves the page to be judged: people share the address that they see.
    So does one that cannot be meant: the home page for an article, or an address that nobody can open.
    """
    canonical = page.canonical
    if (
        canonical is None
        or canonical == page.url
        or same_page(canonical, page.url)
        or not same_site(canonical, page.url)
    ):
        return False
    return is_public(canonical) and not (page.kind in OBJECTS and is_home(canonical))


def has_open_graph(page: Page) -> bool:
    """The page speaks Open Graph at all; where it does not, only ``og-title`` and ``og-image`` say so."""
    return any(key.startswith("og:") for key in page.values_by_key)


def is_blank(page: Page) -> bool:
    """It names, says and shows nothing that a card or a reader could take."""
    return (
        not page.truncated
        and page.text.visible_words < thresholds.BLANK_WORDS
        and not (page.title or page.images or page.headings or page.entities or page.embeds)
        and not page.meta("og:title", "og:description", "og:image", "og:video")
        and not page.meta("twitter:title", "twitter:description", "twitter:image", "description")
    )
