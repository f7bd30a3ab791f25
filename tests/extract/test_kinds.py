"""What a page is for: the cases in which markup misleads."""

from __future__ import annotations

import json

import pytest

from smocrawl.extract import read_page
from smocrawl.page import Kind

PROSE = "<p>" + "A sentence with enough words in it to be prose for every reader of the page. " * 20 + "</p>"
DATED = '<meta property="article:published_time" content="2026-01-02T10:00:00Z">'
OG_ARTICLE = '<meta property="og:type" content="article">'
TEASERS = (
    "<main><h1>All</h1>"
    + "".join(f"<h2><a href='/p{n}'>Post number {n}</a></h2><p>x</p>" for n in range(9))
    + "</main>"
)


def ld(data) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def kind(path: str, head: str = "", body: str = f"<main><h1>T</h1>{PROSE}</main>", title: str = "T", status: int = 200):
    markup = f"<!DOCTYPE html><html lang=en><head><title>{title}</title>{head}</head>{body}"
    return read_page(f"https://example.com{path}", markup.encode(), status=status)


NEWS = {
    "@type": "NewsArticle",
    "headline": "H",
    "datePublished": "2026-01-02",
    "author": {"@type": "Person", "name": "A"},
}
SUBSCRIPTION = {**NEWS, "isPartOf": {"@type": ["CreativeWork", "Product"], "name": "The Paper", "productID": "x:basic"}}
PRODUCT = {"@type": "Product", "name": "Chair", "offers": {"@type": "Offer", "price": "10"}}
FAQ = {
    "@type": "FAQPage",
    "mainEntity": [
        {"@type": "Question", "name": f"Q{n}", "acceptedAnswer": {"@type": "Answer", "text": "A"}} for n in range(2)
    ],
}
POST = {"@type": "BlogPosting", "headline": "FAQ"}

BUY = '<form action="/cart/add"><button type="submit">Add to cart</button></form>'
MAP_FRAME = '<main><h1>T</h1><p>From the station it is a walk of ten minutes.</p><iframe src="https://{}" width="800" height="450"></iframe></main>'
NOTICE = (
    '<div class="h-entry"><h3 class="p-name">N{}</h3><abbr class="dt-published" title="2026-01-0{}">2 May</abbr></div>'
)
NOTICES = f"<main><h1>Water</h1>{PROSE}{NOTICE.format(1, 2)}{NOTICE.format(2, 3)}</main>"
ARTICLE_OF_A_THEME = (
    f'<div itemscope itemtype="http://schema.org/Article"><div itemprop="articleBody"><h1>Score</h1>{PROSE}'
    '<p class="author">[Ann (1.1), Ben (3.2); after a song</p></div></div>'
)

LONG = (
    "What everybody ought to know about the night ferries of the north, their cabins, kitchens, libraries, and captains"
)
CARDS = "".join(f"<article><h3><a href='/p/{n}'>Part {n}</a></h3><p>About part {n}.</p></article>" for n in range(6))
HREFLANG = "".join(
    f'<link rel="alternate" hreflang="{lang}" href="https://example.com{root}/faq/">'
    for lang, root in (("en", ""), ("de", "/de"), ("fr", "/fr"))
)
LIST = {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "position": 1, "url": "/p/1"}]}

FILM = '<main><h1>T</h1><p>We were on the air.</p><iframe src="https://www.youtube.com/embed/x" width="800" height="450"></iframe></main>'
SMALL_ARCHIVE = (
    '<body class="archive category category-7 single-product-1"><main><h1>Ideas</h1><article class="hentry">'
    '<h2 class="entry-title"><a href="/one">One</a></h2><span class="author vcard"><a class="fn" href="/a">Ann</a></span>'
    f'<time class="published" datetime="2026-01-02">2 January</time><div class="entry-content">{PROSE}</div></article></main></body>'
)

REVIEW = "".join(
    f'<h2>{n}. <a rel="nofollow" href="https://shop.example/p/{n}">Lamp {n}</a></h2>{PROSE}' for n in range(1, 11)
)
FURTHER = "".join(f"<div><h2><a href='/p/{n}'>Post number {n}</a></h2></div>" for n in range(9))
ENTRIES = "".join(
    f'<li><a href="/p/{n}">Part {n} of the story</a><time datetime="2026-08-0{n}">{n} August 2026</time></li>'
    for n in range(1, 10)
)
BY_NAME = '<p class="byline">By <a rel="author" href="/ann">Ann Moss</a></p>'

