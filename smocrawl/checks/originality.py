"""Originality: a picture of its own for each page, and credit where a text comes from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from smocrawl.checks import thresholds
from smocrawl.checks.addresses import cut, host_of, same_site, split
from smocrawl.checks.applies import NOWHERE, of_kind, readable
from smocrawl.checks.base import Context, Said, Severity, Tactic, check, fail, warn
from smocrawl.checks.measures import site_names
from smocrawl.checks.remembering import once_per_page
from smocrawl.checks.sources import GOOGLE_CANONICAL, GOOGLE_DISCOVER
from smocrawl.checks.wording import says_one_of, squeezed, telling_words
from smocrawl.page import ARTICLE_TYPES, Entity, Kind, Page

STANDARD_NAME = re.compile(
    r"(?:^|[-_])(?:logo|default|placeholder|no-?image|fallback|og-?default|share-?default|social-?default|site-?image|"
    r"avatar|favicon|apple-touch-icon)(?:[-_.@\d]|$)",
    re.IGNORECASE,
)
"""File names that owners and themes give to a stand-in."""
BASES = ("isBasedOn", "isBasedOnUrl")
NUMBER = re.compile(r"(?<!\d)\d{5,12}(?!\d)")
"""An article's number in its address; shorter ones are years and pages."""
TELLING_NAME = 6
"""Words of a file name from which it describes a picture, if one with a logo in it: man-at-a-desk-with-our-logo.jpg."""
FIRST_ELSEWHERE = re.compile(
    r"\b(?:(?:originally|first) (?:published|appeared|posted) (?:on|at|in|by)(?! (?:its|their|his|her)\b)|"
    r"cross-?posted from|republished from|zuerst (?:erschienen|veröffentlicht) (?:bei|auf|in)|"
    r"publié initialement (?:sur|dans)|publicado originalmente en) "
    # On a day or in a month it is the date of this very page.
    r"(?!(?:the )?\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)[a-z]*\b)",
    re.IGNORECASE,
)
OF_ANOTHER = re.compile(
    r"\b(?:that|which|who|they|he|she|die|das|der|qui|que)(?: (?:had|has|have|was|were|been))*\s*$", re.IGNORECASE
)
"""What stands before words about another thing: "updates that first appeared in iOS 26" is no note on the text."""
AHEAD = 40
"""Characters before such words in which that is looked for."""
FIRST_WORDS = ("originally ", "first ", "posted from ", "republished ", "zuerst ", "initialement ", "originalmente ")
"""One of them stands in every such note; looked for before the slow search."""
BEGINNING = 1_500
"""Characters at either end of the text where such a note stands."""


def _describes(name: str) -> bool:
    return sum(map(str.isalpha, re.split(r"[-_.\d]+", name))) > TELLING_NAME


def _share_image(page: Page) -> str | None:
    """The first share image, absolute where the page's reader could resolve it."""
    declared = (one.value for one in page.declared.get("image", ()) if one.place.startswith("og:image"))
    return next(declared, None) or page.meta("og:image", "og:image:url")


def _has_share_image(page: Page, context: Context = NOWHERE) -> bool:
    return of_kind(Kind.ARTICLE, Kind.PRODUCT, Kind.VIDEO)(page, context) and _share_image(page) is not None


