"""The fixture ``smo`` in somebody's test suite: any client's response is understood, and a failure can be read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse

from smocrawl.pytest_plugin import Smo
from smocrawl.testing import served

WORDS = "Plain words about one thing and another, so that a reader finds something to read here. " * 8
BARE = f"<!doctype html><html lang=en><title>Mill</title><main><h1>Mill</h1><p>{WORDS}</p></main>"

TESTS = '''
BARE = """{bare}"""

def test_ready(smo):
    smo.assert_ready(BARE, "/mill", severity="critical", ignore=["og-image"])

def test_not_ready(smo):
    smo.assert_ready(BARE, "/mill")

def test_card(smo):
    assert smo.card("slack", BARE, "/mill").title == "Mill"

def test_misspelt(smo):
    smo.assert_ready(BARE, checks=["og-tilte"])
'''


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    folder = tmp_path_factory.mktemp("suite")
    (folder / "test_pages.py").write_text(TESTS.format(bare=BARE), encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\nsmo_base_url = https://www.mill.example/\n", encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "smocrawl.pytest_plugin", "-p", "no:cacheprovider", "-W", "error", "--color=no"],
        cwd=folder, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


def test_a_suite_with_the_fixture(told: subprocess.CompletedProcess[str]) -> None:
    assert "2 failed, 2 passed" in told.stdout, told.stdout + told.stderr
    assert "https://www.mill.example/mill is not ready to be shared" in told.stdout
    assert "There is no page check 'og-tilte'" in told.stdout


def test_a_failure_says_what_and_how_to_mend_it_and_shows_none_of_our_code(
    told: subprocess.CompletedProcess[str],
) -> None:
    failure = told.stdout.partition("_ test_not_ready _")[2].partition("_ test_misspelt _")[0]
    assert "og-image (critical, failed): " in failure
    assert "    Fix: " in failure
    assert "findings" in failure
    assert "readiness.py" not in failure
    assert "pytest_plugin.py" not in failure


@pytest.fixture
def smo() -> Smo:
    return Smo(base_url="https://www.mill.example/")


def test_what_counts_is_said(smo: Smo) -> None:
    found = {one.check for one in smo.review(BARE).findings}
    assert {"og-image", "og-description"} <= found
    smo.assert_ready(BARE, checks=["title-element"])
    smo.assert_ready(BARE, severity="info", ignore=list(found), warnings=True)
    with pytest.raises(AssertionError, match=r"score \d+ of 100, 100 wanted"):
        smo.assert_ready(BARE, severity="info", ignore=list(found), score=100)
    with pytest.raises(ValueError, match="There is no severity 'dreadful'"):
        smo.assert_ready(BARE, severity="dreadful")
    with pytest.raises(TypeError, match="A list of check ids"):
        smo.assert_ready(BARE, ignore="og-image")


DJANGO = SimpleNamespace(
    content=b"<p>",
    status_code=201,
    headers={"Content-Type": "text/html"},
    request={"PATH_INFO": "/a/", "QUERY_STRING": "q=1"},
)
FLASK = SimpleNamespace(
    data=b"<p>",
    status_code=201,
    headers={"Content-Type": "text/html"},
    request=SimpleNamespace(url="http://localhost/a/?q=1"),
)
HTTPX = SimpleNamespace(
    content=b"<p>", status_code=201, headers={"Content-Type": "text/html"}, url="http://testserver/a/?q=1"
)
WEBTEST = SimpleNamespace(
    body=b"<p>", status="201 Created", status_int=201, headers={"Content-Type": "text/html"},
    request=SimpleNamespace(url="http://localhost:80/a/?q=1"),
)  # fmt: skip
SCRAPY = HtmlResponse(
    "http://127.0.0.1:8000/a/?q=1", body=b"<p>", status=201, headers={"Content-Type": "text/html"},
    request=Request("http://127.0.0.1:8000/a/?q=1"),
)  # fmt: skip


@pytest.mark.parametrize("response", [DJANGO, FLASK, HTTPX, WEBTEST, SCRAPY])
def test_the_responses_of_the_usual_clients(response: Any) -> None:
    one = served(response, base="https://www.mill.example/")
    assert (one.url, one.body, one.status) == ("https://www.mill.example/a/?q=1", b"<p>", 201)
    assert one.headers["content-type"] == "text/html"


def test_a_streamed_answer_a_file_and_a_real_host(tmp_path: Path) -> None:
    streamed = SimpleNamespace(streaming=True, getvalue=lambda: b"<p>", status_code=200, headers={})
    assert served(streamed, "/x").body == b"<p>"
    (tmp_path / "page.html").write_text("<p>", encoding="utf-8")
    assert served(tmp_path / "page.html").url == "https://site.example/page.html"
    elsewhere = SimpleNamespace(content=b"", status_code=200, headers={}, url="https://live.example/x")
    assert served(elsewhere).url == "https://live.example/x"


@pytest.mark.parametrize("thing", [7, None, SimpleNamespace(content="text"), SimpleNamespace(content=b"")])
def test_what_is_no_response_is_refused(thing: Any) -> None:
    with pytest.raises(TypeError, match="is no response"):
        served(thing)
