"""What a worker does with one answer: facts, a first judgement, and which URLs it names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256

from attrs import evolve, frozen

from smocrawl.checks.applies import shareable
from smocrawl.checks.base import Audience, Context, Outcome
from smocrawl.extract import read_page
from smocrawl.extract.files.feeds import FeedFacts, read_feed
from smocrawl.extract.files.images import Reduced, read_image_head, reduced
from smocrawl.extract.files.manifest import read_manifest
from smocrawl.extract.files.oembed import read_oembed
from smocrawl.extract.files.sitemaps import SitemapFacts, read_sitemap
from smocrawl.page import Hop, Link, Page
from smocrawl.platforms.base import ImageFacts
from smocrawl.review import judge
from smocrawl.spiders.scope import Scope
from smocrawl.spiders.urls import normalise
from smocrawl.store.facts import pack
from smocrawl.store.records import PageRecord, PictureRow, canonical_columns, page_record, signed

THUMB_SIDE = 640
"""Longest side in pixels of the pictures that the report embeds."""


MOST_TAGS = 200_000
"""Tags of one page; a tree of more costs hundreds of megabytes (30 kB of gzip can hold ten million)."""

LEAN_BYTES = 128 * 1024
"""Bytes that are read of a page on which a worker has died: its head and the beginning of its text."""


@frozen(kw_only=True)
class Task:
    """One answer to read."""

    url: str
    kind: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    latency: float | None = None
    truncated: bool = False
    whole_size: int | None = None
    whole: bool = True
    """Asked for to its end; False = a picture of which its head alone was asked for, and that is not unpacked."""
    hops: tuple[tuple[str, int], ...] = ()
    certificate: str | None = None
    lean: bool = False
    """The second try, after the whole page was too much."""


@frozen(kw_only=True)
class Judgement:
    """What can be said of a page by itself: the store's verdicts come later, from the whole site."""

    score: float | None
    tactics: Mapping[str, float]
    platforms: Mapping[str, float]
    findings: tuple[str, ...]
    """Checks that it missed."""


@frozen(kw_only=True)
class PageResult:
    """What one HTML page gave."""

    record: PageRecord
    title: str | None
    judgement: Judgement | None
    """None = nobody asked for it."""
    pages: tuple[tuple[str, str], ...]
    """(URL as the crawl spells it, source) of own pages that it names: link, canonical, hreflang, refresh."""
    assets: tuple[tuple[str, str, str], ...]
    """(URL, kind, role) of files that it names."""


@frozen(kw_only=True)
class AssetResult:
    """What one file gave."""

    facts: bytes | None
    thumb: bytes | None = None
    picture: PictureRow | None = None
    pages: tuple[tuple[str, str | None], ...] = ()
    """(URL, date) that a sitemap or feed lists."""
    sitemaps: tuple[str, ...] = ()
    count: int = 0


def page_of(task: Task) -> Page:
    """The facts of one HTML answer."""
    body = within(task.body[:LEAN_BYTES] if task.lean else task.body, MOST_TAGS)
    page = read_page(
        task.url,
        body,
        headers=task.headers,
        status=task.status,
        requested_url=task.hops[0][0] if task.hops else task.url,
        hops=tuple(Hop(url=url, status=status) for url, status in task.hops),
        latency=task.latency,
        truncated=task.truncated or len(body) < len(task.body),
    )
    return evolve(page, certificate=task.certificate) if task.certificate else page


def read_html(task: Task, scope: Scope, audience: Audience | None) -> PageResult:
    """The page's facts; for an *audience* a first judgement as well."""
    page = page_of(task)
    return page_result(
        page, scope, _judged(page, Context(audience=audience, own_hosts=scope.hosts)) if audience else None
    )


def page_result(page: Page, scope: Scope, judgement: Judgement | None) -> PageResult:
    own = own_links(page, scope)
    return PageResult(
        record=page_record(page, own, shareable=shareable(page, Context(own_hosts=scope.hosts))),
        title=page.title,
        judgement=judgement,
        pages=tuple(_named_pages(page, own, scope)),
        assets=tuple(dict.fromkeys(named_assets(page))),
    )


