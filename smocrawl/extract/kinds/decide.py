"""What a page is for, decided once, with the fact that decided it.

The order of the rules matters more than any of them: generators write ``og:type=article`` on every page
and newspapers declare their subscription as a Product, so the address and the page's shape speak first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from urllib.parse import unquote, urlsplit

from attrs import frozen

from smocrawl.extract.body.blocks import Survey
from smocrawl.extract.kinds.players import plays
from smocrawl.extract.kinds.shape import code_share, here, names_an_hour, side_by_side, teasers, tells_of_its_site
from smocrawl.extract.kinds.words import (
    ARCHIVE,
    DOCS,
    DOCS_MAKER,
    EVENTS,
    FORUM_MAKER,
    LEGAL,
    LEGAL_TITLE,
    LISTING_END,
    PEOPLE,
    POSTS,
    SERVICE,
    UTILITY,
    WHOLE_ARCHIVES,
    is_below_blog,
)
from smocrawl.page import (
    ARTICLE_TYPES,
    MAIN_TYPES,
    NOT_MAIN,
    Dated,
    Embed,
    Entity,
    Heading,
    Kind,
    Link,
    Meta,
    Relation,
    Sharing,
    Text,
)

LANGUAGE_ROOT = re.compile(r"[a-z]{2,3}(?:[-_][a-z]{2,4})?", re.IGNORECASE)
INDEX = re.compile(r"(?:index|default|home)\.(?:html?|php|aspx?|jsp)", re.IGNORECASE)
NOT_FOUND = re.compile(
    r"\b(?:page (?:not found|cannot be found)|404(?: error| not found)?|not found|seite nicht gefunden)\b",
    re.IGNORECASE,
)
PAGE_N = re.compile(r"/(?:page|seite|p)[/-]?\d+(?:/|\.html?)?$", re.IGNORECASE)
PAGE_QUERY = re.compile(r"(?:^|&)(?:page|paged|p)=\d{1,3}(?:&|$)")
DATE_PATH = re.compile(r"^(?:/[^/]+){0,2}?/(?:19|20)\d{2}(?:/\d{1,2}){0,2}/?(?:index\.html?)?$")
DATED_PATH = re.compile(r"/(?:19|20)\d{2}/\d{1,2}(?:/\d{1,2})?/(?!index\.)[^/]*[^\W\d][^/]*/?$")
"""The address of one post: Blogger, Movable Type, Jekyll and WordPress write year and month before its name."""
BODY_CLASSES = {
    "error404": Kind.UTILITY, "search-results": Kind.UTILITY, "search-no-results": Kind.UTILITY,
    "woocommerce-cart": Kind.UTILITY, "woocommerce-checkout": Kind.UTILITY, "woocommerce-account": Kind.UTILITY,
    "author": Kind.PROFILE, "single-product": Kind.PRODUCT, "post-type-archive": Kind.LISTING,
    "tax-product_cat": Kind.LISTING, "archive": Kind.LISTING, "category": Kind.LISTING, "tag": Kind.LISTING,
    "date": Kind.LISTING, "blog": Kind.LISTING, "attachment": Kind.OTHER,
}  # fmt: skip
"""Classes that WordPress puts on body."""
SINGLE = frozenset(("single", "single-post", "page"))
SINGLE_ID = re.compile(r"(?:page|post)-?id-\d+")
"""By these it tells one post or page; themes call other things single as well (``single-product-1``)."""
COPY = re.compile(r"-\d{1,2}$")
"""What WordPress appends to an address that is taken: ``/contact-2/``."""
STATIC = re.compile(r"page-id-\d+")
OF_TYPE = re.compile(r"single-(?!format-|author|attachment|news|article|blog|press|stor)[a-z]")
"""Classes of body by which WordPress tells its static pages, and what is of a type of the theme's, from its posts."""
UPLOADS = frozenset(("wp-content", "uploads", "upload"))
H_ENTRY = "https://microformats.org/wiki/h-entry"
TEASERS = 8
"""Linked headings of one level in the main text that make a listing; our own judgement."""
ARTICLES = 4
"""``article`` elements side by side that make a listing."""
CODE = 0.25
"""Share of the main text inside ``pre`` that makes a page documentation."""
LONG = 60
"""Characters from which the beginning of a headline tells it from others."""
LITTLE_TEXT = 150
"""Words below which a player or a form is the content."""


