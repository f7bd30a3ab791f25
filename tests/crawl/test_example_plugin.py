"""The example plugin of the repository: installed as a stranger would, its checks and its platform are heard."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from running import Ran, run
from serving import Site, page

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "smocrawl-example"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a process in which the plugin is installed."""
    folder = tmp_path_factory.mktemp("installed")
    # Built from a copy: a build may leave files beside its source.
    source = folder / "source"
    subprocess.run(["cp", "-r", str(EXAMPLE), str(source)], check=True)
    words = ["install", "--quiet", "--no-index", "--no-deps", "--no-build-isolation", "--disable-pip-version-check"]
    done = subprocess.run(
        [sys.executable, "-m", "pip", *words, "--target", str(folder / "packages"), str(source)],
        capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    paths = (str(folder / "packages"), os.environ.get("PYTHONPATH", ""))
    return {"PYTHONPATH": os.pathsep.join(filter(None, paths))}


@pytest.fixture(scope="module")
def ran(installed: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Ran:
    cut = '<meta property="og:title" content="Seven night ferries that repl…">'
    pages = {"/": page("Home", "/a"), "/a": page("A", "/", head=cut).replace(' lang="en"', "")}
    with Site(pages) as site:
        return run(tmp_path_factory.mktemp("example"), "smo-crawl", site.host, environment=installed)


def test_its_check_of_pages_is_asked(ran: Ran) -> None:
    assert ran.code == 0, ran.said
    rows = ran.rows("SELECT url, outcome FROM findings WHERE check_id = 'example/title-cut'")
    assert [(url[-2:], outcome) for url, outcome in rows] == [("/a", "failed")]


def test_its_check_of_the_site_is_asked(ran: Ran) -> None:
    assert ran.rows("SELECT outcome FROM site_outcome WHERE check_id = 'example/unnamed-language'") == [("failed",)]


def test_its_platform_is_in_the_report(ran: Ran) -> None:
    rows = ran.rows("SELECT value FROM site_score WHERE scope = 'platform' AND key = 'pigeon-post'")
    assert len(rows) == 1
    (report,) = ran.reports.glob("*/*/index.html")
    text = report.read_text(encoding="utf-8")
    assert "Pigeon Post" in text
    assert "The share title was cut by the editor" in text


def test_its_section_is_in_the_report(ran: Ran) -> None:
    (report,) = ran.reports.glob("*/*/index.html")
    text = report.read_text(encoding="utf-8")
    assert '<a href="#example-titles">' in text
    assert "The longest title has 4 characters" in text


def test_its_own_tests_pass(installed: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n0", "-c", os.devnull, "--rootdir", str(EXAMPLE), "-p", "no:cacheprovider", str(EXAMPLE / "tests")],
        capture_output=True, text=True, check=False, timeout=600, env={**os.environ, **installed},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_check_is_about_twenty_lines() -> None:
    text = (EXAMPLE / "smocrawl_example" / "checks.py").read_text(encoding="utf-8")
    check = text[text.index("@check(") : text.index("UNNAMED_LANGUAGE")]
    assert len([line for line in check.splitlines() if line.strip()]) <= 24
