"""For each check of the site a store in which it fails, one in which it passes, and the edges between."""

from __future__ import annotations

from datetime import timedelta

from attrs import evolve
from build import HOME, NOW, at, profile_of, words

from smocrawl.extract.feeds import FeedFacts, FeedItem
from smocrawl.extract.manifest import ManifestFacts, ManifestIcon
from smocrawl.extract.robots import Robots
from smocrawl.page import (
    Area,
    Dated,
    Embed,
    Entity,
    Feed,
    Kind,
    Link,
    Meta,
    Relation,
    Sharing,
    Text,
)
from smocrawl.platforms.base import ImageFacts
from smocrawl.registry import all_platforms

CASES = []
"""(check, outcome, store, audience)."""


def case(check, outcome, audience="general", **changes):
    def add(fill):
        CASES.append((check, outcome, fill, audience, changes))
        return fill

    return add


def dated(days, role="published"):
    moment = NOW - timedelta(days=days)
    return Dated(raw=moment.isoformat(), place="article:published_time", role=role, moment=moment)


def og(**values):
    return tuple(Meta(prop=f"og:{name}", content=value, order=n) for n, (name, value) in enumerate(values.items()))


def articles(store, number, *, days=lambda n: n, links=(), home_links=True, **facts):
    paths = [f"journal/{n}" for n in range(number)]
    store.page("", kind=Kind.HOME, links=paths if home_links else [])
    for n, path in enumerate(paths):
        store.page(path, dates=(dated(days(n)),), links=links, **facts)


def entity(*types, parent=None, **properties):
    return Entity(
        types=types,
        parent=parent,
        properties={name: value if isinstance(value, tuple) else (value,) for name, value in properties.items()},
    )


def icon(store, path="icon.png", *, rel="icon", side=(192, 192), status=200, type="image/png"):
    store.file(
        path, "icon", ImageFacts(url=at(path), status=status, type=type, width=side[0], height=side[1]),
        status=status, used_by=[""], role=rel,
    )  # fmt: skip


def feed(store, *, items=(), used_by=("",), status=200, **facts):
    facts = {
        "format": "rss",
        "title": "Journal",
        "self_link": at("feed.xml"),
        "language": "en",
        "author": "Ann",
        **facts,
    }
    store.file(
        "feed.xml", "feed", FeedFacts(url=at("feed.xml"), items=tuple(items), **facts), status=status, used_by=used_by,
        type="application/rss+xml",
    )  # fmt: skip


def item(n=0, *, days=None, link=None, **facts):
    facts = {"id": f"id-{n}", "title": f"Item {n}", "length": 500, "image": at("a.jpg"), "image_width": 800, **facts}
    moment = None if days is False else NOW - timedelta(days=n if days is None else days)
    return FeedItem(link=link or at(f"journal/{n}"), published=moment, **facts)


def follow(*platforms, handle="bindery", area=Area.FOOTER, rel=()):
    return tuple(profile_of(platform, handle, area=area, rel=rel) for platform in platforms)


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


# -- T3 -------------------------------------------------------------------------------------------


def robots(store, text):
    store.page("", kind=Kind.HOME)
    store.file("robots.txt", "robots", Robots.read(text.encode(), url=at("robots.txt")).facts)


@case("social-bots-robots", "failed")
def _(store):
    robots(store, "User-agent: LinkedInBot\nDisallow: /")


@case("social-bots-robots", "warned")
def _(store):
    robots(store, "User-agent: Pinterestbot\nDisallow: /")


@case("social-bots-robots", "failed")
def _(store):
    # One page among many of its kind is enough: a whole folder may stand behind it.
    robots(store, "User-agent: LinkedInBot\nDisallow: /shop/sale/")
    for path in ("shop/", "shop/new/", "shop/sale/"):
        store.page(path, kind=Kind.LISTING)


@case("social-bots-robots", "passed")
def _(store):
    robots(store, "User-agent: *\nDisallow: /cart")


@case("social-bots-robots", "not-measured")
def _(store):
    store.page("", kind=Kind.HOME)


# -- T4 -------------------------------------------------------------------------------------------


@case("organization-schema", "failed")
def _(store):
    store.page("", kind=Kind.HOME)