@frozen(kw_only=True, slots=False)
class Clues:
    """What the rules may look at; *entities* without those of blocks beside the main text."""

    url: str
    status: int
    title: str
    metas: Sequence[Meta]
    relations: Sequence[Relation]
    headings: Sequence[Heading]
    links: Sequence[Link]
    entities: Sequence[Entity]
    dates: Sequence[Dated]
    text: Text
    sharing: Sharing
    survey: Survey
    embeds: Sequence[Embed]
    lang: str = ""
    body_class: str = ""
    generator: str = ""

    @cached_property
    def path(self) -> str:
        return unquote(urlsplit(self.url).path or "/")

    @cached_property
    def segments(self) -> list[str]:
        return [part.lower() for part in self.path.split("/") if part and not INDEX.fullmatch(part)]

    @cached_property
    def stem(self) -> str:
        """The last segment without extension."""
        return self.segments[-1].rpartition(".")[0] or self.segments[-1] if self.segments else ""

    @cached_property
    def names(self) -> frozenset[str]:
        """The last segment as dictionaries know it."""
        return frozenset((self.stem, COPY.sub("", self.stem)))

    @cached_property
    def is_no_post(self) -> bool:
        """A page of WordPress that is none of its posts: its plugins write og:type=article and a date on these as well."""
        classes = self.body_class.split()
        if "single-post" in classes:
            return False
        return self.is_changed_only or any(STATIC.fullmatch(one) or OF_TYPE.match(one) for one in classes)

    @cached_property
    def is_changed_only(self) -> bool:
        """It says when it was changed, not when it was published, as Yoast writes of static pages and never of posts."""
        keys = {meta.key for meta in self.metas}
        return (
            "article:modified_time" in keys and "article:published_time" not in keys and not self.main(*ARTICLE_TYPES)
        )

    def meta(self, key: str) -> str:
        return next((meta.value.lower() for meta in self.metas if meta.key == key and meta.value), "")

    @cached_property
    def subjects(self) -> list[Entity]:
        """Things that may be the page's subject."""
        return [
            one
            for one in self.entities
            if one.parent not in NOT_MAIN and one.parent not in ("offers", "blogPost", "video")
            and (one.depth == 0 or one.parent in ("mainEntity", "mainEntityOfPage", "subjectOf"))
        ]  # fmt: skip

    def main(self, *types: str) -> list[Entity]:
        """Those of them that are of one of these types."""
        return [one for one in self.subjects if one.is_a(*types)]

    def is_named(self, *types: str) -> bool:
        """Whether one of these bears the page's headline as its own."""
        headlines = {heading.text.casefold() for heading in self.headings if heading.level == 1 and heading.text}
        said = (one.text(name) for one in self.main(*types) for name in ("headline", "name"))
        named = [text.casefold() for text in said if text]
        # Many cut it at the 110 characters that Google once asked for.
        return any(one == text or (len(text) >= LONG and one.startswith(text)) for text in named for one in headlines)

    @cached_property
    def machine_date(self) -> bool:
        # Several h-entries are notices beside or below the text, each with its own dates.
        several = sum(one.is_a(H_ENTRY) for one in self.subjects) > 1
        return any(
            one.moment and one.in_main and one.role in ("published", "modified") and one.place != "text"
            and not (several and one.place.startswith("microformats"))
            for one in self.dates
        )  # fmt: skip

    @cached_property
    def byline(self) -> bool:
        return bool(self.sharing.byline) or any(
            link.rel and "author" in link.rel and link.in_main for link in self.links
        )

    @cached_property
    def teasers(self) -> int:
        """Headings of one level in the main text that are links to other pages."""
        return teasers(self.survey, urlsplit(self.url).netloc.lower())

    @cached_property
    def dated_entries(self) -> int:
        """Days of publication right below the headline: of an article there are one or two."""
        return sum(one.in_main and one.role == "published" and one.place == "time[datetime]" for one in self.dates)

    @cached_property
    def is_dated_path(self) -> bool:
        """The address of a post; folders of uploaded files have a year and a month in theirs as well."""
        return DATED_PATH.search(self.path) is not None and not UPLOADS & set(self.segments)

    @cached_property
    def side_by_side(self) -> int:
        return side_by_side(self.survey)