CASES = {
    "a review whose headings lead to a shop": (
        ("/best-lamps/", OG_ARTICLE + DATED, f"<main><h1>T</h1>{REVIEW}</main>"),
        Kind.ARTICLE,
    ),
    "other posts below the text of a post": (
        ("/best-lamps/", OG_ARTICLE + DATED, f"<main><h1>T</h1>{PROSE}{FURTHER}</main>"),
        Kind.ARTICLE,
    ),
    "a line above the posts of a list": (
        ("/lamps/", OG_ARTICLE + DATED, f"<main><h1>T</h1><p>All about lamps.</p>{FURTHER}</main>"),
        Kind.LISTING,
    ),
    "a list of days and titles": (
        ("/everything/", "", f"<main><h1>Everything</h1>{BY_NAME}<ul>{ENTRIES}</ul>{PROSE}</main>"),
        Kind.LISTING,
    ),
    "an archive by its Italian name": (("/archivio/", "", f"<main><h1>T</h1>{BY_NAME}{PROSE}</main>"), Kind.LISTING),
    "a file in the uploads of a month": (("/wp-content/uploads/2020/07/118_AFile.html",), Kind.OTHER),
    "the box of a network's page": (
        (
            "/colours/",
            "",
            '<main><h1>T</h1><p>Colours.</p><div class="fb-page" data-href="https://www.facebook.com/lamps"></div></main>',
        ),
        Kind.OTHER,
    ),
    "a film of a network": (
        (
            "/colours/",
            "",
            '<main><h1>T</h1><p>Colours.</p><div class="fb-video" data-href="https://www.facebook.com/lamps/videos/7"></div></main>',
        ),
        Kind.VIDEO,
    ),
    "a weather map in a frame": (
        ("/weather/ayr/", "", MAP_FRAME.format("embed.windy.com/embed2.html?type=map")),
        Kind.OTHER,
    ),
    "an unknown player in a frame": (("/tune/", "", MAP_FRAME.format("cdn.example/player/7")), Kind.VIDEO),
    "a landing page with a date for machines": (
        (
            "/study-in-malta/",
            '<meta property="og:type" content="website"><meta name="citation_publication_date" content="2026-03-15">',
        ),
        Kind.OTHER,
    ),
    "a text with a date for machines": (
        ("/how-we-study/", '<meta name="citation_publication_date" content="2026-03-15">'),
        Kind.ARTICLE,
    ),
    "the way to a place": (
        (
            "/location/",
            OG_ARTICLE,
            "<main><h1>Location</h1><h3>By Public Transportation</h3><p>Take the train.</p></main>",
        ),
        Kind.OTHER,
    ),
    "the first products of a list": (
        ("/all/lamps/", ld([{**PRODUCT, "name": f"Lamp {n}", "url": f"/p/lamp-{n}"} for n in range(3)])),
        Kind.OTHER,
    ),
    "a product beside another": (
        ("/p/lamp-1", ld([{**PRODUCT, "name": f"Lamp {n}", "url": f"/p/lamp-{n}.html"} for n in range(3)])),
        Kind.PRODUCT,
    ),
    "a category by its Portuguese name": (("/categorias/casa/", ld(PRODUCT)), Kind.LISTING),
    "a page about its site": (("/about-example/", ld(NEWS)), Kind.OTHER),
    "an article about something": (("/about-roses/", ld(NEWS)), Kind.ARTICLE),
    "a form in a frame": (("/write/", "", MAP_FRAME.format("docs.google.com/forms/d/e/1/viewform")), Kind.OTHER),
    "an archive of one post whose theme calls other things single": (
        ("/category/ideas/", OG_ARTICLE, SMALL_ARCHIVE),
        Kind.LISTING,
    ),
    "a film with a line of text": (("/on-the-air/", "", FILM), Kind.VIDEO),
    "a short post with a film": (("/news/2015/08/06/on-the-air/", "", FILM), Kind.OTHER),
    "a name of three letters is no language": (("/faq/", HREFLANG), Kind.OTHER),
    "cards below an article named by the headline": (
        ("/podcast/one", ld({**NEWS, "headline": "One"}), f"<main><h1>One</h1>{PROSE}{CARDS}</main>"),
        Kind.ARTICLE,
    ),
    "cards below an article named by the beginning of a long headline": (
        ("/podcast/long", ld({**NEWS, "headline": LONG[:110]}), f"<main><h1>{LONG}</h1>{PROSE}{CARDS}</main>"),
        Kind.ARTICLE,
    ),
    "cards below a headline that the markup's article does not bear": (
        ("/podcast/all", ld({**NEWS, "headline": "One"}), f"<main><h1>All parts</h1>{PROSE}{CARDS}</main>"),
        Kind.LISTING,
    ),
    "a list beside a term": (
        ("/answers/term", ld([{"@type": "DefinedTerm", "name": "T"}, LIST])),
        Kind.OTHER,
    ),
    "subscription declared as Product": (("/news/story", ld(SUBSCRIPTION)), Kind.ARTICLE),
    "Product beside an article": (("/news/test", ld([NEWS, PRODUCT])), Kind.ARTICLE),
    "product page": (("/shop/chair", ld(PRODUCT)), Kind.PRODUCT),
    "several products": (("/shop/chairs", ld([{**PRODUCT, "name": str(n)} for n in range(5)])), Kind.LISTING),
    "og:type product": (("/shop/chair", '<meta property="og:type" content="product">'), Kind.PRODUCT),
    "og:type product.group of a collection": (
        ("/collections/chairs", '<meta property="og:type" content="product.group">'),
        Kind.LISTING,
    ),
    "og:type product.group of a product": (
        ("/products/chair", '<meta property="og:type" content="product.group">', f"{BUY}{PROSE}"),
        Kind.PRODUCT,
    ),
    "post of a blog without markup": (("/2005/06/post_173.html", "", f"<h2>Blog</h2><h3>T</h3>{PROSE}"), Kind.ARTICLE),
    "post below a folder and a day": (("/entries/2005/11/12/bilingual.html",), Kind.ARTICLE),
    "page of Yoast that names its change alone": (
        ("/natura-2000/", OG_ARTICLE + '<meta property="article:modified_time" content="2026-01-02T10:00:00Z">'),
        Kind.OTHER,
    ),
    "page with notices below": (("/water.html", "", NOTICES), Kind.OTHER),
    "post of a theme that calls all pages a blog": (
        (
            "/barcodes/",
            "",
            f'<body class="single-post" itemscope itemtype="https://schema.org/Blog"><main><h1>T</h1>{PROSE}',
        ),
        Kind.ARTICLE,
    ),
    "map on a page that tells the way": (
        ("/anfahrt/", "", MAP_FRAME.format("www.openstreetmap.org/export/embed.html")),
        Kind.OTHER,
    ),
    "button to log in on a page with little text": (
        ("/post/1", "", MAP_FRAME.format("accounts.login.example/button")),
        Kind.OTHER,
    ),
    "post of a network on a page with little text": (
        ("/chollometro", "", MAP_FRAME.format("t.me/chollometro/28542?embed=1")),
        Kind.OTHER,
    ),
    "undated post of a shop": (("/blogs/news/how-we-sew", "", f"<h1>How we sew</h1>{PROSE}"), Kind.ARTICLE),
    "blog of a shop": (("/blogs/sewing", "", f"<h1>Sewing</h1>{PROSE}"), Kind.OTHER),
    "undated post below blog": (("/blog/how-we-sew", "", f"<h1>How we sew</h1>{PROSE}"), Kind.ARTICLE),
    "player on a page with little text": (("/film/", "", MAP_FRAME.format("www.youtube.com/embed/abc")), Kind.VIDEO),
    "number of a day": (("/2005/11/12",), Kind.LISTING),
    "few words below a date": (("/2005/11/photo.html", "", "<h3>T</h3><p>My cat.</p>"), Kind.OTHER),
    "page of WordPress below a date": (
        ("/2005/11/about.html", "", f'<body class="page page-id-7">{PROSE}'),
        Kind.OTHER,
    ),
    "documentation marked as articles": (("/overview/score.html", "", ARTICLE_OF_A_THEME), Kind.OTHER),
    "dated og article": (("/blog/story", OG_ARTICLE + DATED), Kind.ARTICLE),
    "og article without date": (("/story", OG_ARTICLE), Kind.OTHER),
    "tag archive with og:type article": (("/tag/seo/", OG_ARTICLE + DATED, TEASERS), Kind.LISTING),
    "date archive with og:type article": (("/2019/04/", OG_ARTICLE + DATED), Kind.LISTING),
    "dated path of a post": (("/2019/04/17/hello-there", OG_ARTICLE + DATED), Kind.ARTICLE),
    "author archive": (("/author/ann/", OG_ARTICLE + DATED), Kind.PROFILE),
    "docs with og:type article": (("/docs/setup.html", OG_ARTICLE + DATED), Kind.DOCS),
    "docs by their maker": (("/setup", '<meta name="generator" content="Docusaurus v3">'), Kind.DOCS),
    "cart with BlogPosting": (("/cart", ld(POST) + DATED), Kind.UTILITY),
    "FAQ with BlogPosting": (("/faq", ld(POST) + DATED), Kind.OTHER),
    "second page of a list": (("/blog/page/2/", ld(NEWS)), Kind.LISTING),
    "teasers": (("/stories-of-us", "", TEASERS), Kind.LISTING),
    "home": (("/", OG_ARTICLE + DATED + ld(NEWS)), Kind.HOME),
    "home of a language": (("/en/",), Kind.HOME),
    "index file": (("/index.html",), Kind.HOME),
    "search results": (("/?s=word",), Kind.UTILITY),
    "search page": (("/search",), Kind.UTILITY),
    "not found with status 200": (("/gone", "", "<h1>Page not found</h1>", "Page not found"), Kind.UTILITY),
    "imprint": (("/impressum.html",), Kind.LEGAL),
    "privacy by title": (("/p?id=3", "", PROSE, "Privacy Policy - Shop"), Kind.LEGAL),
    "category called license": (("/categories/license/", "", TEASERS), Kind.LISTING),
    "video": (("/watch/1", ld({"@type": "VideoObject", "name": "V"})), Kind.VIDEO),
    "video in an article": (("/news/v", ld({**NEWS, "video": {"@type": "VideoObject", "name": "V"}})), Kind.ARTICLE),
    "event": (("/e/fair", ld({"@type": "Event", "name": "Fair", "startDate": "2026-01-01"})), Kind.EVENT),
    "event that its template calls an article": (
        (
            "/events/pop-up.html",
            OG_ARTICLE + DATED,
            f"<main><h1>T</h1><p>Saturday / October 20 / 9:00 AM</p>{PROSE}</main>",
        ),
        Kind.EVENT,
    ),
    "report of an event": (
        ("/events/how-it-was", OG_ARTICLE + DATED, f"<main><h1>T</h1><p>21 October 2026</p>{PROSE}</main>"),
        Kind.ARTICLE,
    ),
    "signed report of an event": (
        ("/events/how-it-was", ld(NEWS), f"<main><h1>T</h1><p>It began at 9:00 AM.</p>{PROSE}</main>"),
        Kind.ARTICLE,
    ),
    "profile page": (("/x/ann", ld({"@type": "ProfilePage", "mainEntity": {"@type": "Person"}})), Kind.PROFILE),
    "forum thread": (("/t/1", ld({"@type": "DiscussionForumPosting", "headline": "H"})), Kind.FORUM),
    "question": (("/q/1", ld({"@type": "QAPage", "mainEntity": {"@type": "Question", "name": "Q"}})), Kind.FORUM),
    "attachment of WordPress": (
        ("/photo-3", OG_ARTICLE + DATED, f"<body class='attachment single single-attachment'><h1>photo-3</h1>{PROSE}"),
        Kind.OTHER,
    ),
    "static page of WordPress": (
        ("/our-fleet", OG_ARTICLE + DATED, f"<body class='page page-id-39'><h1>T</h1>{PROSE}"),
        Kind.OTHER,
    ),
    "static page of WordPress with an Article": (
        ("/guide-to-us", OG_ARTICLE + DATED + ld(NEWS), f"<body class='page page-id-39'><h1>T</h1>{PROSE}"),
        Kind.ARTICLE,
    ),
    "type of the theme's own": (
        ("/car/carnival", OG_ARTICLE + DATED, f"<body class='single single-vehicle postid-4'><h1>T</h1>{PROSE}"),
        Kind.OTHER,
    ),
    "post of WordPress": (
        (
            "/hello",
            OG_ARTICLE + DATED,
            f"<body class='single single-post single-format-standard postid-4'><h1>T</h1>{PROSE}",
        ),
        Kind.ARTICLE,
    ),
    "second contact page": (("/contact-2/", OG_ARTICLE + DATED), Kind.OTHER),
    "few questions on a product": (("/shop/chair", ld([PRODUCT, FAQ])), Kind.PRODUCT),
    "few questions": (("/questions-we-get", ld(FAQ)), Kind.OTHER),
    "many questions": (("/questions-we-get", ld({**FAQ, "mainEntity": FAQ["mainEntity"] * 3})), Kind.OTHER),
    "post with a date alone": (
        ("/posts/lawyers.html", "", f"<main><h1>T</h1><p>21 August 2026</p>{PROSE}</main>"),
        Kind.ARTICLE,
    ),
    "page with a date alone": (
        ("/about-lawyers.html", "", f"<main><h1>T</h1><p>21 August 2026</p>{PROSE}</main>"),
        Kind.OTHER,
    ),
    "plain page": (("/contact-form",), Kind.OTHER),
}


@pytest.mark.parametrize(("page", "expected"), CASES.values(), ids=CASES)
def test_kind(page, expected):
    found = kind(*page)
    assert found.kind is expected, found.kind_evidence
    assert found.kind_evidence


def test_errors_are_utility():
    assert kind("/blog/story", OG_ARTICLE + DATED, status=404).kind is Kind.UTILITY


def test_pages_of_one_template_share_their_signature():
    first, second = kind("/blog/a", OG_ARTICLE + DATED), kind("/blog/b", OG_ARTICLE + DATED)
    other = kind("/blog/c", OG_ARTICLE + DATED, f"<header class=top>x</header><article>{PROSE}</article>")
    assert first.template == second.template != other.template