@case("organization-schema", "warned")
def _(store):
    store.page("", kind=Kind.HOME, entities=(entity("Organization", name="Bindery", url=HOME),))


COMPLETE = entity(
    "LocalBusiness", name="Bindery", url=HOME, logo=at("logo.png"), sameAs="https://www.facebook.com/bindery",
    address="1 Mill Lane", telephone="1", openingHours="Mo-Fr", geo="1,1",
)  # fmt: skip


@case("organization-schema", "passed")
@case("localbusiness-schema", "not-applicable")
@case("localbusiness-schema", "passed", "local")
def _(store):
    store.page("", kind=Kind.HOME, entities=(COMPLETE,))


@case("localbusiness-schema", "failed", "local")
def _(store):
    store.page("", kind=Kind.HOME, entities=(entity("Organization", name="Bindery"),))


@case("publisher-identity", "warned")
def _(store):
    store.page("", kind=Kind.HOME, metas=og(site_name="Mill Press"), entities=(entity("WebSite", name="Bindery"),))


@case("publisher-identity", "passed")
def _(store):
    store.page(
        "", kind=Kind.HOME, metas=og(site_name="The Bindery Ltd."), entities=(entity("WebSite", name="The Bindery"),)
    )


def linked(*named):
    return tuple(Link(url=at(path), text=text) for path, text in named)


@case("trust-pages", "failed")
def _(store):
    store.page("", kind=Kind.HOME, shown=linked(("shop", "Shop"), ("about", "About us")))


@case("trust-pages", "warned")
def _(store):
    store.page("", kind=Kind.HOME, shown=linked(("about", "About us"), ("x", "Kontakt")))


@case("trust-pages", "passed")
def _(store):
    store.page("", kind=Kind.HOME, shown=linked(("ueber-uns", "Wir"), ("x", "Kontakt"), ("y", "Datenschutz")))


# -- T5 -------------------------------------------------------------------------------------------


def signed(store, *, paged):
    for n, name in enumerate(("Ann", "Ben", "Cleo")):
        url = at(f"people/{name}")
        author = entity("Person", parent="author", name=name, url=url)
        store.page(f"journal/{n}", entities=(entity("Article", author=author),))
        if name in paged:
            store.page(f"people/{name}", kind=Kind.PROFILE, text=words(60))


@case("author-page", "failed")
def _(store):
    signed(store, paged=())


@case("author-page", "warned")
def _(store):
    signed(store, paged=("Ann",))


@case("author-page", "passed")
def _(store):
    signed(store, paged=("Ann", "Ben", "Cleo"))


@case("webmention", "failed", "developer")
@case("webmention", "not-applicable")
@case("community-links", "failed", "developer")
@case("community-links", "not-applicable", "local")
def _(store):
    store.page("", kind=Kind.HOME)


@case("webmention", "passed", "developer")
def _(store):
    store.page("", kind=Kind.HOME, relations=(Relation(rel=("webmention",), href=at("mention")),))


@case("community-links", "passed", "developer")
def _(store):
    store.page("", kind=Kind.HOME, shown=linked(("forum", "Forum")))


def visited(store, *, shown=()):
    store.page("", kind=Kind.HOME, shown=shown)
    store.page("talk", kind=Kind.FORUM)


@case("contributor-credit", "failed")
def _(store):
    visited(store)


@case("contributor-credit", "passed")
def _(store):
    visited(store, shown=linked(("thanks", "Our contributors")))


# -- T6 -------------------------------------------------------------------------------------------


@case("sitemap-lastmod-honest", "warned")
def _(store):
    articles(store, 25, days=lambda n: 30 + 5 * n)
    store.sitemap(*(f"journal/{n}" for n in range(25)), date="2026-11-20")


@case("sitemap-lastmod-honest", "passed")
def _(store):
    articles(store, 25, days=lambda n: 30 + 5 * n)
    for n in range(25):
        store.listed(f"journal/{n}", date=(NOW - timedelta(days=30 + 5 * n)).date().isoformat())


@case("feed-fresh", "warned")
def _(store):
    store.page("", kind=Kind.HOME)
    feed(store, items=[item(1, days=100)])


