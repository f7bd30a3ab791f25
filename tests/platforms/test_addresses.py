"""Addresses as browsers write them: what ``new URL(written, base).href`` gives, by the URL standard's examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smocrawl.platforms.addresses import parsed

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
    ],
)
def test_an_address_is_written_as_browsers_write_it(written, whole):
    assert parsed(BASE, written) == whole


@pytest.mark.parametrize(
    "written", ["http://", "https://exa mple.com/", "https://example.com:99999/", "https://[k.png", "https://a%b/"]
)
def test_what_no_browser_parses_is_none(written):
    assert parsed(BASE, written) is None


def test_a_picture_in_its_address_is_not_remembered():
    from smocrawl.platforms import addresses

    before = addresses._parsed.cache_info().currsize
    assert parsed(BASE, "data:," + "A" * 100_000).endswith("AAA")
    assert addresses._parsed.cache_info().currsize == before


PARTS = st.text("aZ0~_.!$%&'()*+,:=@|-/", max_size=12)


@given(st.builds("{}://{}{}{}{}".format, st.sampled_from(["http", "https"]), st.sampled_from(["a.example", "b-c.d.example"]),
                 st.sampled_from(["", "/", "/a/"]), PARTS, st.one_of(st.just(""), PARTS.map("?{}".format))))  # fmt: skip
def test_what_is_taken_as_it_stands_is_what_the_long_way_gives(written):
    from smocrawl.platforms import addresses

    if addresses.PLAIN.fullmatch(written):
        assert addresses._parsed.__wrapped__(BASE, written) == written
    assert parsed(BASE, written) == addresses._parsed.__wrapped__(BASE, written)
