"""Stores in which checks of the site fail and pass. Linkability and bookmarks."""

from __future__ import annotations

from build import HOME, at, words
from cases import articles, case, dated, feed, icon, item, og

from smocrawl.extract.files.feed_texts import Relative
from smocrawl.extract.files.feeds import FeedFacts
from smocrawl.extract.files.manifest import ManifestFacts, ManifestIcon
from smocrawl.page import (
    Area,
    Feed,
    Kind,
    Relation,
)
from smocrawl.platforms.base import ImageFacts

# -- T1 -------------------------------------------------------------------------------------------


@case("orphan-pages", "failed")
def _(store):
    store.page("", kind=Kind.HOME, links=["a"])
    store.page("a")
    store.page("alone")
    store.sitemap("", "a", "alone")


@case("orphan-pages", "passed")
def _(store):
    store.page("", kind=Kind.HOME, links=[("a", Area.FOOTER)])
    store.page("a")
    store.sitemap("", "a")


@case("orphan-pages", "not-measured")
def _(store):
    store.page("", kind=Kind.HOME)
    store.page("alone")
    store.sitemap("alone")
    store.want("unread")


def guides(store, *, topics):
    paths = [f"guide/{n}" for n in range(40)]
    store.page("", kind=Kind.HOME, links=paths)
    for path in paths:
        store.page(path)
    for n in range(topics):
        store.page(f"topic/{n}", kind=Kind.LISTING, links=paths[:6], metas=og(description="What there is to know."))


@case("hub-pages", "failed")
def _(store):
    guides(store, topics=0)


@case("hub-pages", "warned")
def _(store):
    guides(store, topics=1)


@case("hub-pages", "passed")
def _(store):
    guides(store, topics=2)


@case("hub-pages", "failed")
def _(store):
    """Four others and itself are not five."""
    guides(store, topics=0)
    store.page("about", kind=Kind.OTHER)
    links = ["topic", "about", *(f"guide/{n}" for n in range(4))]
    store.page("topic", kind=Kind.DOCS, links=links, metas=og(description="What there is to know."))


@case("hub-pages", "not-applicable")
def _(store):
    store.page("", kind=Kind.HOME)


@case("linkable-assets", "failed")
def _(store):
    for n in range(30):
        store.page(f"shop/{n}", kind=Kind.PRODUCT)


@case("linkable-assets", "passed")
def _(store):
    for n in range(30):
        store.page(f"{n}", kind=Kind.ARTICLE if n % 3 == 0 else Kind.PRODUCT)


@case("linkable-assets", "passed")
def _(store):
    """Posts that nothing marks as such are known by their length."""
    for n in range(30):
        store.page(f"{n}", kind=Kind.OTHER, text=words(400 if n % 3 == 0 else 40, start=n))


@case("pdf-without-page", "failed")
def _(store):
    store.page("downloads", links=[f"file-{n}.pdf" for n in range(12)], shown_links=True, text=words(400))


@case("pdf-without-page", "passed")
def _(store):
    store.page("catalogue", links=["catalogue.pdf"], shown_links=True, text=words(120))


@case("sitemap-coverage", "failed")
def _(store):
    store.page("", kind=Kind.HOME)
    store.page("a")
    store.sitemap("")


@case("sitemap-coverage", "passed")
def _(store):
    store.page("", kind=Kind.HOME)
    store.page("a")
    # A stub that sends its visitors on belongs into no sitemap.
    store.page("old", meta_refresh=at("a"))
    store.sitemap("", "a")


@case("sitemap-coverage", "passed")
def _(store):
    store.page("", kind=Kind.HOME)
    # The server adds the last slash that page and sitemap leave out.
    for name in ("a", "b"):
        store.page(f"{name}/", relations=(Relation(rel=("canonical",), href=at(name)),))
    store.sitemap("", "a", "b")


# -- T2 -------------------------------------------------------------------------------------------


@case("favicon-present", "failed")
def _(store):
    store.page("", kind=Kind.HOME)
    icon(store, status=404, type=None)