Said = tuple[Kind, str]
Rule = Callable[[Clues], Iterator[Said]]


def read_kind(clues: Clues) -> Said:
    """The first rule that has something to say decides."""
    return next((said for rule in RULES for said in rule(clues)), (Kind.OTHER, "nothing on the page tells its purpose"))


def by_error(clues: Clues) -> Iterator[Said]:
    if clues.status >= 400:
        yield Kind.UTILITY, f"status {clues.status}"
    heading = next((heading.text for heading in clues.headings if heading.level == 1), "")
    if clues.text.words < LITTLE_TEXT and (NOT_FOUND.search(clues.title) or NOT_FOUND.fullmatch(heading)):
        yield Kind.UTILITY, "its title says that the page was not found"
    if clues.sharing.wall:
        yield Kind.UTILITY, f"a {clues.sharing.wall} wall stands in place of the content"


def by_root(clues: Clues) -> Iterator[Said]:
    if urlsplit(clues.url).query:
        return
    if not clues.segments:
        yield Kind.HOME, "root of the site"
    elif len(clues.segments) == 1 and LANGUAGE_ROOT.fullmatch(clues.segments[0]):
        if clues.segments[0] in (clues.lang, clues.lang.partition("-")[0]):
            yield Kind.HOME, "root of one language"
        paths = {
            urlsplit(relation.href).path.strip("/")
            for relation in clues.relations
            if relation.hreflang and "alternate" in relation.rel
        }
        # Beside the roots of other languages; /faq/ has a version below each of them.
        if urlsplit(clues.url).path.strip("/") in paths and not any("/" in path for path in paths):
            yield Kind.HOME, "root of one language"


def by_address(clues: Clues) -> Iterator[Said]:
    """Paths whose purpose no markup can change."""
    segments = clues.segments
    for segment in segments[:1] + segments[-1:]:
        bare = segment.rpartition(".")[0] or segment
        if segment in UTILITY or bare in UTILITY:
            yield Kind.UTILITY, f"“{segment}” in its address"
    archived = len(segments) > 1 and segments[-2] in ARCHIVE
    if (clues.names & LEGAL and not archived) or LEGAL_TITLE.fullmatch(clues.title):
        yield Kind.LEGAL, "address or title of a legal page"
    if re.search(r"(?:^|&)(?:s|q|query|search)=", urlsplit(clues.url).query):
        yield Kind.UTILITY, "a search query in its address"


def by_archive(clues: Clues) -> Iterator[Said]:
    segments = clues.segments
    if PAGE_N.search(clues.path) or (PAGE_QUERY.search(urlsplit(clues.url).query) and clues.teasers):
        yield Kind.LISTING, "a further page of a list"
    if DATE_PATH.match(clues.path):
        yield Kind.LISTING, "date archive by its address"
    classes = clues.body_class.split()
    single = any(name in SINGLE or SINGLE_ID.fullmatch(name) for name in classes)
    for name, kind in BODY_CLASSES.items():
        if name in classes and not (single and kind is Kind.LISTING):
            yield kind, f"class “{name}” on body"
    named = segments[-2] if len(segments) > 1 and segments[-2] in ARCHIVE - WHOLE_ARCHIVES else None
    if set(segments[:-1]) & DOCS and not named:
        return
    if (named and not single and not clues.main(*ARTICLE_TYPES)) or clues.stem in ARCHIVE:
        yield Kind.LISTING, f"“{named or clues.stem}” in its address"
    if not single and len(segments) >= 2 and segments[-2] in PEOPLE and not clues.main(*ARTICLE_TYPES):
        yield Kind.PROFILE, f"“{segments[-2]}” in its address"