@check(
    "og-image-generic",
    title="The share image is a stand-in",
    tactic=Tactic.T9,
    severity=Severity.MEDIUM,
    says="The share image is a logo, an icon or a portrait of the author: {image}",
    warns="The share image looks like a stand-in, not like a picture of this page: {image}",
    causes={
        "default": "The share image is a stand-in that {uses} pages use: {image}",
        "reused": "{uses} pages of this site use the same share image: {image}",
    },
    source=GOOGLE_DISCOVER,
    source_name="Google Discover: avoid the site's logo",
    grade="A",
    applies=_has_share_image,
    kinds=(Kind.ARTICLE, Kind.PRODUCT, Kind.VIDEO),
    revision=5,
    owner="editor",
    effort="editorial",
)
def og_image_generic(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: In a feed all your links look the same, and nobody can see what this one is about. Discover does not show
    logos as pictures at all.

    Fix: Give the page a picture of its subject; let the template take the page's first large picture before it falls
    back on the default.

    Accept: og:image shows this page's subject and is not the logo, an icon or the site's default.
    """
    image = _share_image(page)
    if image is None:
        return
    uses = context.image_uses.get(image, 0)
    name = _file_name(image)
    is_named = STANDARD_NAME.search(name) is not None and not (
        _names_subject(page, image) or _describes(name) or _in_own_folder(page, image)
    )
    evidence: dict[str, Any] = {"image": cut(image), "uses": max(uses, 1)}
    is_reused = uses >= thresholds.REUSED_IMAGE
    if _spelled(image) in _stand_ins(page, context):
        yield fail(**evidence)
    elif is_named and is_reused:
        yield fail(cause="default", **evidence)
    elif is_reused:
        yield warn(cause="reused", **evidence)
    elif is_named:
        yield warn(**evidence)


def _names_subject(page: Page, image: str) -> bool:
    """The file is named after what the headline speaks of: a page about a product may show its logo."""
    subject = telling_words(page.h1 or page.meta("og:title") or "")
    site = {word for name in site_names(page) for word in telling_words(name)}
    named = squeezed(_file_name(image))
    return any(word in named for word in subject - site)


def _in_own_folder(page: Page, image: str) -> bool:
    """The folders spell the article's number, as ``news/61/51/63/default.jpg`` that of ``news/615163.html``."""
    address = split(page.url)
    numbers = NUMBER.findall(address.path) if address else []
    folders = "".join(re.findall(r"\d+", image.rpartition("/")[0]))
    return any(number in folders for number in numbers)


def _stand_ins(page: Page, context: Context) -> set[str]:
    """Logo, icons and the author's portrait."""
    found = {*context.logo_urls, *(icon.url for icon in page.icons if "icon" in icon.rel)}
    for entity in page.entities:
        if entity.is_a("Organization", "NewsMediaOrganization", "Corporation", "LocalBusiness", "Person"):
            found |= {url for name in ("logo", "image") for url in _pictures(entity, name)}
    return {_spelled(one) for one in found}


def _pictures(entity: Entity, name: str) -> Iterator[str]:
    # The picture of a person who is the page's subject is the right one.
    if entity.is_a("Person") and entity.parent != "author":
        return
    if (url := entity.url(name)) is not None:
        yield url


def _spelled(url: str) -> str:
    return unquote(url.partition("?")[0]).removeprefix("https:").removeprefix("http:")


def _file_name(url: str) -> str:
    return unquote(urlsplit(url).path.rpartition("/")[2]) if split(url) else url.rpartition("/")[2]


@once_per_page
def _original(page: Page) -> str | None:
    """What the page says about a first publication on another site: an address, or the words themselves."""
    # A study, a recipe or a game is what the text is about, not where it stood first.
    studied = any(one.parent in BASES and not one.is_a(*ARTICLE_TYPES) for one in page.entities)
    for entity in page.entities:
        based = entity.url("isBasedOn") or entity.url("isBasedOnUrl")
        if entity.parent is None and based and host_of(based) and not same_site(based, page.url) and not studied:
            return based
    text = page.text.main
    ends = text if len(text) < 2 * BEGINNING else f"{text[:BEGINNING]} … {text[-BEGINNING:]}"
    if not says_one_of(ends, FIRST_WORDS):
        return None
    note = next((one for one in FIRST_ELSEWHERE.finditer(ends) if _is_note(one, ends)), None)
    if note is None or squeezed(host_of(page.url).partition(".")[0]) in squeezed(ends[note.end() : note.end() + 60]):
        return None
    return ends[note.start() : note.start() + 120]


def _is_note(found: re.Match[str], text: str) -> bool:
    # Directly before a "<" it is a specimen of markup in an article about crediting.
    is_specimen = text[found.end() : found.end() + 1] == "<"
    return not is_specimen and not OF_ANOTHER.search(text[max(0, found.start() - AHEAD) : found.start()])


def _is_syndicated(page: Page, context: Context = NOWHERE) -> bool:
    """Canonicals to another site are copies as well, so shareability is not asked."""
    return page.kind is Kind.ARTICLE and readable(page) and _original(page) is not None


@check(
    "syndicated-credit",
    title="A text from elsewhere is offered as the original",
    tactic=Tactic.T9,
    severity=Severity.LOW,
    says="The text appeared first elsewhere ({original}), but the page names itself as the original.",
    source=GOOGLE_CANONICAL,
    source_name="Google Search: canonical of syndicated texts",
    grade="D",
    applies=_is_syndicated,
    kinds=(Kind.ARTICLE,),
    platforms=(),
    revision=4,
)
def syndicated_credit(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: Two copies of one text divide its shares between them, and the author of the first loses the credit.

    Fix: Point rel=canonical of the copy to the first publication, if that is agreed with its publisher.

    Accept: The canonical of a republished text names the page where it appeared first.
    """
    canonical = page.canonical
    if canonical is None or same_site(canonical, page.url):
        yield warn(original=cut(_original(page) or "–"))