@case("favicon-present", "passed")
@case("favicon-quality", "passed")
def _(store):
    store.page("", kind=Kind.HOME)
    icon(store)


@case("favicon-present", "not-applicable")
def _(store):
    store.page("", kind=Kind.HOME)
    # The site's rules keep us from its icon: others may well see it.
    store.file("icon.png", "icon", status=None, error="robots", used_by=[""], role="icon")
    store.file("favicon.ico", "icon", ImageFacts(url=at("favicon.ico"), status=404), status=404)


@case("favicon-present", "warned")
def _(store):
    store.page("", kind=Kind.HOME)
    store.file(
        "favicon.ico", "icon", ImageFacts(url=at("favicon.ico"), status=200, type="image/x-icon", width=32, height=32)
    )


@case("favicon-quality", "failed")
def _(store):
    store.page("", kind=Kind.HOME)
    icon(store, side=(200, 100))


@case("favicon-quality", "warned")
def _(store):
    store.page("", kind=Kind.HOME)
    icon(store, side=(32, 32))


@case("favicon-quality", "passed")
def _(store):
    store.page("", kind=Kind.HOME)
    icon(store, side=(16, 16))
    icon(store, "icon.svg", side=(None, None), type="image/svg+xml")


@case("touch-icon", "failed")
def _(store):
    store.page("", kind=Kind.HOME)


@case("touch-icon", "warned")
def _(store):
    store.page("", kind=Kind.HOME)
    icon(store, "touch.png", rel="apple-touch-icon", side=(152, 152))


@case("touch-icon", "passed")
def _(store):
    store.page("", kind=Kind.HOME)
    icon(store, "touch.png", rel="apple-touch-icon", side=(180, 180))


def manifest(store, *, status=200, **facts):
    store.page("", kind=Kind.HOME)
    store.file("m.json", "manifest", ManifestFacts(url=at("m.json"), **facts), status=status, used_by=[""])


@case("manifest", "failed")
def _(store):
    manifest(store, status=404)


@case("manifest", "warned")
def _(store):
    manifest(store, name="Bindery", start_url=HOME)


@case("manifest", "passed")
def _(store):
    icons = tuple(ManifestIcon(url=at(f"{side}.png"), sizes=((side, side),)) for side in (192, 512))
    manifest(store, name="Bindery", start_url=HOME, icons=icons)


@case("manifest", "not-applicable")
def _(store):
    store.page("", kind=Kind.HOME)


@case("manifest", "warned", "visual")
def _(store):
    store.page("", kind=Kind.HOME)


NAMED = (Feed(url=at("feed.xml"), type="application/rss+xml"),)


@case("feed-autodiscovery", "failed")
def _(store):
    articles(store, 6)


@case("feed-autodiscovery", "passed")
def _(store):
    store.page("", kind=Kind.HOME, feeds=NAMED)
    store.page("journal", kind=Kind.LISTING, feeds=NAMED)
    for n in range(6):
        store.page(f"journal/{n}", dates=(dated(n),))


@case("feed-autodiscovery", "warned")
def _(store):
    store.page("", kind=Kind.HOME, feeds=NAMED)
    store.page("journal", kind=Kind.LISTING)
    for n in range(6):
        store.page(f"journal/{n}", dates=(dated(n),))


@case("feed-autodiscovery", "failed")
def _(store):
    comments = (Feed(url=at("comments/feed"), type="application/rss+xml", title="Comments"),)
    store.page("", kind=Kind.HOME, feeds=comments)
    for n in range(6):
        store.page(f"journal/{n}", dates=(dated(n),))


@case("feed-autodiscovery", "failed")
def _(store):
    """A misspelt type is told as one; XML of another kind is no feed."""
    spelt = [("sitemap.xml", "text/xml"), ("feed.xml", "application/rss")]
    relations = tuple(Relation(rel=("alternate",), href=at(path), type=said) for path, said in spelt)
    store.page("", kind=Kind.HOME, relations=relations)
    for n in range(6):
        store.page(f"journal/{n}", dates=(dated(n),))