def stored_result(page: Page, record: PageRecord, scope: Scope) -> PageResult:
    """The same of a page whose rows are known."""
    return PageResult(
        record=evolve(record, columns={**record.columns, **canonical_columns(page)}),
        title=page.title,
        judgement=None,
        pages=tuple(_named_pages(page, [url for url, *_ in record.links], scope)),
        assets=tuple(dict.fromkeys(named_assets(page))),
    )


def _judged(page: Page, context: Context) -> Judgement:
    review = judge(page, context)
    return Judgement(
        score=review.score.page,
        tactics=dict(review.score.tactics),
        platforms=dict(review.score.platforms),
        findings=tuple(one.check for one in review.findings if one.outcome in (Outcome.FAILED, Outcome.WARNED)),
    )


def within(body: bytes, most: int) -> bytes:
    """*body* up to its tag number *most*."""
    if body.count(b"<") <= most:
        return body
    low, high = 0, len(body)
    while low < high:
        middle = (low + high) // 2
        if body.count(b"<", 0, middle) < most:
            low = middle + 1
        else:
            high = middle
    return body[:low]


HOST = len("https://")


def own_links(page: Page, scope: Scope) -> dict[str, list[Link]]:
    """Own URL as the crawl spells it -> the links of *page* to it."""
    own: dict[str, list[Link]] = defaultdict(list)
    elsewhere: dict[str, bool] = {}
    for link in page.links:
        # Of what leads elsewhere nobody needs to know how we would spell it; hundreds of links lead to a few hosts.
        begin = link.url[: link.url.find("/", HOST) + 1] or link.url
        if (foreign := elsewhere.get(begin)) is None:
            foreign = elsewhere[begin] = scope.is_foreign(begin)
        url = None if foreign else scope.spelled(link.url)
        if url and scope.owns(url):
            own[url].append(link)
    return own


def _named_pages(page: Page, own: Iterable[str], scope: Scope) -> Iterator[tuple[str, str]]:
    for link in own:
        yield link, "link"
    canonical = scope.spelled(page.canonical)
    if canonical:
        yield canonical, "canonical"
    named = next((one.value for one in page.declared.get("url", ()) if one.place == "og:url"), None)
    if identity := scope.spelled(named):
        # Facebook reads that page in place of this one.
        yield identity, "canonical"
    for relation in page.related("alternate"):
        if relation.hreflang and (translation := scope.spelled(relation.href)):
            yield translation, "hreflang"
    if url := scope.spelled(page.meta_refresh):
        yield url, "refresh"


IMAGES_A_PAGE = 3
"""Share images of one page that are measured: platforms show one, the first or, a few of them, the last."""


def named_assets(page: Page) -> Iterator[tuple[str, str, str]]:
    """(URL, kind, role) of the files that *page* names."""
    declared = [one.value for one in page.declared.get("image", ()) if one.place.startswith("og:image")]
    for value in (*declared[: IMAGES_A_PAGE - 1], *declared[IMAGES_A_PAGE - 1 :][-1:]):
        yield from _asset(value, "image", "og:image")
    for one in page.declared.get("image", ()):
        if one.place.startswith("twitter:image"):
            yield from _asset(one.value, "image", "twitter:image")
            break
    if page.main_entity is not None and (image := page.main_entity.url("image")):
        yield from _asset(image, "image", "schema image")
    for relation in page.related("image_src"):
        yield from _asset(relation.href, "image", "image_src")
    for icon in page.icons:
        yield from _asset(icon.url, "icon", icon.rel)
    for feed in page.feeds:
        if feed.declared:
            yield from _asset(feed.url, "feed", "feed")
    for relation in page.related("manifest"):
        yield from _asset(relation.href, "manifest", "manifest")
    for relation in page.relations:
        if relation.type in ("application/json+oembed", "text/xml+oembed", "text/json+oembed"):
            yield from _asset(relation.href, "oembed", "oembed")


