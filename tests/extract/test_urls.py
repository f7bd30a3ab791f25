"""What written addresses mean on a page."""

from urllib.parse import urljoin

import pytest

from smocrawl.extract import limits
from smocrawl.extract.urls import resolve

BASE = "https://example.com/blog/post?page=1"

AS_THEY_ARE = (
    "https://example.com/",
    "https://example.com:8443/a/b.html",
    "http://other.example/it's/(1)/a+b=c&d,e@f:g!h*i~j$k/",
    "https://example.com/a%20b?u=https%3A%2F%2Fother.example%2F&t=1;2",
    "https://example.com/?u=https://other.example//a/../b",
    "/",
    "/a/b.c/",
    "/a...b/c-",
    "/tag/x?sort=new/old",
)
"""Nothing has to be joined piece by piece or escaped."""


@pytest.mark.parametrize("written", AS_THEY_ARE)
def test_plain_addresses_stay_as_they_are(written: str) -> None:
    assert resolve(BASE, written) == urljoin(BASE, written)


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("", ""),
        (" \n", ""),
        (" /a\tb ", "https://example.com/ab"),
        ("c", "https://example.com/blog/c"),
        ("?page=2", "https://example.com/blog/post?page=2"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("/a/../b", "https://example.com/b"),
        ("/a/./b", "https://example.com/a/b"),
        ("/a b/ü?q='", "https://example.com/a%20b/%C3%BC?q=%27"),
        ("/a\\b", "https://example.com/a/b"),
        ("https://Example.COM", "https://example.com/"),
        ("https://example.com:99999/", ""),
        ("http://[", ""),
        ("mailto:me@example.com", "mailto:me@example.com"),
        ("/" + "a" * limits.URL, ""),
    ],
)
def test_others_are_joined_and_escaped(written: str, address: str) -> None:
    assert resolve(BASE, written) == address


@pytest.mark.parametrize(
    ("base", "written", "address"),
    [
        (BASE, "http://other.example", "http://other.example/"),
        (BASE, "//other.example:8080", "https://other.example:8080/"),
        ("HTTP://example.com/a", "//other.example/b?c=1", "http://other.example/b?c=1"),
        ("ftp://example.com/a", "//other.example/b", "ftp://other.example/b"),
    ],
)
def test_a_host_may_stand_without_a_scheme_or_a_path(base: str, written: str, address: str) -> None:
    assert resolve(base, written) == address