@case("feed-valid", "failed")
def _(store):
    store.page("", kind=Kind.HOME)
    feed(store, status=404)


@case("feed-valid", "failed")
def _(store):
    store.page("", kind=Kind.HOME)
    feed(store, format="unknown", well_formed=False)


@case("feed-valid", "not-applicable")
def _(store):
    store.page("", kind=Kind.HOME)
    store.page("journal/1/")
    store.file("journal/1/feed/", "feed", FeedFacts(url=at("journal/1/feed/")), status=404, used_by=["journal/1/"])


@case("feed-valid", "warned")
def _(store):
    store.page("", kind=Kind.HOME)
    feed(store, missing=("channel description",))


@case("feed-valid", "passed")
@case("feed-identity", "passed")
@case("feed-content", "passed")
@case("feed-images", "passed")
@case("feed-addresses-absolute", "passed")
@case("feed-dates", "passed")
@case("feed-fresh", "passed")
def _(store):
    store.page("", kind=Kind.HOME)
    feed(store, items=[item(n) for n in range(20)])


@case("feed-identity", "failed")
def _(store):
    store.page("", kind=Kind.HOME)
    feed(store, items=[item(n, id="same") for n in range(3)])


@case("feed-identity", "warned")
def _(store):
    store.page("", kind=Kind.HOME)
    feed(store, items=[item(1)], language=None)


@case("feed-content", "failed")
@case("feed-images", "failed")
@case("feed-dates", "failed")
def _(store):
    store.page("", kind=Kind.HOME)
    feed(store, items=[item(n, days=False, length=80, image=None) for n in range(4)])


@case("feed-addresses-absolute", "failed")
def _(store):
    short = Relative(addresses=3, pictures=1, example="/img/mill.jpg")
    store.page("", kind=Kind.HOME)
    feed(store, items=[item(0), item(1, relative=short)])


@case("feed-addresses-absolute", "warned")
def _(store):
    store.page("", kind=Kind.HOME)
    feed(store, items=[*(item(n) for n in range(19)), item(19, relative=Relative(addresses=1, example="/about/"))])


@case("feed-images", "not-applicable", "developer")
def _(store):
    store.page("", kind=Kind.HOME)
    feed(store, items=[item(n, image=None) for n in range(4)])


@case("feed-dates", "failed")
def _(store):
    store.page("", kind=Kind.HOME)
    feed(store, items=[item(n, days=-3) for n in range(4)])


@case("feed-size", "failed")
def _(store):
    articles(store, 20)
    feed(store, items=[item(n) for n in range(5)])


@case("feed-size", "passed")
@case("feed-matches-site", "passed")
@case("feed-items-canonical", "passed")
@case("blog-reachable", "passed")
@case("publishing-cadence", "passed")
@case("content-aging", "passed")
def _(store):
    articles(store, 20, days=lambda n: 2 + n)
    feed(store, items=[item(n, days=2 + n) for n in range(20)])


@case("feed-matches-site", "passed")
@case("feed-items-canonical", "passed")
@case("sitemap-coverage", "passed")
def _(store):
    # WordPress writes escapes small, the crawl stores them in capitals.
    small, large = "journal/%e6%8a%80-{}/", "journal/%E6%8A%80-{}/"
    for n in range(6):
        canonical = Relation(rel=("canonical",), href=at(small.format(n)))
        store.page(large.format(n), dates=(dated(2 + n),), relations=(canonical,))
    feed(store, items=[item(n, link=at(small.format(n)), days=2 + n) for n in range(6)])
    store.sitemap(*(large.format(n) for n in range(6)))


@case("feed-items-canonical", "failed")
def _(store):
    articles(store, 6)
    for n in range(4):
        store.redirect(f"go/{n}", f"journal/{n}")
    feed(store, items=[item(n, link=at(f"go/{n}")) for n in range(4)])


@case("feed-matches-site", "failed")
def _(store):
    articles(store, 8, days=lambda n: 2 + n)
    feed(store, items=[item(n) for n in range(6, 8)])
