"""Which of a page's sources agree: what counts as the same, what is left out, and what is kept of it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from build import HOME, Built

from smocrawl import review
from smocrawl.page import Kind
from smocrawl.site.agreement import SAME, Agreement, Beside, source_of, stated

NOTHING = Beside({}, {}, {})
ADDRESS = "https://site.example/a"


def page(head: str, body: str = "<h1>Sewing on tapes</h1><p>A few words.</p>"):
    html = f"<!doctype html><html lang='en-GB'><head>{head}</head><body>{body}</body></html>"
    return review(ADDRESS, html.encode(), {"content-type": "text/html; charset=utf-8"}).page


def matrix(*pages, others=NOTHING):
    made = Agreement(others)
    for number, one in enumerate(pages):
        made.add(one, number)
    return {(row[0], row[1]): row[3:5] for _, row in made.rows()}


@pytest.mark.parametrize(
    ("field", "one", "other", "same"),
    [
        ("title", "Sewing on tapes", "Sewing on tapes – Larkfold", True),
        ("title", "Sewing on tapes", "Marbling", False),
        ("image", "https://site.example/up/cover-300x200.jpg", "https://cdn.site.example/cover.jpg?w=9", True),
        ("image", "https://site.example/cover.jpg", "https://site.example/back.jpg", False),
        ("url", "https://site.example/a/?utm_source=x", "http://site.example/a", True),
        ("url", "https://site.example/a", "https://site.example/b", False),
        ("published", "2026-11-01T23:30:00Z", "2026-11-02", True),
        ("published", "2026-11-01", "2026-11-09", False),
        ("language", "en-GB", "en_US", True),
        ("language", "de", "en", False),
    ],
)
def test_what_is_the_same(field, one, other, same):
    assert SAME[field](one, other) is same
    assert SAME[field](other, one) is same


def test_places_belong_to_sources():
    assert [source_of(place) for place in ("og:title", "article:published_time", "twitter:title", "<title>", "canonical")] == [
        "open-graph", "open-graph", "twitter", "html", "html",
    ]  # fmt: skip
    assert source_of("json-ld headline") == "json-ld"
    assert source_of("microformats published") == "microformats"
    assert source_of("first paragraph") is None


def test_the_share_tags_are_the_measure():
    agreeing = page(
        "<title>Sewing on tapes</title><meta property='og:title' content='Sewing on tapes'>"
        "<meta name='twitter:title' content='Sewing on tapes'>"
    )
    odd = page(
        "<title>Sewing on tapes</title><meta property='og:title' content='Sewing on tapes'>"
        "<meta name='twitter:title' content='Something else'>"
    )
    found = matrix(agreeing, odd)
    assert found["title", "open-graph"] == found["title", "html"] == (2, 2)
    assert found["title", "twitter"] == (2, 1)


def test_where_the_share_tags_are_silent_the_next_source_is_the_measure():
    data = '<script type="application/ld+json">{"@context":"https://schema.org","@type":"Article","headline":"Marbling"}</script>'
    found = matrix(page(f"<title>Sewing on tapes</title>{data}"))
    assert found["title", "html"] == (1, 1)
    assert found["title", "json-ld"] == (1, 0)


def test_what_is_said_once_is_not_told():
    assert ("description", "html") not in matrix(page("<title>A</title><meta name='description' content='Once.'>"))


def test_feed_sitemap_and_oembed_speak_of_the_page():
    one = page(
        "<title>Sewing on tapes</title><link rel='canonical' href='https://site.example/a'>"
        "<meta property='og:title' content='Sewing on tapes'>"
    )
    others = Beside(
        feed={"https://site.example/a": (("title", "Sewing on tapes"), ("url", ADDRESS))},
        sitemap={0: (("url", "https://site.example/b"),)},
        oembed={0: (("title", "Marbling"),)},
    )
    found = matrix(one, others=others)
    assert found["title", "feed"] == (1, 1)
    assert found["title", "oembed"] == (1, 0)
    assert found["url", "sitemap"] == (1, 0)


def test_addresses_are_no_authors_and_words_no_dates():
    one = page(
        "<title>A</title><meta property='article:author' content='https://www.facebook.com/somebody'>"
        "<meta property='article:published_time' content='soon'><meta name='author' content='Ruth Ellery'>"
    )
    said = stated(one, 1, NOTHING)
    assert "open-graph" not in said["author"]
    assert said["author"]["html"] == ["Ruth Ellery"]
    assert said["published"] == {}


def test_it_is_kept_and_told_by_a_view(tmp_path):
    store = Built(tmp_path / "crawls.sqlite")
    seen = page(
        "<title>Sewing on tapes</title><meta property='og:title' content='Sewing on tapes'>"
        "<meta name='twitter:title' content='Something else'>"
    )
    store.page("", kind=Kind.HOME)
    store.page("a", declared=seen.declared)
    store.ask()
    rows = store.database.rows("SELECT * FROM agreements WHERE field = 'title' ORDER BY source")
    assert [(row["source"], row["looked_at"], row["pages"], row["agree"], row["example"]) for row in rows] == [
        ("html", 2, 1, 1, None), ("open-graph", 2, 1, 1, None), ("twitter", 2, 1, 0, f"{HOME}a"),
    ]  # fmt: skip
    store.ask()
    assert len(store.database.rows("SELECT 1 FROM agreement WHERE field = 'title'")) == 3
