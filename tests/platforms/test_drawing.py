"""What lies around the page: images, robots, offsets."""

import pytest

from smocrawl.extract import read_page
from smocrawl.platforms.base import Access, Card, ImageFacts, Nothing
from smocrawl.platforms.preview import draw
from smocrawl.registry import all_platforms

PICTURE = "https://example.com/kettle.jpg"
PAGE = f"""<!doctype html><html><head><title>Kettle</title>
<meta property="og:title" content="Kettle"><meta property="og:image" content="{PICTURE}">
<meta name="twitter:card" content="summary_large_image">
<meta property="og:description" content="Thrown by hand."></head></html>""".encode()


def card_of(platform, access=None, **facts):
    page = read_page("https://example.com/page", PAGE, headers={"Content-Type": "text/html"})
    images = {PICTURE: ImageFacts(url=PICTURE, **facts)} if facts else {}
    return draw(all_platforms()[platform], page, images=images, access=access)


def fine(width, height, size=50_000, kind="image/jpeg"):
    return {"status": 200, "type": kind, "size": size, "width": width, "height": height}


@pytest.mark.parametrize(
    ("platform", "facts", "layout", "verdicts"),
    [
        ("facebook", fine(1200, 630), "large", []),
        ("facebook", fine(500, 500), "small", ["shown-small"]),
        ("facebook", fine(150, 150), "text", ["too-small"]),
        ("facebook", fine(1200, 630, size=9_000_000), "text", ["too-heavy"]),
        ("facebook", fine(1200, 1200), "large", ["cropped"]),
        ("facebook", {"status": 404}, "text", ["unreachable"]),
        ("x", fine(1200, 600), "large", []),
        ("x", fine(200, 200), "small", ["shown-small"]),
        ("x", fine(1200, 600, kind="image/svg+xml"), "text", ["wrong-type"]),
        ("whatsapp", fine(1200, 630, size=700_000), "text", ["too-heavy"]),
        ("whatsapp", fine(1300, 300), "text", ["too-long"]),
        ("mastodon", fine(600, 800), "small", ["cropped"]),
    ],
)
def test_image(platform, facts, layout, verdicts):
    card = card_of(platform, **facts)
    assert isinstance(card, Card)
    assert card.layout == layout
    assert [one.code for one in card.verdicts] == verdicts
    assert (card.image is None) == (layout == "text")


def test_unmeasured_image_is_taken_to_be_fine():
    card = card_of("facebook")
    assert (card.image, card.layout, card.verdicts) == (PICTURE, "large", ())


def test_robots_keep_an_obedient_bot_out():
    drawn = card_of("linkedin", access=Access(bot="LinkedInBot", page=False, line=3))
    assert isinstance(drawn, Nothing)
    assert (drawn.code, drawn.detail) == ("blocked", {"bot": "LinkedInBot", "line": 3})


def test_robots_do_not_stop_one_that_never_asks():
    assert isinstance(card_of("mastodon", access=Access(bot="Mastodon", page=False)), Card)


def test_blocked_image_is_left_out():
    card = card_of("x", access=Access(bot="Twitterbot", page=True, image=False, line=2))
    assert (card.image, [one.code for one in card.verdicts]) == (None, ["blocked"])


def test_taken_says_where_and_what_was_passed_over():
    card = card_of("x")
    assert card.taken["title"].place == "og:title"
    assert card.taken["title"].passed_over == ("twitter:title",)
    assert PAGE[card.taken["title"].offset :].startswith(b'<meta property="og:title"')


def test_tags_behind_what_is_read_are_named():
    late = PAGE.replace(b"<title>", b"<style>" + b"x" * 40_000 + b"</style><title>")
    page = read_page("https://example.com/page", late, headers={"Content-Type": "text/html"})
    slack = draw(all_platforms()["slack"], page)
    assert isinstance(slack, Nothing)
    early = late.replace(b"<head>", b"<head><title>Kettle</title>")
    page = read_page("https://example.com/page", early, headers={"Content-Type": "text/html"})
    slack = draw(all_platforms()["slack"], page)
    assert [(one.about, one.code) for one in slack.verdicts] == [
        ("description", "missing"),
        ("image", "missing"),
        ("title", "too-late"),
        ("description", "too-late"),
        ("image", "too-late"),
    ]
    assert slack.verdicts[2].detail["place"] == "og:title"


def test_no_card_for_want_of_a_picture_says_what_is_wrong_with_it():
    drawn = card_of("zulip", status=404)
    assert isinstance(drawn, Nothing)
    assert (drawn.code, drawn.detail["refused"], drawn.detail["status"]) == ("no-image", "unreachable", 404)
