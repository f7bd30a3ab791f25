"""Which patterns of addresses are cut, and which are not although they look alike."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator

import pytest

from smocrawl.spiders.patterns import pattern_of, runs_on
from smocrawl.spiders.traps import Seen, Traps

SITE = "https://example.com"


@pytest.mark.parametrize(
    ("path", "pattern"),
    [
        ("/about", "/about"),
        ("/cal/2026-11-21/", "/cal/{date}/"),
        ("/cal/2026/11/21", "/cal/{n}/{n}/{n}"),
        ("/Post-12.html", "/post-{n}.html"),
        ("/r/3f2b8c1d9a.html", "/r/{id}.html"),
        ("/r/017432519832.html", "/r/{id}.html"),
        ("/o/7d9f1c52-8a3b-4c4d-9e2f-001122334455", "/o/{id}"),
        ("/feedback", "/feedback"),
        ("/shop?size=4&colour=red", "/shop?colour&size"),
        ("/shop?f1=a&f2=b", "/shop?f{n}"),
        ("/find?plain", "/find?plain"),
    ],
)
def test_patterns(path: str, pattern: str) -> None:
    assert pattern_of(SITE + path) == pattern


@pytest.mark.parametrize(
    ("path", "depth", "sign"),
    [
        ("/a/b/c/", 3, None),
        ("/en/shop/en/red", 3, None),
        ("/2001/01/01/01/note", 3, None),
        ("/a/b/a/b/", 3, "repeat themselves"),
        ("/a/a/a/", 3, "repeat themselves"),
        ("/a", 101, "more than 100 clicks"),
        ("/" + "/".join(f"s{n}x" for n in range(31)), 3, "more than 30 folders"),
    ],
)
def test_addresses_that_run_on(path: str, depth: int, sign: str | None) -> None:
    said = runs_on(SITE + path, depth)
    assert said is None if sign is None else said is not None and sign in said


def walk(pages: Iterable[Seen]) -> tuple[list[str], int]:
    """The patterns that were cut, and how many pages had been asked before the first was."""
    traps = Traps()
    cut: list[str] = []
    asked = 0
    for seen in pages:
        if traps.refusal(seen.url, "page", seen.source, seen.depth):
            break
        asked += 1
        cut += traps.saw(seen)
    return cut, asked


def page(path: str, depth: int, *, parent: str = "/", heads: int = 0, source: str = "link", status: int = 200) -> Seen:
    return Seen(
        url=SITE + path, source=source, depth=depth, parent=SITE + parent, status=status, heads=heads or hash(path)
    )


def calendar() -> Iterator[Seen]:
    """Each day links to the next, the next week and the next month."""
    depths, waiting = {1: 1}, [1]
    while waiting:
        day = waiting.pop(0)
        yield page(f"/cal/day-{day}", depths[day], parent=f"/cal/day-{day - 1}")
        for step in (1, 7, 30):
            if day + step not in depths:
                depths[day + step] = depths[day] + 1
                waiting.append(day + step)


def tree(fan_out: int) -> Iterator[Seen]:
    """A catalogue of thin pages, each naming *fan_out* others of the same pattern."""
    number = 0
    for depth in itertools.count(1):
        for _ in range(fan_out**depth):
            number += 1
            yield page(f"/p{number}.html", depth, parent=f"/p{number // fan_out}.html")


def test_a_calendar_is_cut() -> None:
    cut, asked = walk(calendar())
    assert cut == ["/cal/day-{n}"]
    assert asked < 190


@pytest.mark.parametrize("fan_out", [2, 5, 20])
def test_a_catalogue_is_not(fan_out: int) -> None:
    assert walk(itertools.islice(tree(fan_out), 3_000)) == ([], 3_000)


def test_the_same_page_under_ever_new_queries_is_cut() -> None:
    same = (page(f"/list?page={n}", 3, parent=f"/list?page={n - 1}", heads=1) for n in itertools.count(1))
    cut, asked = walk(same)
    assert "/list?page" in cut
    assert asked < 120


def test_facets_are_cut_together() -> None:
    names = (f"{a}={n}&{b}=1" for n in range(9) for a, b in itertools.combinations("abcdefgh", 2))
    cut, asked = walk(page(f"/shop?{query}", 3, parent="/shop", heads=1) for query in names)
    assert cut[-1] == "/shop?…"
    assert asked < 120


def test_an_old_system_with_all_pages_behind_one_script_is_read_whole() -> None:
    pages = (page(f"/index.php?id={n}", 2 + n // 400, parent="/index.php?id=0") for n in range(3_000))
    assert walk(pages) == ([], 3_000)


def test_random_names_that_only_name_each_other_are_cut() -> None:
    names = [f"{n * 2654435761 % 2**48:012x}" for n in range(1, 400)]
    cut, asked = walk(page(f"/maze/{name}.html", 3, parent=f"/maze/{names[0]}.html") for name in names)
    assert cut
    assert asked < 120


@pytest.mark.parametrize(
    "path",
    [
        lambda number: f"/now?t={1_760_000_000_000 + number}",
        lambda number: f"/find?q={'+'.join(['red'] * number)}",
        lambda number: "/" + "".join(c.upper() if number >> n & 1 else c for n, c in enumerate("abcdefghij")),
        lambda number: f"/list?page={number}",
    ],
    ids=["clock", "search", "case", "pagination"],
)
def test_one_page_under_names_that_a_script_makes_up_is_cut(path: Callable[[int], str]) -> None:
    seen = (page(path(number), 3, parent=path(number - 1), heads=1) for number in range(2, 1_000))
    cut, asked = walk(seen)
    assert cut
    assert asked < 120


def test_what_a_sitemap_names_is_cut_only_where_all_of_it_is_gone() -> None:
    listed = [page(f"/item/{n}", 3, source="sitemap", heads=1) for n in range(500)]
    assert walk(listed) == ([], 500)
    gone = [page(f"/item/{n}", 3, source="sitemap", status=404) for n in range(500)]
    assert walk(gone) == (["/item/{n}"], 100)


def test_pages_that_lead_on_earn_more() -> None:
    archive = [
        Seen(url=f"{SITE}/page/{n}", source="link", depth=n, parent=f"{SITE}/page/{n - 1}", status=200, heads=1, led_on=True)
        for n in range(1, 90)
    ]  # fmt: skip
    assert walk(archive) == ([], 89)
    traps = Traps()
    assert traps.leads_on(f"{SITE}/page/2", [f"{SITE}/page/3", f"{SITE}/a-story"])
    assert not traps.leads_on(f"{SITE}/cal/2", [f"{SITE}/cal/3", f"{SITE}/day/3"])
