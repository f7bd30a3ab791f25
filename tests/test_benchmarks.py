"""The benchmarks run: few pages, no figures asserted."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks import crawls, pages
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
        cwd=ROOT, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for variant in crawls.variants("", tmp_path, tmp_path):
        assert variant.name in done.stdout
