"""Where networks answer for accounts and embedded items."""

from __future__ import annotations

import pytest

from smocrawl.extract.social import tables
from smocrawl.extract.social.lookups import account_of, item_of
from smocrawl.page import Embed


@pytest.mark.parametrize(
    ("platform", "embedded", "address"),
    [
        (
            "youtube",
            "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ?start=3",
            "https://www.youtube.com/oembed?format=json&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3Daqz-KE-bpKQ",
        ),
        (
            "vimeo",
            "https://player.vimeo.com/video/76979871?h=1",
            "https://vimeo.com/api/oembed.json?url=https%3A%2F%2Fvimeo.com%2F76979871",
        ),
        (
            "x",
            "https://twitter.com/jack/status/20",
            "https://publish.twitter.com/oembed?omit_script=1&url=https%3A%2F%2Ftwitter.com%2Fjack%2Fstatus%2F20",
        ),
        (
            "codepen",
            "https://codepen.io/team/embed/preview/PNaGbb?height=300",
            "https://codepen.io/api/oembed?format=json&url=https%3A%2F%2Fcodepen.io%2Fteam%2Fpen%2FPNaGbb",
        ),
        ("youtube", "https://www.youtube.com/embed/videoseries?list=PL1", None),
        ("instagram", "https://www.instagram.com/p/abc/embed", None),
        ("youtube", "https://[broken", None),
        (None, "https://maps.example/embed", None),
    ],
)
def test_an_embedded_item_has_one_address_that_answers_for_it(platform, embedded, address):
    lookup = item_of(Embed(url=embedded, platform=platform))
    assert (lookup.address if lookup else None) == address


def test_accounts_behind_a_wall_are_never_asked():
    assert account_of("facebook", "bindery", "https://www.facebook.com/bindery") is None


def test_an_account_answers_itself_or_through_the_network():
    mastodon = account_of("mastodon", "bindery", "https://social.example/@bindery")
    assert mastodon.address == "https://social.example/api/v1/accounts/lookup?acct=bindery"
    github = account_of("github", "bindery", "https://github.com/bindery")
    assert (github.address, github.shows_links) == ("https://github.com/bindery", True)
    unknown = account_of("vimeo", "bindery", "https://vimeo.com/bindery")
    assert (unknown.address, unknown.shows_links) == ("https://vimeo.com/bindery", False)


def test_the_table_names_networks_that_are_known():
    known = {row["id"] for row in tables.rows("platforms")}
    assert {row["platform"] for row in tables.rows("lookups")} <= known
    for row in tables.rows("lookups"):
        if "oembed" in row:
            tables.pattern(row["item"])
            assert row["gone"]
            assert row["source"].startswith("https://")
