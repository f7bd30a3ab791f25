"""One spelling for each address."""

from __future__ import annotations

import random

import pytest

from smocrawl.spiders.options import read_options
from smocrawl.spiders.scope import Scope
from smocrawl.spiders.urls import _respelled, looks_like_a_page, normalise, written_origin

SAME = {
    "HTTP://Example.COM:80/a": "http://example.com/a",
    "https://example.com": "https://example.com/",
    "https://example.com/a#part": "https://example.com/a",
    "https://example.com/a/../b//c/./d": "https://example.com/b/c/d",
    "https://example.com/?b=2&a=1": "https://example.com/?a=1&b=2",
    "https://example.com/?utm_source=x&id=3&fbclid=y": "https://example.com/?id=3",
    "https://example.com/a;jsessionid=1F?PHPSESSID=2&x=": "https://example.com/a?x=",
    "https://bücher.example/straße": "https://xn--bcher-kva.example/stra%C3%9Fe",
    "https://example.com/a b": "https://example.com/a%20b",
    " https://example.com/x ": "https://example.com/x",
    "https://example.com./x": "https://example.com/x",
    "http://[::1]:8000/": "http://[::1]:8000/",
    "http://user:secret@example.com/x": "http://example.com/x",
}


@pytest.mark.parametrize(("given", "spelled"), SAME.items())
def test_one_spelling(given: str, spelled: str) -> None:
    assert normalise(given) == spelled
    assert normalise(spelled) == spelled


@pytest.mark.parametrize(
    "given",
    ["mailto:a@b.example", "javascript:void(0)", "http://", "http://[::1", "http://a:b/", "x" * 3000, "data:,x"],
)
def test_no_web_address(given: str) -> None:
    assert normalise(given) is None


def test_files_are_not_asked_as_pages() -> None:
    assert not looks_like_a_page("https://example.com/a/photo.JPG")
    assert looks_like_a_page("https://example.com/v1.2/notes")
    assert looks_like_a_page("https://example.com/index.php")


def test_actions_are_not_asked() -> None:
    assert not looks_like_a_page("https://example.com/cup/?add-to-cart=14569")
    assert not looks_like_a_page("https://example.com/post/?replytocom=7")
    assert not looks_like_a_page("https://example.com/post/?share=facebook&nb=1")
    assert looks_like_a_page("https://example.com/post/?share=market")
    assert not looks_like_a_page("https://example.com/cdn-cgi/l/email-protection#a1b2")
    assert not looks_like_a_page("https://example.com/?action=logout&token=1")
    assert looks_like_a_page("https://example.com/?action=show&page=2")


ORIGINS = (
    *(
        "https://a-b.example",
        "http://127.0.0.1:8000",
        "http://1.2.3",
        "https://a..b",
        "https://a-.example",
        "http://0x7f.1",
    ),
    *(
        "https://a.example:443",
        "https://a.example:59999",
        "https://a.example:080",
        "HTTPS://a.example",
        "ftp://a.example",
    ),
)
ENDS = ("", "#x", "?utm_source=x", "?id=3&fbclid=1", "?b=1&a=2", "?a-b=1&a=2&a=", "?z", "?PHPSESSID=1&sid=2", "?a=b&")


def test_the_short_way_spells_as_the_long_one() -> None:
    chance = random.Random(7)
    alphabet = "aZ09-_.~/?=&#%:@,!$()*; é'"
    for _ in range(20_000):
        middle = "".join(chance.choices(alphabet, k=chance.randrange(9)))
        url = f"{chance.choice(ORIGINS)}/{middle}{chance.choice(ENDS)}"
        assert normalise(url) == _respelled(url)


@pytest.mark.parametrize("own", ["https://www.example.com/a", "https://EXAMPLE.com", "//x", "http://example.com./"])
def test_what_may_be_own_is_not_passed_over(own: str) -> None:
    assert not Scope(read_options({"domain": "example.com"})).is_foreign(own)


def test_foreign_links_are_seen_at_once() -> None:
    scope = Scope(read_options({"domain": "example.com"}))
    assert scope.is_foreign("https://other.example/?u=https://example.com/")
    assert written_origin("https://other.example/?u=https://example.com/") == "https://other.example"
    staged = Scope(read_options({"domain": "127.0.0.1:8000", "as_url": "https://example.com/"}))
    assert not staged.is_foreign("http://127.0.0.1:8000/a")