@case("feed-fresh", "failed")
@case("feed-fresh", "failed", "news")
def _(store):
    store.page("", kind=Kind.HOME)
    feed(store, items=[item(1, days=400)])


@case("content-aging", "failed")
@case("content-aging", "not-applicable", "news")
@case("publishing-cadence", "failed")
def _(store):
    articles(store, 20, days=lambda n: 1000 + n)


@case("copyright-year", "failed")
def _(store):
    store.page("", kind=Kind.HOME, text=Text(copyright_years=(2019, 2023)))


@case("copyright-year", "passed")
def _(store):
    store.page("", kind=Kind.HOME, text=Text(copyright_years=(2009, 2026)))


@case("copyright-year", "not-applicable")
def _(store):
    store.page("", kind=Kind.HOME)


# -- T7 -------------------------------------------------------------------------------------------


@case("profile-links-set", "failed")
@case("profile-fit", "failed")
@case("subscribe-options", "failed")
@case("platform-kind-mix", "failed")
def _(store):
    store.page("", kind=Kind.HOME)


@case("profile-links-set", "passed")
@case("profile-links-everywhere", "passed")
@case("profile-fit", "passed")
@case("handle-consistency", "passed")
@case("handle-conflict", "passed")
def _(store):
    store.page("", kind=Kind.HOME, social=follow("facebook", "instagram", "youtube"))
    store.page("a", social=follow("facebook", "instagram", "youtube"))


@case("profile-links-set", "warned")
@case("profile-fit", "warned")
@case("profile-links-everywhere", "failed")
def _(store):
    store.page("", kind=Kind.HOME, social=follow("facebook", "x"))
    store.page("b", social=follow("facebook", "x"))
    store.page("c", social=follow("facebook", "x"))
    for n in range(4):
        store.page(f"{n}")


@case("profile-fit", "passed", opt_out=("instagram",))
def _(store):
    store.page("", kind=Kind.HOME, social=follow("facebook"))


@case("sameas-visible-match", "failed")
def _(store):
    same = entity("Organization", name="B", sameAs="https://www.linkedin.com/company/bindery")
    store.page("", kind=Kind.HOME, social=follow("facebook", "x"), entities=(same,))


@case("sameas-visible-match", "passed")
def _(store):
    same = entity("Organization", name="B", sameAs=("https://x.com/bindery", "https://www.wikidata.org/wiki/Q42"))
    store.page("", kind=Kind.HOME, social=follow("x"), entities=(same,))


@case("rel-me", "failed")
def _(store):
    store.page("", kind=Kind.HOME, social=follow("mastodon"))


@case("rel-me", "passed")
def _(store):
    store.page("", kind=Kind.HOME, social=follow("mastodon", rel=("me",)))


@case("rel-me", "not-applicable")
def _(store):
    store.page("", kind=Kind.HOME, social=follow("facebook"))


@case("handle-consistency", "failed")
def _(store):
    social = follow("facebook", handle="mill") + follow("x", handle="bookart") + follow("youtube", handle="zorro")
    store.page("", kind=Kind.HOME, social=social)


@case("handle-conflict", "warned")
def _(store):
    store.page("", kind=Kind.HOME, social=follow("x", handle="old") + follow("x", handle="new"))


@case("handle-conflict", "failed")
def _(store):
    store.page("", kind=Kind.HOME, social=follow("x", handle="a") + follow("x", handle="b") + follow("x", handle="c"))


@case("platform-kind-mix", "passed")
def _(store):
    store.page("", kind=Kind.HOME, social=follow("facebook", "youtube", "telegram", "medium"))


@case("video-channel-link", "warned")
def _(store):
    store.page("", kind=Kind.HOME, embeds=(Embed(url="https://www.youtube.com/embed/x", platform="youtube"),))


@case("video-channel-link", "warned")
def _(store):
    for n in range(5):
        store.page(f"{n}", embeds=(Embed(url="https://www.youtube.com/embed/x", platform="youtube"),))


@case("video-channel-link", "passed")
def _(store):
    embeds = (Embed(url="https://www.youtube.com/embed/x", platform="youtube"),)
    store.page("", kind=Kind.HOME, embeds=embeds, social=follow("youtube"))


@case("blog-reachable", "failed")
def _(store):
    articles(store, 6, home_links=False)