def by_docs_address(clues: Clues) -> Iterator[Said]:
    segment = next((one for one in clues.segments[:-1] if one in DOCS), None)
    if clues.segments and clues.stem in DOCS and not segment:
        segment = clues.stem
    dated_article = clues.main(*ARTICLE_TYPES) and clues.machine_date and clues.byline
    if segment and not dated_article and not clues.main(*MAIN_TYPES[Kind.PRODUCT]):
        yield Kind.DOCS, f"“{segment}” in its address"
    if DOCS_MAKER.search(clues.generator):
        yield Kind.DOCS, f"made by {clues.generator}"


def by_subject(clues: Clues) -> Iterator[Said]:
    """The type of the thing that structured data names as the page's subject."""
    articles = clues.main(*ARTICLE_TYPES)
    has_answers = bool(clues.main("FAQPage"))
    for kind in (Kind.EVENT, Kind.FORUM, Kind.VIDEO):
        # The questions of an FAQPage are a block of the site's own, on pages of any kind.
        found = [one for one in clues.main(*MAIN_TYPES[kind]) if not (has_answers and one.is_a("Question"))]
        if 0 < len(found) < ARTICLES and not articles:
            yield kind, f"{found[0].syntax} {found[0].types[0]}"
        elif len(found) >= ARTICLES and not articles:
            yield Kind.LISTING, f"{len(found)} things of type {found[0].types[0]}"
    products = here(clues.main(*MAIN_TYPES[Kind.PRODUCT]), clues.path)
    if products and not articles:
        if len({product.text("name") for product in products}) >= ARTICLES:
            yield Kind.LISTING, f"{len(products)} products"
        yield Kind.PRODUCT, f"{products[0].syntax} {products[0].types[0]}"
    if clues.main("ProfilePage"):
        yield Kind.PROFILE, "ProfilePage"


def by_article(clues: Clues) -> Iterator[Said]:
    """An article says so, is dated or signed, and is one of its kind on the page."""
    if clues.names & SERVICE or tells_of_its_site(clues.url):
        yield Kind.OTHER, f"“{clues.stem}” in its address"
    found = clues.main(*ARTICLE_TYPES)
    different = {one.text("headline") or one.text("name") or one.url("url") for one in found}
    many = len(different) >= ARTICLES or (clues.teasers >= TEASERS and not found) or clues.side_by_side >= ARTICLES
    # Cards of others may stand below an article that the markup names by the page's own headline.
    if many and not (len(different) == 1 and clues.is_named(*ARTICLE_TYPES)):
        return
    below = next((one for one in clues.segments[:-1] if one in EVENTS), None)
    # Many templates write og:type article and a date of their own on whatever they make.
    if below and not found and not clues.byline and names_an_hour(clues.text.main):
        yield Kind.EVENT, f"an hour below “{below}”"
    if found and (clues.machine_date or clues.byline):
        yield Kind.ARTICLE, f"{found[0].syntax} {found[0].types[0]} with a date or byline"
    dated = clues.machine_date and not clues.is_no_post
    if clues.meta("og:type") == "article" and (dated or clues.byline):
        yield Kind.ARTICLE, "og:type article with a machine-readable date or a byline"


