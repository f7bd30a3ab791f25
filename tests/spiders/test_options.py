"""The arguments of a crawl in every form of a domain."""

from __future__ import annotations

import pytest

from smocrawl.spiders.options import ArgumentError, Options, read_options
from smocrawl.spiders.scope import Scope


@pytest.mark.parametrize(
    ("domain", "candidates", "folder"),
    [
        ("example.com", ["https://example.com/", "http://example.com/"], "example.com"),
        ("www.Example.com", ["https://www.example.com/", "http://www.example.com/"], "example.com"),
        ("localhost:8000", ["http://localhost:8000/", "https://localhost:8000/"], "localhost_8000"),
        ("127.0.0.1:80", ["http://127.0.0.1:80/", "https://127.0.0.1:80/"], "127.0.0.1_80"),
        ("https://example.com/blog/", ["https://example.com/blog/"], "example.com"),
        ("http://example.com:80/", ["http://example.com:80/"], "example.com"),
        (
            "bücher.example",
            ["https://xn--bcher-kva.example/", "http://xn--bcher-kva.example/"],
            "xn--bcher-kva.example",
        ),
        ("http://[::1]:8000/", ["http://[::1]:8000/"], "ip6--1_8000"),
    ],
)
def test_forms_of_a_domain(domain: str, candidates: list[str], folder: str) -> None:
    options = read_options({"domain": domain, "_job": "4711"})
    assert list(options.candidates()) == candidates
    assert options.folder == folder


@pytest.mark.parametrize(
    "domain",
    [
        "",
        "  ",
        "../../etc",
        "a b",
        "http://",
        "http://exa mple/",
        "example.com:port",
        "-",
        "example.com/../..",
        "http://[::1",
        "localhost:0",
        f"{'a' * 64}.com",
        f"{'a' * 50}." * 5 + "com",
    ],
)
def test_no_domain(domain: str) -> None:
    try:
        options = read_options({"domain": domain})
    except ArgumentError:
        return
    assert "/" not in options.folder
    assert not options.folder.startswith(".")


def scope(**arguments: str) -> Scope:
    return Scope(read_options({"domain": "example.com", **arguments}))


def test_www_and_apex_are_one_site() -> None:
    assert scope().owns("https://www.example.com/x")
    assert scope().owns("http://example.com/x")
    assert not scope().owns("https://shop.example.com/x")
    assert not scope().owns("https://example.com:8443/x")
    assert not scope().owns("https://notexample.com/")
    assert scope(subdomains="1").owns("https://shop.example.com/x")
    assert not scope(subdomains="1").owns("https://notexample.com/")


def test_include_and_exclude() -> None:
    chosen = scope(include="/blog/", exclude=r"\?page=")
    assert chosen.covers("https://example.com/blog/a")
    assert not chosen.covers("https://example.com/shop/a")
    assert not chosen.covers("https://example.com/blog/?page=2")


def test_a_staging_copy_maps_there_and_back() -> None:
    options = read_options({"domain": "localhost:8000", "as_url": "https://www.example.com"})
    stage = Scope(options)
    assert stage.public("http://localhost:8000/a?b=1") == "https://www.example.com/a?b=1"
    assert stage.fetched("https://www.example.com/a?b=1") == "http://localhost:8000/a?b=1"
    assert stage.fetched("https://elsewhere.example/a") == "https://elsewhere.example/a"
    assert options.folder == "example.com_staging"


def test_everything_stored_tells_one_run_from_another() -> None:
    first = read_options({"domain": "example.com"})
    assert isinstance(first, Options)
    assert first.stored() != read_options({"domain": "example.com", "max_pages": "5"}).stored()
    assert first.stored() == read_options({"domain": "example.com", "fresh": "1"}).stored()