@case("blog-reachable", "warned")
def _(store):
    store.page("", kind=Kind.HOME, links=[("journal/0", Area.FOOTER)])
    for n in range(6):
        store.page(f"journal/{n}")


@case("blog-reachable", "passed")
def _(store):
    paths = [f"journal/{n}" for n in range(6)]
    store.page("", kind=Kind.HOME, links=[("journal", Area.NAV)])
    store.page("journal", kind=Kind.LISTING, links=paths)
    for path in paths:
        store.page(path)


@case("subscribe-options", "warned")
def _(store):
    store.page("", kind=Kind.HOME, sharing=Sharing(newsletter_form=True))


@case("subscribe-options", "passed")
def _(store):
    visible = (Feed(url=at("feed.xml"), type="application/rss+xml", declared=False, linked=True),)
    store.page("", kind=Kind.HOME, sharing=Sharing(newsletter_form=True), feeds=visible)


@case("domain-mesh", "failed", domains=("press.example", "shop.example", "museum.example"))
@case("domain-mesh", "passed", domains=("www.press.example",))
@case("domain-mesh", "not-applicable")
def _(store):
    store.page("", kind=Kind.HOME, shown=(Link(url="https://press.example/", text="Press"),))


# -- T8 and T9 ------------------------------------------------------------------------------------


@case("template-consistency", "failed")
def _(store):
    for n in range(10):
        store.page(f"{n}", metas=og(type="article") if n % 2 else ())


@case("template-consistency", "passed")
def _(store):
    for n in range(10):
        store.page(f"{n}", metas=og(type="article"))


def titled(store, titles, **facts):
    for n, title in enumerate(titles):
        store.page(f"{n}", metas=og(title=title, description=title, image=title), **facts)


@case("og-title-unique", "failed")
@case("og-description-unique", "failed")
@case("og-image-reuse", "failed")
def _(store):
    titled(store, ["Bindery"] * 6)


@case("og-title-unique", "passed")
@case("og-description-unique", "passed")
@case("og-image-reuse", "passed")
def _(store):
    titled(store, [f"Title {n}" for n in range(6)])


@case("og-title-unique", "passed")
def _(store):
    for n, language in enumerate(("en", "de", "fr", "zh-CN", "zh-TW", "ja")):
        store.page(f"{language}/{n}", metas=og(title="Contact"), lang=language)


@case("headline-unique", "failed")
def _(store):
    for n in range(6):
        store.page(f"{n}", entities=(entity("Article", headline="News"),))


@case("headline-unique", "passed")
def _(store):
    for n in range(6):
        store.page(f"{n}", entities=(entity("Article", headline=f"News {n}"),))


@case("text-near-duplicate", "failed")
def _(store):
    for n in range(6):
        store.page(f"{n}", text=Text(words=200, simhash=(1 << 63) + (n == 3)))


@case("text-near-duplicate", "passed")
def _(store):
    for n in range(6):
        store.page(f"{n}", text=Text(words=200, simhash=(0xFFFF << (8 * n)) + 1))


@case("publishing-cadence", "warned")
def _(store):
    articles(store, 6, days=lambda n: 120 + 50 * n)
    feed(store, items=[item(n, days=40 + n, link=at(f"new/{n}")) for n in range(3)])


def spelled(store, *answers):
    """*answers*: (other spelling of /guide/, status, canonical) as it answered."""
    store.probed("variants")
    store.page("guide/", text=words(50), metas=(), title="Guide")
    text = words(50).sha1
    for path, status, canonical in answers:
        facts = {"title": "Guide", "canonical": canonical, "text": text} if status == 200 else {}
        store.probe("variants", path, about="guide/", status=status, facts=facts)


@case("url-variants-collapse", "failed")
def _(store):
    spelled(store, ("guide", 200, None), ("guide/index.html", 404, None), ("GUIDE/", 404, None))


@case("url-variants-collapse", "failed")
def _(store):
    spelled(store, ("guide", 200, at("guide")), ("guide/index.html", 404, None))


@case("url-variants-collapse", "warned")
def _(store):
    spelled(store, ("guide", 200, None), *((f"guide/{n}", 404, None) for n in range(9)))


