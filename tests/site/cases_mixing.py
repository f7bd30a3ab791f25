"""Stores in which checks of the site fail and pass. Networks, audiences, originality."""

from __future__ import annotations

from build import at
from cases import articles, case, entity, feed, follow, item, og

from smocrawl.page import (
    Area,
    Embed,
    Feed,
    Kind,
    Link,
    Recognised,
    Sharing,
    Text,
)

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


@case("sameas-visible-match", "passed")
def _(store):
    """Buttons to listen stand in the main text of one page."""
    same = entity("PodcastSeries", name="B", sameAs=("https://x.com/bindery", "https://www.youtube.com/@bindery"))
    button = Recognised(
        url="https://www.youtube.com/@bindery", sort="profile", platform="youtube", handle="bindery", in_main=True
    )
    host = entity("Person", name="Host", sameAs="https://www.instagram.com/host")
    store.page("", kind=Kind.HOME, social=(*follow("x"), button), entities=(same, host))


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


@case("handle-consistency", "not-applicable")
@case("handle-conflict", "passed")
def _(store):
    """Each show of a publisher has an address of its own, and most are numbers."""
    social = follow("spotify", handle="4wzwux2rtemloc8or1fpnn") + follow("spotify", handle="5jtjtkan8h08jnl5yodj0y")
    social += follow("spreaker", handle="oddball") + follow("spreaker", handle="voidcast") + follow("x", handle="mill")
    store.page("", kind=Kind.HOME, social=social)


@case("handle-consistency", "not-applicable")
@case("handle-conflict", "not-applicable")
@case("sameas-visible-match", "not-applicable")
def _(store):
    """Numbers are no names (the profile may bear one beside), and articles of an encyclopedia are no accounts."""
    same = entity("Organization", name="B", sameAs="https://www.facebook.com/profile.php?id=100064000000001")
    social = follow("whatsapp", handle="2972802828") + follow("whatsapp", handle="2975878850")
    social += follow("wikipedia", handle="bookbinding") + follow("wikipedia", handle="mill")
    social += follow("facebook", handle="100064000000001") + follow("youtube", handle="uccz6zw-3tqfxnlo7sb0ntqa")
    store.page("", kind=Kind.HOME, social=social, entities=(same,))


@case("handle-consistency", "passed")
def _(store):
    """Facebook appends a number to the name of a page that has none of its own."""
    social = follow("facebook", handle="mill-339459523075217") + follow("x", "youtube", handle="mill")
    store.page("", kind=Kind.HOME, social=social)


@case("handle-conflict", "failed")
def _(store):
    store.page("", kind=Kind.HOME, social=follow("x", handle="a") + follow("x", handle="b") + follow("x", handle="c"))


@case("platform-kind-mix", "passed")
def _(store):
    store.page("", kind=Kind.HOME, social=follow("facebook", "youtube", "telegram", "medium"))


@case("video-channel-link", "passed")
def _(store):
    """One film may be anybody's."""
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
