"""One spelling for each address."""

from __future__ import annotations

import pytest

from smocrawl.spiders.urls import looks_like_a_page, normalise

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
    assert not looks_like_a_page("https://example.com/?action=logout&token=1")
    assert looks_like_a_page("https://example.com/?action=show&page=2")