@case("url-variants-collapse", "passed")
def _(store):
    spelled(store, ("guide", 301, None), ("guide/index.html", 200, at("guide/")), ("GUIDE/", 404, None))


@case("url-variants-collapse", "not-measured")
@case("social-bots-http", "not-measured")
@case("bot-compression", "not-measured")
@case("profile-link-alive", "not-measured")
@case("profile-link-back", "not-measured")
def _(store):
    store.page("")


AGENTS = {name: all_platforms()[name].bot.agent for name in ("facebook", "whatsapp", "x")}
CARD = {"tags": {"og:title": "Bindery", "og:image": "https://site.example/a.jpg?v=1"}, "title": "Bindery", "wall": None}


def bots_are_given(store, **answers):
    """*answers*: by platform the status, and what else differs from what a browser is given."""
    store.probed("bots")
    store.page("", kind=Kind.HOME)
    store.probe("bots", "", about="", agent="Mozilla", status=200, facts=CARD, coding="gzip", size=30_000)
    for name, agent in AGENTS.items():
        answer = {"status": 200, "facts": CARD, "coding": "gzip", "size": 30_000, **answers.get(name, {})}
        store.probe("bots", "", about="", agent=agent, **answer)


@case("social-bots-http", "failed")
def _(store):
    bots_are_given(store, whatsapp={"status": 403, "facts": {}})


@case("social-bots-http", "warned")
def _(store):
    bots_are_given(store, facebook={"status": 403, "facts": {}})


@case("social-bots-http", "warned")
def _(store):
    bots_are_given(store, x={"facts": {"tags": {"og:title": "Just a moment"}, "wall": "challenge"}})


@case("social-bots-http", "warned")
def _(store):
    bots_are_given(store, x={"facts": {"tags": {"og:title": "Bindery"}, "wall": None}})


@case("social-bots-http", "passed")
@case("bot-compression", "passed")
def _(store):
    signed = {"og:title": "Bindery", "og:image": "https://site.example/a.jpg?v=2"}
    bots_are_given(store, x={"facts": {**CARD, "tags": signed}, "coding": "deflate"})


@case("bot-compression", "failed")
def _(store):
    bots_are_given(store, facebook={"coding": "br"})


@case("bot-compression", "failed")
def _(store):
    bots_are_given(store, **{name: {"coding": None, "size": 100_000} for name in AGENTS})


@case("bot-compression", "warned")
def _(store):
    bots_are_given(store, **{name: {"coding": None, "size": 99_999} for name in AGENTS})


def accounts_answer(store, **answers):
    store.probed("profiles")
    own = {
        "mastodon": "https://social.example/@bindery",
        "github": "https://github.com/bindery",
        "x": "https://x.com/b",
    }
    social = tuple(evolve(profile_of(name, url.rpartition("/")[2].lstrip("@")), url=url) for name, url in own.items())
    for n in range(3):
        store.page(f"{n}", social=social)
    for name, answer in answers.items():
        store.probe("profiles", f"https://api.example/{name}", about=own[name], **answer)


@case("profile-link-alive", "failed")
def _(store):
    accounts_answer(store, mastodon={"status": 404}, github={"status": 200})


@case("profile-link-alive", "failed")
def _(store):
    accounts_answer(store, github={"status": 200, "facts": {"not_found": True}})


@case("profile-link-alive", "warned")
def _(store):
    accounts_answer(store, github={"status": 200, "target": "https://github.com/folder", "hops": 1})


@case("profile-link-alive", "passed")
@case("profile-link-back", "passed")
def _(store):
    moved = {"status": 200, "target": "https://github.com/Bindery", "hops": 1, "facts": {"links_back": True}}
    accounts_answer(store, mastodon={"status": 403}, github=moved, x={"status": 404})


@case("profile-link-back", "failed")
def _(store):
    accounts_answer(store, mastodon={"status": 200, "facts": {"links_back": False}})


@case("profile-link-back", "warned")
def _(store):
    accounts_answer(
        store,
        mastodon={"status": 200, "facts": {"links_back": False}},
        github={"status": 200, "facts": {"links_back": True}},
    )


@case("profile-link-back", "not-applicable")
def _(store):
    accounts_answer(store, mastodon={"status": 404}, github={"error": "timeout after 0 bytes"})
