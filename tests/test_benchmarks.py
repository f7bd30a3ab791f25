"""The benchmarks run: few pages, no figures asserted."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import crawls, goals, pages, real, small, whole_site
from smocrawl import review

ROOT = Path(__file__).parents[1]


def test_pages_are_the_same_each_time_and_of_the_weight_they_claim() -> None:
    made = pages.page(3, 20, "http://127.0.0.1:9")
    assert made == pages.page(3, 20, "http://127.0.0.1:9")
    assert abs(len(made) - pages.WEIGHT) < pages.WEIGHT / 10
    page = review("http://127.0.0.1:9/3.html", made).page
    assert abs(len(page.links) - pages.LINKS) < 20
    assert {entity.syntax for entity in page.entities} == {"json-ld", "microdata", "microformats"}


def test_it_measures_every_crawl(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--count", "20", "--rounds", "1"],
        cwd=ROOT, capture_output=True, text=True, timeout=900, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for variant in crawls.variants("", tmp_path, tmp_path):
        assert variant.name in done.stdout


def test_real_pages_become_one_site_that_fetches_nothing_elsewhere(tmp_path: Path) -> None:
    source, folder = tmp_path / "real", tmp_path / "site"
    source.mkdir()
    folder.mkdir()
    html = (
        '<html><head><title>A page</title><meta property="og:image" content="https://cdn.example/a.png"></head>'
        '<body><a href="/about">About</a><a href="https://facebook.com/x">F</a></body></html>'
    )
    (source / "one.html").write_text(html, "utf-8")
    assert real.take(source, folder, 3, "http://127.0.0.1:9") == 3
    page = review("http://127.0.0.1:9/1.html", (folder / "1.html").read_bytes()).page
    assert page.meta("og:image") == "https://cdn.example.internal/a.png"
    assert [link.url for link in page.links] == [
        "https://elsewhere.example/about", "https://facebook.com/x",
        "http://127.0.0.1:9/2.html", "http://127.0.0.1:9/0.html",
    ]  # fmt: skip


def test_the_small_site_is_whole_and_of_the_weight_it_claims() -> None:
    count = 400
    pages_of = {number: small.page(f"/p/{number}", count) or b"" for number in range(count)}
    assert 3_200 < sum(map(len, pages_of.values())) / count < 4_000
    assert all(body.count(b"<a href=") == small.LINKS for body in pages_of.values())
    named = {link for body in pages_of.values() for link in re.findall(rb'href="/p/(\d+)"', body)}
    assert len(named) == count - 1
    assert small.page("/p/400", count) is None


def test_goals_are_told_as_met_or_not() -> None:
    lines = [str(goal) for goal in goals.of_memory(megabytes=350, kilobytes=9)]
    assert [line.rsplit("  ", 1)[1].strip() for line in lines] == ["met", "NOT MET"]


def test_a_host_is_measured_with_the_addon_and_without() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--addon", "--count", "6", "--rounds", "1"],
        cwd=ROOT, capture_output=True, text=True, timeout=900, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("run time with the add-on / without") == 2
    assert len(re.findall(r"pages that were left out, read \w+ +0\.00 +at most 0 +met", done.stdout)) == 2


def test_a_generated_site_is_analysed(capsys: pytest.CaptureFixture[str]) -> None:
    whole_site.main(60, 30)
    said = capsys.readouterr().out
    assert "60 pages with 1,800 links generated" in said
    assert "checks of the site answered" in said
