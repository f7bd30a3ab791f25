"""Stores in which checks of the site fail and pass. Sharing, genuine information, credit, freshness."""

from __future__ import annotations

from datetime import timedelta

from attrs import evolve
from build import HOME, NOW, at, words
from cases import articles, case, entity, feed, follow, item, og

from smocrawl.extract.files.robots import Robots
from smocrawl.page import (
    Area,
    Kind,
    Link,
    Recognised,
    Relation,
    Sharing,
    Text,
)
from smocrawl.platforms.base import ImageFacts

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


@case("organization-schema", "passed")
def _(store):
    """People have no logo."""
    person = entity("Person", name="Ada Moss", url=HOME, sameAs="https://www.linkedin.com/in/ada-moss")
    store.page("", kind=Kind.HOME, entities=(person,))


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
    """What lawyers add is no other name, nor is that of a company elsewhere."""
    full = entity("LocalBusiness", name="The Bindery of Hanover UG (haftungsbeschränkt)", alternateName="The Bindery")
    store.page("", kind=Kind.HOME, metas=og(site_name="The Bindery"), entities=(full,))


@case("publisher-identity", "not-applicable")
def _(store):
    behind = entity("Organization", name="Mill Press", url="https://mill-press.example/")
    store.page("", kind=Kind.HOME, metas=og(site_name="The Bindery"), entities=(behind,))


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


@case("trust-pages", "not-measured")
@case("organization-schema", "not-measured")
@case("profile-links-set", "not-measured")
@case("profile-fit", "not-measured")
@case("platform-kind-mix", "not-measured")
@case("subscribe-options", "not-measured")
def _(store):
    # Its links and its markup come with its scripts.
    store.page("", kind=Kind.HOME, sharing=Sharing(app_shell=True))


@case("trust-pages", "passed")
def _(store):
    store.page(
        "", kind=Kind.HOME, shown=linked(("quem-somos", "Quem somos"), ("x", "Fale conosco"), ("y", "Privacidade"))
    )


@case("trust-pages", "warned")
def _(store):
    store.page("", kind=Kind.HOME, shown=linked(("about", "About us"), ("x", "Kontakt")))


@case("trust-pages", "passed")
def _(store):
    store.page("", kind=Kind.HOME, shown=linked(("a", "Conócenos"), ("b", "Contacto"), ("c", "Términos de uso")))


@case("trust-pages", "passed")
def _(store):
    store.page("", kind=Kind.HOME, shown=linked(("ueber-uns", "Wir"), ("x", "Kontakt"), ("y", "Datenschutz")))


@case("trust-pages", "passed")
def _(store):
    write = Recognised(url="mailto:dielna@site.example", sort="contact", platform="email")
    shown = linked(("o-projekte/", "O projekte"), ("ochrana-sukromia/", "Ochrana súkromia"))
    store.page("", kind=Kind.HOME, shown=shown, social=(write,))


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


@case("sitemap-lastmod-honest", "warned")
def _(store):
    articles(store, 25, days=lambda n: 30 + 5 * n)
    store.sitemap(*(f"journal/{n}" for n in range(25)))


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


@case("sameas-visible-match", "passed")
def _(store):
    """The repository of a theme is no account of the site; the number of a channel, named twice, is no odd one."""
    channel = "UCcz6zw-3tqfxnlo7sb0ntqA"
    same = entity(
        "Organization", name="B", sameAs=("https://x.com/bindery", f"https://www.youtube.com/channel/{channel}")
    )
    social = follow("x") + follow("youtube", handle=channel) + follow("github", handle="maker-of-themes")
    store.page("", kind=Kind.HOME, social=social, entities=(same,))


@case("sameas-visible-match", "not-applicable")
def _(store):
    """Accounts that the markup of single pages gives to clients are none of the site's own."""
    store.page("", kind=Kind.HOME, social=follow("x"))
    for client in ("mill", "inn", "ferry", "quay"):
        found = entity("Hotel", name=client, sameAs=f"https://www.facebook.com/{client}")
        store.page(f"tours/{client}", entities=(found,))


@case("handle-conflict", "passed")
def _(store):
    """Those who comment sign with their own accounts."""
    reader = evolve(*follow("facebook", handle="ann", area=Area.UNKNOWN), block="comment-header")
    for path in ("", "a", "b", "c"):
        store.page(path, kind=Kind.ARTICLE if path else Kind.HOME, social=(*follow("facebook"), reader))


@case("favicon-quality", "not-applicable")
def _(store):
    """Only the icon at the root is open to robots: that it is small says nothing about the others."""
    store.page("", kind=Kind.HOME)
    store.file(
        "favicon.ico", "icon", ImageFacts(url=at("favicon.ico"), status=200, type="image/x-icon", width=16, height=16)
    )
    store.file("img/icon-192.png", "icon", None, status=None, error="robots", used_by=[""], role="icon")
