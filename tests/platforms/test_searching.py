"""Platforms that read alike look once; nobody takes over what another platform alone may see."""

import pytest
from casefile import case_files, parts
from test_drawing import PAGE

from smocrawl.extract import read_page
from smocrawl.platforms.base import Card
from smocrawl.platforms.places import og
from smocrawl.platforms.preview import draw
from smocrawl.platforms.reading import Resources, Sight
from smocrawl.platforms.searching import Search, Seen, searches
from smocrawl.registry import all_platforms

URL = "https://example.com/page"
HTML = {"Content-Type": "text/html; charset=utf-8"}


def searched(platform):
    return dict(searches(all_platforms()[platform], limited=False))


@pytest.mark.parametrize("file", case_files()[::25], ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_a_card_is_the_same_whoever_looked_before(file):
    _, _, body = parts(file)
    page = read_page(URL, body, headers=HTML)
    seen = Seen(page)
    for platform in all_platforms().values():
        assert draw(platform, page, seen=seen) == draw(platform, page), platform.id


def test_platforms_that_read_alike_share_a_search():
    assert og("title") is og("title")
    assert searched("line")["title"] is searched("linkedin")["title"]


def test_platforms_that_look_for_the_same_share_all_that_they_find():
    page = read_page(URL, PAGE, headers=HTML)
    seen = Seen(page)
    facebook, messenger, line = (
        draw(all_platforms()[name], page, seen=seen) for name in ("facebook", "messenger", "line")
    )
    assert facebook.taken is messenger.taken
    assert facebook.taken is not line.taken


def test_other_rules_for_a_tag_make_another_search():
    assert searched("line")["title"] is not searched("mastodon")["title"]
    assert searched("whatsapp")["title"] is not searched("line")["title"], "it reads head only"


def test_a_limit_counts_only_where_the_page_is_longer():
    def title(size):
        filling = b"<!--" + b"x" * size + b"-->"
        page = read_page(URL, b"<html><head><title>Plain</title>" + filling + PAGE, headers=HTML)
        seen = Seen(page)
        cards = {name: draw(all_platforms()[name], page, seen=seen) for name in ("line", "slack", "google-messages")}
        assert all(isinstance(card, Card) for card in cards.values())
        return {card.title for card in cards.values()}

    assert title(10_000) == {"Kettle"}
    assert title(100_000) == {"Plain", "Kettle"}


@pytest.mark.parametrize(
    "tag",
    [
        '<meta property="og:title" content="Kettle">',
        '<meta name="og:title" content="Kettle">',
        '<meta itemprop="og:title" content="Kettle">',
        '<meta property="OG:Title" content="Kettle">',
        '<meta property=" og:title " content="Kettle">',
        '<meta property="og:title" content=" Kettle ">',
        '<meta property="og:title" content="   ">',
        '<meta property="og:title" content="">',
        '<meta property="og:title">',
        '<meta property="og:title" name="title" content="Kettle">',
        '<meta property="og:title" name="og:title" content="Kettle">',
        '<meta property="og:title" content="One"><meta property="og:title" content="Two">',
        '<body><meta property="og:title" content="Kettle">',
    ],
)
def test_a_plain_tag_is_read_no_differently_by_the_short_way(tag):
    page = read_page(URL, f"<!doctype html><head><title>Plain</title>{tag}".encode(), headers=HTML)
    for platform in all_platforms().values():
        search = dict(searches(platform, limited=False)).get("title")
        if search is not None:
            long_way = Search(tuple((*place[:3], ()) for place in search.places), search.empty_wins)
            sight = Sight(page, platform.reading)
            page.__dict__["plain_metas"] = {}
            expected = long_way.run(sight)
            del page.__dict__["plain_metas"]
            assert search.run(Sight(page, platform.reading)) == expected, platform.id


def test_a_page_that_is_read_instead_keeps_its_finds_to_itself():
    named = b'<!doctype html><meta property="og:title" content="Other page">'
    page = read_page(URL, PAGE.replace(b"<head>", b'<head><meta property="og:url" content="/other">'), headers=HTML)

    class Reachable(Resources):
        def page(self, url, reading):
            return read_page(url, named, headers=HTML)

    seen = Seen(page)
    assert draw(all_platforms()["facebook"], page, resources=Reachable(), seen=seen).title == "Other page"
    assert draw(all_platforms()["telegram"], page, resources=Reachable(), seen=seen).title == "Kettle"
