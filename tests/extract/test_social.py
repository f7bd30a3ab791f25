"""What addresses mean to the social web."""

import json
from pathlib import Path

import pytest

from smocrawl.extract import read_page
from smocrawl.extract.social import tables
from smocrawl.extract.social.addresses import parse
from smocrawl.extract.social.meaning import embedded, read_social, recognise
from smocrawl.page import Area, Link

ADDRESSES = [
    row
    for name in ("addresses.json", "addresses_seen.json")
    for row in json.loads(Path(__file__).with_name(name).read_text("utf-8"))
]
"""[address, sort, platform, handle] of addresses as they stand on pages; a null sort = nothing, a null handle = not asked."""


@pytest.mark.parametrize(("url", "sort", "platform", "handle"), ADDRESSES, ids=[one[0] for one in ADDRESSES])
def test_addresses(url: str, sort: str | None, platform: str | None, handle: str | None) -> None:
    found = recognise(url)
    assert (found and found.sort, found and found.platform) == (sort, platform)
    if handle is not None:
        assert found is not None
        assert found.handle == handle


@pytest.mark.parametrize(
    ("url", "target"),
    [
        (
            "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fexample.com%2Fr%3Fa%3D1%26b%3D2",
            "https://example.com/r?a=1&b=2",
        ),
        ("https://twitter.com/intent/tweet?text=Roses&url=https://example.com/r", "https://example.com/r"),
        ("https://twitter.com/intent/tweet?text=Roses%20https%3A%2F%2Fexample.com%2Fr%21", "https://example.com/r"),
        ("https://wa.me/?text=Roses%0Ahttps%3A%2F%2Fexample.com%2Fr", "https://example.com/r"),
        ("whatsapp://send?text=https://example.com/r", "https://example.com/r"),
        ("mailto:?subject=Roses&body=See%20https%3A%2F%2Fexample.com%2Fr.", "https://example.com/r"),
        ("sms:?&body=https%3A%2F%2Fexample.com%2Fr", "https://example.com/r"),
        ("https://www.facebook.com/sharer.php?u=https%253A%252F%252Fexample.com%252Fr", "https://example.com/r"),
        ("https://www.linkedin.com/shareArticle?mini=true&url={url}", "{url}"),
        ("https://twitter.com/share", None),
        ("https://www.facebook.com/sharer.php?u=", None),
        ("https://blog.example.org/roses/?share=facebook&nb=1", "https://blog.example.org/roses/"),
        ("https://blog.example.org/?p=12&share=twitter", "https://blog.example.org/?p=12"),
    ],
)
def test_the_address_that_would_be_shared(url: str, target: str | None) -> None:
    found = recognise(url)
    assert found is not None
    assert found.sort == "share"
    assert found.target == target


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("https://www.linkedin.com/shareArticle?url=x", "legacy"),
        ("https://telegram.me/share/url?url=x", "legacy"),
        ("https://www.linkedin.com/sharing/share-offsite/?url=x", "current"),
        ("https://twitter.com/intent/tweet?url=x", "current"),
        ("https://plus.google.com/share?url=x", "dead"),
        ("https://getpocket.com/save?url=x", "dead"),
    ],
)
def test_state_of_share_dialogs(url: str, status: str) -> None:
    found = recognise(url)
    assert found is not None
    assert found.status == status
    assert (found.closed is not None) is (status == "dead")


def test_closed_networks_say_since_when_and_how_sure_that_is() -> None:
    found = recognise("https://plus.google.com/+Acme")
    assert found is not None
    assert (found.closed, found.confidence) == ("2019-04-02", "verified")


def test_own_pages_named_like_networks_mean_nothing() -> None:
    for url in (
        "https://example.com/facebook",
        "https://example.com/share/",
        "https://example.com/twitter.com",
        "https://fb.com.example/x",
    ):
        assert recognise(url) is None


def test_links_keep_where_they_stand() -> None:
    link = Link(
        url="https://x.com/nasa", area=Area.FOOTER, rel=("me",), label="NASA on X", icon_only=True, block="follow"
    )
    tweet = Link(url="https://twitter.com/", fragment="!/nasa", in_main=True)
    own = Link(url="https://example.com/")
    found = read_social((link, own, tweet))
    assert [(one.sort, one.handle, one.area, one.in_main) for one in found] == [
        ("profile", "nasa", Area.FOOTER, False),
        ("profile", "nasa", Area.UNKNOWN, True),
    ]
    assert (found[0].rel, found[0].label, found[0].icon_only, found[0].block) == (("me",), "NASA on X", True, "follow")


