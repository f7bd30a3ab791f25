"""The public functions: what one platform draws of one response, and why it draws nothing."""

import struct

import pytest

import smocrawl
from smocrawl import preview, why_nothing
from smocrawl.registry import all_platforms

HTML = {"Content-Type": "text/html; charset=utf-8"}
PICTURE = "https://example.com/kettle.png"
PAGE = f'<title>Kettle</title><meta property="og:title" content="Kettle"><meta property="og:image" content="{PICTURE}">'
CONTRACT = [
    "facebook",
    "instagram",
    "threads",
    "messenger",
    "whatsapp",
    "x",
    "linkedin",
    "pinterest",
    "reddit",
    "slack",
    "discord",
    "telegram",
    "apple-messages",
    "teams",
    "google-discover",
    "google-messages",
    "bluesky",
    "mastodon",
    "misskey",
    "pleroma",
    "lemmy",
    "friendica",
    "diaspora",
    "matrix",
    "signal",
    "zulip",
    "mattermost",
    "rocketchat",
    "discourse",
    "nextcloud",
    "revolt",
    "wordpress",
    "ghost",
    "kakaotalk",
    "line",
    "flipboard",
    "feed-reader",
]


def png(width, height):
    """As much of a PNG as tells its size."""
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBB", 13, b"IHDR", width, height, 8, 2, 0, 0, 0) + bytes(40)


def served(picture, status=200, **headers):
    return {PICTURE: (status, {"Content-Type": "image/png", "Content-Length": str(len(picture))} | headers, picture)}


def test_every_platform_of_the_contract_is_there():
    assert sorted(all_platforms()) == sorted(CONTRACT), "a new platform's id is added to CONTRACT, and stays there"


@pytest.mark.parametrize("platform", CONTRACT)
def test_every_platform_answers_for_any_page(platform):
    for body in (b"", b"\x00\xff", PAGE.encode(), b"<meta property='og:title'><link rel=canonical href='http://[x'>"):
        card = preview(platform, "https://example.com/page", body, HTML)
        reason = why_nothing(platform, "https://example.com/page", body, HTML)
        assert (card is None) != (reason is None)


def test_unknown_platform_is_refused_by_name():
    with pytest.raises(ValueError, match="'orkut'"):
        preview("orkut", "https://example.com/", b"")


def test_why_nothing():
    assert why_nothing("facebook", "https://example.com/", PAGE.encode(), HTML) is None
    assert why_nothing("facebook", "https://example.com/", PAGE.encode(), HTML, 404).code == "status"
    assert why_nothing("signal", "http://example.com/", PAGE.encode(), HTML).code == "not-https"


@pytest.mark.parametrize(
    ("size", "layout"), [((300, 250), "large"), ((300, 300), "small"), ((150, 100), "small"), ((0, 0), "small")]
)
def test_size_of_a_served_picture_decides_signal_layout(size, layout):
    card = preview("signal", "https://example.com/", PAGE.encode(), HTML, resources=served(png(*size)))
    assert (card.image, card.layout) == (PICTURE, layout)


@pytest.mark.parametrize(
    "answer",
    [
        served(png(300, 250), status=404),
        served(png(300, 250), **{"Content-Type": "image/svg+xml"}),
        served(png(300, 250), **{"Content-Length": "2000000"}),
        served(png(300, 250), **{"Content-Length": "3"}),
    ],
)
def test_a_refused_picture_leaves_the_card(answer):
    card = preview("signal", "https://example.com/", PAGE.encode(), HTML, resources=answer)
    assert (card.title, card.image, card.layout) == ("Kettle", None, "text")
    assert card.verdicts[0].about == "image"


def test_charset_is_the_platform_s_own():
    body = '<meta charset="utf-8"><title>Чайник</title>'.encode()
    headers = {"Content-Type": "text/html; charset=iso-8859-1"}
    assert preview("matrix", "https://example.com/", body, headers).title == "Чайник"
    assert preview("mastodon", "https://example.com/", body, headers).title == "Чайник"
    assert preview("facebook", "https://example.com/", body, headers).title != "Чайник"


def test_names_are_public():
    assert smocrawl.preview is preview
    assert smocrawl.why_nothing is why_nothing
