"""What goes on without end is cut with a reason for each address and one sentence for all; the pages beside it are read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from running import Ran, run
from serving import Answer, Site, page


def calendar(path: str) -> Answer | None:
    if path == "/":
        return Answer(page("Home", "/cal/day-1", "/story"))
    if path == "/story":
        return Answer(page("Story"))
    day = path.removeprefix("/cal/day-")
    if not day.isdecimal():
        return None
    links = "".join(f'<a href="/cal/day-{int(day) + step}">on</a>' for step in (1, 7, 30))
    return Answer(f"<!doctype html><title>Day {day}</title><h1>Day {day}</h1>{links}")


def test_a_calendar_without_an_end(tmp_path: Path) -> None:
    with Site(calendar) as site:
        ran = run(tmp_path, "smo-crawl", site.host, "-a", "sources=links")
        asked = sum(path.startswith("/cal/") for path in site.hits)
    assert ran.code == 0, ran.said
    assert 100 <= asked <= 200
    assert ran.crawled()[f"{site.url}/story"] == (200, None)
    cut = [error for _, error in ran.crawled().values() if error and error.startswith("budget")]
    assert set(cut) == {"budget: /cal/day-{n}"}
    ((notes,),) = ran.rows("SELECT notes FROM run")
    (sentence,) = [note for note in json.loads(notes) if "/cal/day-{n}" in note]
    assert sentence.startswith(f"{len(cut):,} addresses like")


def links(*addresses: str, head: str = "") -> str:
    return f"<!doctype html><title>x</title>{head}" + "".join(f'<a href="{address}">x</a>' for address in addresses)


def growing(path: str) -> str:
    return links(f"/grow/?q={parse_qs(urlsplit(path).query).get('q', [''])[0]}{'x' * 400}")


def refreshing(path: str) -> str:
    number = int(path.rpartition("=")[2]) if "=" in path else 0
    return f"<!doctype html><title>x</title><meta http-equiv=refresh content='0;url=/refresh/?n={number + 1}'>"


KINDS: Mapping[str, tuple[Callable[[str], str], int]] = {
    "fragments": (lambda path: links(*(f"/fragments/one#{n}" for n in range(300))), 2),
    "tracking": (lambda path: links(*(f"?utm_source=s{n}&amp;fbclid={n}{path[-2:]}" for n in range(50))), 1),
    "session": (lambda path: links(*(f"/session/p;jsessionid={n}?PHPSESSID={n}x{len(path)}" for n in range(50))), 2),
    "order": (lambda path: links("?a=1&amp;b=2&amp;c=3", "?c=3&amp;b=2&amp;a=1", "?b=2&amp;a=1&amp;c=3"), 2),
    "slashes": (lambda path: links(*(f"/slashes{'/' * n}a{'/.' * n}/b{n}/../c" for n in range(1, 50))), 3),
    "relative": (lambda path: links("more/deeper/", "x/y/", "x/x/"), 40),
    "base": (lambda path: links("x", "y/", head=f"<base href='{path}d/'>"), 40),
    "grow": (growing, 8),
    "refresh": (refreshing, 101),
    "dead": (lambda path: links(*(f"gone-{n}" for n in range(1_500))) if path == "/dead/" else "", 125),
}
"""What each endless kind of page says, and how many requests below its folder are enough."""


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ran, Site]:
    def answer(path: str) -> Answer | None:
        if path == "/":
            return Answer(page("Home", *(f"/{kind}/" for kind in KINDS), *(f"/good-{kind}" for kind in KINDS), "/last"))
        if path.startswith("/good-") or path == "/last":
            return Answer(page(path))
        kind = path.split("/")[1]
        said = KINDS[kind][0](path) if kind in KINDS else ""
        return Answer(said) if said else None

    with Site(answer) as site:
        return run(tmp_path_factory.mktemp("endless"), "smo-crawl", site.host, "-a", "sources=links"), site


@pytest.mark.parametrize("kind", KINDS)
def test_an_endless_kind_of_page_ends(kinds: tuple[Ran, Site], kind: str) -> None:
    ran, site = kinds
    assert 1 <= sum(path.startswith(f"/{kind}/") for path in site.hits) <= KINDS[kind][1]
    assert ran.crawled()[f"{site.url}/good-{kind}"] == (200, None)


def test_requests_and_what_was_cut_are_all_the_rows(kinds: tuple[Ran, Site]) -> None:
    ran, site = kinds
    assert ran.code in (0, 3), ran.said
    rows = ran.crawled()
    cut = {url for url, (_, error) in rows.items() if re.match("budget: |refused: ", error or "")}
    assert set(rows) - cut == {site.url + path for path in site.hits}
    assert set(site.hits.values()) == {1}
    assert len(cut) >= 1_000