def test_embedded_content_of_networks_that_have_closed() -> None:
    assert embedded("https://vine.co/v/abc/embed/simple") == "vine"
    assert embedded("https://www.youtube.com/embed/dQw4w9WgXcQ") == "youtube"
    assert embedded("https://framatube.org/videos/embed/abc-def") == "peertube"
    assert embedded("https://videos.example.net/videos/embed/abc-def") is None
    assert embedded("about:blank") is None


@pytest.mark.parametrize(
    "url",
    ["", "   ", "#", "http://", "https:///x", "http://[::1", "https://[v1.x]/", "//", "https://.com/", "https://a..b/", "https://%00.com/",
     "https://x.com/" + "a" * 5_000, "https://facebook.com/" + "/" * 1_900, "https://facebook.com/" + "a/" * 900,
     "https://www.facebook.com/sharer.php?" + "&".join("u" for _ in range(900)), "https://l.facebook.com/l.php?u=https://l.facebook.com/l.php",
     "mailto:?" + "=" * 2_000, "https://medium.com/" + "a-" * 900, "https://example.com/?" + "&share=" * 250, "https://ok.ru/" + "a/" * 900,
     "https://isso/js/embed" + "remark42" * 200, "https://\ud800.com/"],
)  # fmt: skip
def test_odd_addresses_never_raise(url: str) -> None:
    recognise(url)


def test_every_pattern_of_the_tables_compiles_and_every_row_can_be_reached() -> None:
    for row in tables.rows("platforms"):
        for written in (*row["profile"], *row["post"]):
            tables.pattern(written)
        assert row["hosts"]
    for name in ("shares", "embeds", "feed_readers"):
        for row in tables.rows(name):
            tables.pattern(row["match"])
            assert row.get("hosts") or row.get("scheme") or row.get("anywhere"), row


def test_hosts_are_in_lower_case_and_a_shared_one_only_counts_where_a_pattern_matches() -> None:
    hosts: dict[str, list[dict]] = {}
    for row in tables.rows("platforms"):
        for host in row["hosts"]:
            assert host == host.lower()
            hosts.setdefault(host, []).append(row)
    for host, rows in hosts.items():
        assert len(rows) == 1 or all(host in row["shared_hosts"] for row in rows)
    assert recognise("https://itunes.apple.com/us/podcast/acme/id123").platform == "applepodcasts"
    assert recognise("https://itunes.apple.com/us/artist/acme/123").platform == "applemusic"
    assert recognise("https://itunes.apple.com/us/app/acme/id123456") is None


def test_locale_labels_are_taken_off_listed_hosts_only() -> None:
    assert parse("https://de-de.facebook.com/x").host == "facebook.com"
    assert parse("https://vm.tiktok.com/x").host == "vm.tiktok.com"
    assert parse("https://de.example.com/x").host == "de.example.com"
    assert parse("https://www.m.me/x").host == "m.me"


@pytest.mark.parametrize(
    ("url", "whole"),
    [
        ("https://www.example.com/a//b/?x=1", "example.com/a/b?x=1"),
        ("https://www.Example.com:80/a%20b/", "example.com/a b"),
        ("http://example.com?c=%41", "example.com/?c=%41"),
        ("http://signal.me/#p/+1", "signal.me/#p/+1"),
        ("https://example.com/#!/a?b=1", "example.com/a?b=1"),
        ("//example.com", "example.com/"),
    ],
)
def test_an_address_is_looked_up_by_host_path_and_query(url: str, whole: str) -> None:
    assert parse(url).whole == whole


@pytest.mark.parametrize(
    "url", ["https://nohost/a", "ftp://example.com/", "https://[::1/", "http://a.b/" + "c" * 3_000]
)
def test_what_is_no_address_of_the_web_is_none(url: str) -> None:
    assert parse(url) is None


def test_share_dialogs_that_a_script_opens() -> None:
    opened = "window.open('https://www.facebook.com/sharer/sharer.php?u={}', 'pop')"
    body = (
        f'<a onclick="{opened.format("https://example.com/r")}"><img src="/f.png" alt="Facebook"></a>'
        "<button onclick=\"location = 'https://wa.me/?text=' + encodeURIComponent(location.href)\">WhatsApp</button>"
        f'<button onclick="{opened.format("https://example.com/r")}">again</button>'
        '<a href="https://pinterest.com/pin/create/button/?url=https://example.com/r" onclick="track()">Pin</a>'
        "<button onclick=\"open('https://www.youtube.com/@ours')\">Channel</button>"
    )
    page = read_page("https://example.com/r", f"<!DOCTYPE html><html><body>{body}</body></html>".encode())
    shares = [(one.platform, one.target, one.label) for one in page.social]
    assert shares == [
        ("pinterest", "https://example.com/r", "Pin"),
        ("facebook", "https://example.com/r", "Facebook"),
        ("whatsapp", None, "WhatsApp"),
    ]
