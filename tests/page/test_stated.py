"""What the head states by name, read out of whole pages."""

from __future__ import annotations

from smocrawl.extract import read_page
from smocrawl.page import Page


def page(head: str, body: str = "<h1>Harbour</h1>", **headers: str) -> Page:
    html = f"<!doctype html><html lang=en><head><title>Harbour</title>{head}</head><body>{body}</body></html>"
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return read_page("https://www.example.com/a", html.encode(), headers={"content-type": "text/html", **named})


def test_pictures_keep_the_properties_that_follow_them() -> None:
    found = page(
        '<meta property="og:image" content="https://www.example.com/1.jpg">'
        '<meta property="og:image:width" content="1200"><meta property="og:image:height" content="630 px">'
        '<meta property="og:image:alt" content="Ships">'
        '<meta property="og:image" content="https://www.example.com/2.jpg">'
        '<meta property="og:image:width" content="wide">'
    ).open_graph.images
    assert [(one.url[-5:], one.width, one.alt) for one in found] == [("1.jpg", 1200, "Ships"), ("2.jpg", None, None)]
    assert found[0].height is None
    assert found[1].offset is not None


def test_image_url_opens_a_picture_unless_it_repeats_the_address() -> None:
    same = page(
        '<meta property="og:image" content="https://e.com/1.jpg"><meta property="og:image:url" content="https://e.com/1.jpg">'
        '<meta property="og:image:type" content="image/jpeg">'
    ).open_graph.images
    assert [(one.url, dict(one.properties)) for one in same] == [
        ("https://e.com/1.jpg", {"url": "https://e.com/1.jpg", "type": "image/jpeg"})
    ]
    two = page(
        '<meta property="og:image:url" content="https://e.com/1.jpg"><meta property="og:image:url" content="https://e.com/2.jpg">'
    ).open_graph.images
    assert [one.url for one in two] == ["https://e.com/1.jpg", "https://e.com/2.jpg"]


def test_a_width_before_its_picture_is_kept_without_one() -> None:
    found = page(
        '<meta property="og:image:width" content="800"><meta property="og:image" content="https://e.com/1.jpg">'
    ).open_graph.images
    assert [(one.url, one.width) for one in found] == [("", 800), ("https://e.com/1.jpg", None)]


def test_types_have_their_own_properties() -> None:
    said = page(
        '<meta property="og:type" content="article"><meta property="article:tag" content="ships">'
        '<meta property="article:tag" content="sea"><meta name="profile:username" content="ada">'
        '<meta property="og:video" content="https://e.com/f.mp4"><meta property="og:video:type" content="video/mp4">'
    ).open_graph
    assert said.value("type") == "article"
    assert said.objects["article"]["tag"] == ("ships", "sea")
    assert said.objects["profile"]["username"] == ("ada",)
    assert said.videos[0].properties == {"type": "video/mp4"}
    assert not said.audios


def test_robots_directives_by_agent() -> None:
    found = page(
        '<meta name="robots" content="max-image-preview:large"><meta name="Googlebot" content="nosnippet">',
        x_robots_tag="noarchive, unavailable_after: 25 Jun 2030 15:00:00 GMT, bingbot: noindex, nofollow",
    ).robots_by_agent
    assert found == {
        "robots": {"max-image-preview:large", "noarchive", "unavailable_after:25jun203015:00:00gmt"},
        "googlebot": {"nosnippet"},
        "bingbot": {"noindex", "nofollow"},
    }


def test_opt_outs_name_platform_and_place() -> None:
    found = page(
        '<meta name="pinterest" content="nopin"><meta name="twitter:dnt" content="on">'
        '<meta name="robots" content="index, noimageindex"><meta name="googlebot" content="max-snippet:0">'
    ).opt_outs
    assert {(one.platform, one.directive) for one in found} == {
        ("pinterest", "nopin"),
        ("x", "dnt"),
        ("all", "noimageindex"),
        ("googlebot", "max-snippet:0"),
    }
    assert not page('<meta name="robots" content="index, follow">').opt_outs


def test_owners_and_apps_and_dublin_core() -> None:
    found = page(
        '<meta name="google-site-verification" content="abc"><meta name="google-site-verification" content="def">'
        '<meta name="p:domain_verify" content="123"><meta property="al:ios:url" content="harbour://a">'
        '<meta property="al:ios:app_name" content="Harbour"><meta property="al:web:should_fallback" content="false">'
        '<meta name="DC.creator" content="Ada Moss"><meta property="dcterms:modified" content="2026-01-02">'
    )
    assert found.verifications == {"google": ("abc", "def"), "pinterest": ("123",)}
    assert [(one.system, one.properties.get("app_name")) for one in found.app_links] == [
        ("ios", "Harbour"),
        ("web", None),
    ]
    assert found.dublin_core == {"creator": ("Ada Moss",), "modified": ("2026-01-02",)}


def test_breadcrumbs_stand_in_the_order_of_their_positions() -> None:
    trail = """<script type="application/ld+json">{"@context":"https://schema.org","@type":"BreadcrumbList",
    "itemListElement":[{"@type":"ListItem","position":2,"name":"Ships"},
    {"@type":"ListItem","position":"1","item":{"@id":"https://www.example.com/","name":"Home"}}]}</script>"""
    (found,) = page(trail).breadcrumbs
    assert [(crumb.name, crumb.url) for crumb in found] == [("Home", "https://www.example.com/"), ("Ships", None)]


def test_ratings_and_interactions_are_counted() -> None:
    found = page("""<script type="application/ld+json">{"@context":"https://schema.org","@type":"Product","name":"Rope",
    "aggregateRating":{"@type":"AggregateRating","ratingValue":"4,5","reviewCount":"1.204"}}</script>
    <script type="application/ld+json">{"@context":"https://schema.org","@type":"Article","commentCount":7,
    "interactionStatistic":[{"@type":"InteractionCounter","interactionType":"https://schema.org/LikeAction",
    "userInteractionCount":"12"},{"@type":"InteractionCounter","interactionType":{"@type":"ShareAction"},
    "userInteractionCount":"many"}]}</script>""")
    assert [(one.of, one.value, one.best, one.count) for one in found.ratings] == [("Product", 4.5, None, 1204)]
    assert [(one.sort, one.count) for one in found.interactions] == [
        ("LikeAction", 12),
        ("ShareAction", None),
        ("CommentAction", 7),
    ]
