"""Addresses as browsers write them: what ``new URL(written, base).href`` gives, by the URL standard's examples."""

from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smocrawl.platforms import addresses
from smocrawl.platforms.addresses import ends_in, has_host, joined, parsed

BASE = "https://example.com/shop/kettle?a=1"


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("k.png", "https://example.com/shop/k.png"),
        ("/k.png", "https://example.com/k.png"),
        ("//cdn.example.net/k.png", "https://cdn.example.net/k.png"),
        ("?b=2", "https://example.com/shop/kettle?b=2"),
        ("  HTTPS://Example.COM:443  ", "https://example.com/"),
        ("http://example.com:8080/a", "http://example.com:8080/a"),
        ("https://example.com/a b?c d#e f", "https://example.com/a%20b?c%20d#e%20f"),
        ("https://example.com/caf\u00e9", "https://example.com/caf%C3%A9"),
        ("https://b\u00fccher.example/", "https://xn--bcher-kva.example/"),
        ("https://user@example.com/", "https://user@example.com/"),
        ("https://[::1]:8080/", "https://[::1]:8080/"),
        ("https://exa\tmple.com/", "https://example.com/"),
        ("data:image/png;base64,AA", "data:image/png;base64,AA"),
        ("https://example.com/a/../b/./c", "https://example.com/b/c"),
        ("https://example.com/a/b/..", "https://example.com/a/"),
        ("https://example.com/../../a/%2e%2E/b/%2e", "https://example.com/b/"),
        ("/a/%2e%2e/b", "https://example.com/b"),
        ("https://example.com/.well-known/...", "https://example.com/.well-known/..."),
        ("https:///cdn.example.net/k.png", "https://cdn.example.net/k.png"),
        ("https:\\\\cdn.example.net/k.png", "https://cdn.example.net/k.png"),
        ("https:k.png", "https://example.com/shop/k.png"),
    ],
)
def test_an_address_is_written_as_browsers_write_it(written, whole):
    assert parsed(BASE, written) == whole


@pytest.mark.parametrize(
    "written",
    [
        "http://",
        "https://",
        "https:////",
        "https://?a",
        "https://exa mple.com/",
        "https://example.com:99999/",
        "https://[k.png",
        "https://a%b/",
    ],
)
def test_what_no_browser_parses_is_none(written):
    assert parsed(BASE, written) is None


def test_a_picture_in_its_address_is_not_remembered():
    before = addresses._parsed.cache_info().currsize
    assert parsed(BASE, "data:," + "A" * 100_000).endswith("AAA")
    assert addresses._parsed.cache_info().currsize == before


PARTS = st.text("aZ0~_.!$%&'()*+,:=@|-/", max_size=12)


@given(st.builds("{}://{}{}{}{}".format, st.sampled_from(["http", "https"]), st.sampled_from(["a.example", "b-c.d.example"]),
                 st.sampled_from(["", "/", "/a/"]), PARTS, st.one_of(st.just(""), PARTS.map("?{}".format))))  # fmt: skip
def test_what_is_taken_as_it_stands_is_what_the_long_way_gives(written):
    if addresses.PLAIN.fullmatch(written):
        assert addresses._parsed.__wrapped__(BASE, written) == written
    assert parsed(BASE, written) == addresses._parsed.__wrapped__(BASE, written)


def test_an_apostrophe_is_escaped_in_a_query_and_nowhere_else():
    assert parsed(BASE, "https://a.example/it's?it's") == "https://a.example/it's?it%27s"
    assert parsed(BASE, "/it's?it's") == "https://example.com/it's?it%27s"


@given(PARTS.map("/{}".format), st.one_of(st.just(""), PARTS.map("?{}".format)))
def test_a_path_from_the_root_leads_where_the_long_way_leads(path, query):
    written = path + query
    assert parsed(BASE, written) == addresses._parsed.__wrapped__(BASE, written)
    assert joined(BASE, written) == urljoin(BASE, written)


@pytest.mark.parametrize(
    "written", ["/..", "/../a", "/a/./b", "/.well-known/a", "/a//b", "//b.example/c", "/a;b", "/a?", "/a?b#"]
)
@pytest.mark.parametrize(
    "base", [BASE, "https://example.com:8443/a/", "https://user@example.com/", "HTTPS://EXAMPLE.com/"]
)
def test_an_address_is_joined_as_the_standard_library_joins_it(base, written):
    assert joined(base, written) == urljoin(base, written)
    assert joined(base, f"https://cdn.example{written}") == urljoin(base, f"https://cdn.example{written}")


def test_what_cannot_be_joined_is_none():
    assert joined(BASE, "https://[k.png") is None


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("https://a.example/b", True),
        ("//a.example/b", True),
        ("/b", False),
        ("mailto:a@b.example", False),
        ("https://[b", False),
    ],
)
def test_an_address_with_a_host(address, named):
    assert has_host(address) is named


@pytest.mark.parametrize(
    ("address", "is_film"),
    [
        ("https://a.example/FILM.MP4?b=1", True),
        ("/film.m\np4", True),
        ("/film.mp4/poster.png", False),
        ("/poster.png?of=film.mp4", False),
        ("https://[film.mp4", False),
    ],
)
def test_the_ending_of_a_path(address, is_film):
    assert ends_in(address, (".mp4", ".webm")) is is_film