def by_open_graph(clues: Clues) -> Iterator[Said]:
    said = clues.meta("og:type")
    if said in ("product", "product.item", "og:product"):
        yield Kind.PRODUCT, f"og:type {said}"
    if said == "product.group":
        # Facebook means the variants of one product by it; the themes of shops write it on their collections.
        yield (Kind.PRODUCT if clues.sharing.add_to_cart else Kind.LISTING), f"og:type {said}"
    if said.startswith("video"):
        yield Kind.VIDEO, f"og:type {said}"
    if said == "profile":
        yield Kind.PROFILE, "og:type profile"
    if said in ("event", "events.event"):
        yield Kind.EVENT, f"og:type {said}"


def by_shape(clues: Clues) -> Iterator[Said]:
    """What the page looks like where no markup tells."""
    if FORUM_MAKER.search(clues.generator):
        yield Kind.FORUM, f"made by {clues.generator}"
    if clues.sharing.add_to_cart and clues.text.visible_prices and clues.teasers < ARTICLES:
        yield Kind.PRODUCT, "a price and a button to buy"
    if clues.side_by_side >= ARTICLES:
        yield Kind.LISTING, "several articles side by side"
    if clues.teasers >= TEASERS:
        yield Kind.LISTING, "many linked headings"
    if clues.dated_entries >= TEASERS:
        yield Kind.LISTING, "many dates below its headline"
    if "single-post" in clues.body_class.split() and clues.text.words >= LITTLE_TEXT:
        yield Kind.ARTICLE, "class “single-post” on body"
    # A list beside the text of an article, an answer or a term is one of further reading.
    if clues.main(*MAIN_TYPES[Kind.LISTING], "Blog") and not clues.is_named(*ARTICLE_TYPES, "DefinedTerm", "QAPage"):
        yield Kind.LISTING, "structured data of a list"
    if clues.stem in LISTING_END:
        yield Kind.LISTING, f"“{clues.stem}” in its address"
    if any(
        {"next", "prev"} & set(relation.rel) and PAGE_N.search(urlsplit(relation.href).path)
        for relation in clues.relations
    ):
        yield Kind.LISTING, "has a further page"
    singles = [heading for heading in clues.headings if heading.level == 1 and heading.in_main]
    dated = any(one.in_main and one.moment and one.role in ("published", "modified", "visible") for one in clues.dates)
    # Landing pages call themselves a website, and some templates date them for machines.
    shown = any(one.role == "visible" and one.in_main for one in clues.dates)
    signed = clues.byline or (
        clues.machine_date and not clues.is_no_post and (shown or clues.meta("og:type") != "website")
    )
    if len(singles) == 1 and dated and signed and clues.text.words >= LITTLE_TEXT:
        yield Kind.ARTICLE, "a single headline with date and byline"
    below = next((one for one in clues.segments[:-1] if one in POSTS), None)
    # The headline may stand above the block that holds the text.
    is_sole = sum(heading.level == 1 for heading in clues.headings) == 1
    is_filed = dated or (is_below_blog(clues.segments) and clues.teasers < ARTICLES)
    if below and is_sole and is_filed and clues.text.words >= LITTLE_TEXT:
        yield Kind.ARTICLE, f"a single headline {'with a date ' if dated else ''}below “{below}”"
    if clues.is_dated_path and not clues.is_no_post and clues.text.words >= LITTLE_TEXT:
        yield Kind.ARTICLE, "a text below a date in its address"
    if clues.main("TechArticle", "APIReference") or code_share(clues.survey) >= CODE:
        yield Kind.DOCS, "a good part of the text is code"
    is_short = 0 < clues.text.words < LITTLE_TEXT
    # A short post with a film in it, signed or filed among posts, is no page of a film.
    is_post = bool(below) or clues.byline or clues.is_dated_path
    if is_short and not is_post and any(one.in_main and plays(one) for one in clues.embeds):
        yield Kind.VIDEO, "a player with little text"
    if "noindex" in clues.meta("robots") and clues.sharing.newsletter_form:
        yield Kind.LANDING, "a form on a page kept out of search"


RULES: tuple[Rule, ...] = (
    by_error, by_root, by_address, by_archive, by_docs_address, by_subject, by_article, by_open_graph, by_shape,
)  # fmt: skip