def _asset(value: str, kind: str, role: str) -> Iterator[tuple[str, str, str]]:
    url = normalise(value)
    if url:
        yield url, kind, role


def read_asset(task: Task) -> AssetResult:
    """The facts of a file by its kind; a file that cannot be read gives the trouble as its facts."""
    return ASSETS[task.kind](task)


def image_facts(
    url: str, status: int | None, headers: Mapping[str, str], body: bytes, *, error: str | None = None, hops: int = 0,
    final_url: str = "", latency: float | None = None, whole_size: int | None = None,
) -> ImageFacts:  # fmt: skip
    """What the first bytes of a picture tell."""
    head = read_image_head(body)
    return ImageFacts(
        url=url,
        status=status,
        type=head.type if status == 200 else None,
        declared_type=headers.get("content-type", "").partition(";")[0].strip().lower() or None,
        size=whole_size if whole_size is not None else len(body),
        width=head.width,
        height=head.height,
        animated=head.animated,
        hops=hops,
        latency=latency,
        final_url=final_url or url,
        error=error or (None if head.type or status != 200 else "no image"),
    )


def _image(task: Task) -> AssetResult:
    facts = image_facts(
        task.url, task.status, task.headers, task.body, hops=len(task.hops), latency=task.latency,
        whole_size=task.whole_size,
    )  # fmt: skip
    if task.truncated and not task.whole and task.whole_size is None:
        # The head came, and nobody said how much there is behind it.
        facts = evolve(facts, size=None)
    complete = not task.truncated and facts.size == len(task.body) and facts.is_fine and task.kind == "image"
    digest = sha256(task.body).digest() if complete else None
    small = reduced(task.body, THUMB_SIDE) if complete and task.whole else None
    return _picture(facts, digest, small or Reduced(None, None))


def _picture(facts: ImageFacts, digest: bytes | None, small: Reduced) -> AssetResult:
    look = small.look
    return AssetResult(
        facts=pack(
            evolve(facts, sha256=digest.hex() if digest else None, dhash=f"{look.dhash:016x}" if look else None)
        ),
        thumb=small.thumb,
        picture=PictureRow(
            type=facts.type, width=facts.width, height=facts.height, size=facts.size, animated=facts.animated,
            sha256=digest, dhash=signed(look.dhash) if look else None, grey=look.grey if look else None,
        ),
    )  # fmt: skip


def _feed(task: Task) -> AssetResult:
    return feed_result(read_feed(task.body, task.url, task.headers.get("content-type", "")))


def feed_result(feed: FeedFacts) -> AssetResult:
    listed = tuple(
        (item.link, item.published.isoformat() if item.published else None) for item in feed.items if item.link
    )
    return AssetResult(facts=pack(feed), pages=_listed(listed), count=len(feed.items))


def _sitemap(task: Task) -> AssetResult:
    return sitemap_result(read_sitemap(task.body, task.url))


def sitemap_result(sitemap: SitemapFacts) -> AssetResult:
    pages = tuple((entry.url, entry.lastmod) for entry in sitemap.entries)
    children = tuple(url for url in (normalise(child.url) for child in sitemap.sitemaps) if url)
    return AssetResult(facts=pack(sitemap), pages=_listed(pages), sitemaps=children, count=len(sitemap.entries))


def _listed(pages: tuple[tuple[str, str | None], ...]) -> tuple[tuple[str, str | None], ...]:
    found: dict[str, str | None] = {}
    for url, date in pages:
        spelled = normalise(url)
        if spelled:
            found.setdefault(spelled, date)
    return tuple(found.items())


def _manifest(task: Task) -> AssetResult:
    return AssetResult(facts=pack(read_manifest(task.body, task.url)))


def _oembed(task: Task) -> AssetResult:
    return AssetResult(facts=pack(read_oembed(task.body, task.headers.get("content-type", ""))))


ASSETS: Mapping[str, Callable[[Task], AssetResult]] = {
    "image": _image, "icon": _image, "feed": _feed, "sitemap": _sitemap, "manifest": _manifest, "oembed": _oembed,
}  # fmt: skip
