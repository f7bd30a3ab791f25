"""Pages read a second time after their scripts: what changes is told field by field, and checks say it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from build import HOME, Built
from running import SCRAPY, Ran, run
from serving import Answer, Site, moved, page

from smocrawl.page import Kind
from smocrawl.rendering.sample import choose
from smocrawl.rendering.wanted import read_wish
from smocrawl.spiders.options import ArgumentError
from smocrawl.store.renderings import RenderingRecord, save_rendering

LIVE = "https://mill.example"
SHELL = (
    '<!doctype html><html lang="en"><head><title>Mill</title></head><body><div id="app"></div>'
    '<script src="/shell.js"></script></body></html>'
)
SHELL_SCRIPT = """
fetch('/api/story.json').then(answer => answer.json()).then(story => {
  document.title = story.title;
  document.getElementById('app').innerHTML = '<main><article><h1>' + story.title + '</h1><p>' + story.text + '</p></article></main>';
  document.head.insertAdjacentHTML('beforeend', '<meta property="og:type" content="article">');
});
"""
STORY = {"title": "How the mill turns", "text": "The wheel takes the water from above, and the stones follow it. " * 20}
TAGS = """
const add = (name, content) => document.head.insertAdjacentHTML('beforeend', `<meta property="${name}" content="${content}">`);
add('og:title', 'Bread by a script');
add('og:image', '/bread.png');
"""


def script(text: str) -> Answer:
    return Answer(text, type="text/javascript")


PAGES: dict[str, Answer | str] = {
    "/robots.txt": Answer("User-agent: *\nDisallow: /kept-out.js\n", type="text/plain"),
    "/": page("Home", "/title", "/tags", "/canonical", "/shell", "/plain"),
    "/title": page("Served", body="<script>document.title = 'Set by a script'</script>"),
    "/tags": page("Bread", head='<script src="/tags.js"></script><script src="/gone.js"></script>'),
    "/canonical": page(
        "Water", head=f'<link rel="canonical" href="{LIVE}/canonical"><script src="/kept-out.js"></script>',
        body="<script>document.querySelector('link[rel=canonical]').remove()</script>",
    ),
    "/shell": SHELL,
    "/plain": page("Plain", head='<script src="/tags.js" type="text/nothing"></script><script src="/gone.js"></script>'),
    "/gone.js": moved("http://127.0.0.1:1/gone.js"),
    "/shell.js": script(SHELL_SCRIPT),
    "/tags.js": script(TAGS),
    "/api/story.json": Answer(json.dumps(STORY), type="application/json"),
}  # fmt: skip


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory, rendering: dict[str, str]) -> tuple[Ran, Site]:
    """A staging copy, so that every file the browser asks for must be mapped as well."""
    with Site(PAGES) as site:
        folder = tmp_path_factory.mktemp("rendering")
        ran = run(folder, "smo-crawl", site.host, "-a", f"as_url={LIVE}", environment=rendering, timeout=240)
    assert ran.code == 0, ran.said
    return ran, site


def fields(ran: Ran, path: str) -> dict[str, tuple[str, str | None, str | None]]:
    rows = ran.rows(
        "SELECT field, state, raw, rendered FROM rendered_field f JOIN url u ON u.id = f.url WHERE u.url = ?",
        LIVE + path,
    )
    return {field: rest for field, *rest in ((row[0], *row[1:]) for row in rows) for rest in [tuple(rest)]}


@pytest.mark.browser
class TestRendered:
    def test_a_title_set_by_a_script_is_a_change(self, crawled) -> None:
        found = fields(crawled[0], "/title")
        assert found["title"] == ("changed", "Served", "Set by a script")
        assert found["h1"] == ("equal", "Served", "Served")

    def test_tags_that_only_a_script_adds(self, crawled) -> None:
        ran, _ = crawled
        found = fields(ran, "/tags")
        assert found["og:title"] == ("added", None, "Bread by a script")
        assert found["og:image"][0] == "added"
        (evidence,) = findings(ran, "/tags", "meta-in-raw-html")
        assert evidence == {"cause": "script", "added": "og:title and og:image"}

    def test_a_canonical_that_a_script_removes(self, crawled) -> None:
        ran, _ = crawled
        assert fields(ran, "/canonical")["canonical"] == ("removed", f"{LIVE}/canonical", None)
        (evidence,) = findings(ran, "/canonical", "scripts-keep-tags")
        assert (evidence["cause"], evidence["field"]) == ("removed", "canonical")

    def test_an_app_shell_that_becomes_an_article(self, crawled) -> None:
        ran, _ = crawled
        found = fields(ran, "/shell")
        assert found["title"] == ("changed", "Mill", STORY["title"])
        assert found["h1"] == ("added", None, STORY["title"])
        assert int(found["words"][2] or 0) > 100 > int(found["words"][1] or 0)

    def test_a_page_without_scripts_stays_as_it_is(self, crawled) -> None:
        ran, _ = crawled
        assert {state for state, *_ in fields(ran, "/plain").values()} == {"equal"}
        assert findings(ran, "/plain", "scripts-keep-tags") == []

    def test_robots_txt_holds_for_scripts_too(self, crawled) -> None:
        ran, site = crawled
        assert site.hits["/kept-out.js"] == 0
        assert ran.crawled()[f"{LIVE}/kept-out.js"] == (None, "robots")

    def test_every_request_has_its_record(self, crawled) -> None:
        ran, site = crawled
        answered = {url.removeprefix(LIVE) for url, (status, _) in ran.crawled().items() if status is not None}
        assert set(site.hits) == answered
        assert site.hits["/tags"] == 2
        assert (site.hits["/tags.js"], site.hits["/gone.js"]) == (1, 1)

    def test_the_report_says_how_many_pages(self, crawled) -> None:
        ran, _ = crawled
        (report,) = ran.reports.glob("*/*/index.html")
        assert "A few pages of each template (6) were read a second time" in report.read_text(encoding="utf-8")


def findings(ran: Ran, path: str, check: str) -> list[dict[str, str]]:
    rows = ran.rows(
        "SELECT evidence FROM finding f JOIN url u ON u.id = f.url WHERE u.url = ? AND check_id = ?", LIVE + path, check
    )
    return [json.loads(row[0]) for row in rows]


# -- begun, interrupted, resumed ---------------------------------------------------------------------


@pytest.mark.browser
def test_a_stopped_rendering_goes_on(tmp_path: Path, rendering: dict[str, str]) -> None:
    reached, held = threading.Event(), threading.Event()

    def answer(path: str) -> Answer | None:
        if path == "/held.js":
            reached.set()
            held.wait(30)
        found = {"/": page("Home", "/a"), "/a": page("A", head='<script src="/held.js"></script>')}.get(path)
        return Answer(found) if found else None

    with Site(answer) as site:
        clean = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
        process = subprocess.Popen(
            [SCRAPY, "smo-crawl", site.host], cwd=tmp_path, text=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
            env={**clean, "SMO_REPORTS": str(tmp_path / "reports"), "SMO_WORKERS": "0", **rendering},
        )  # fmt: skip
        assert reached.wait(60)
        # As a terminal does: to every process of the group, Playwright's among them.
        os.killpg(process.pid, signal.SIGINT)
        held.set()
        said, _ = process.communicate(timeout=240)
        assert process.returncode == 130, said
        ran = run(tmp_path, "smo-crawl", site.host, environment=rendering, timeout=240)
    assert ran.code == 0, ran.said
    assert ran.rows("SELECT count(*), count(facts) FROM rendering") == [(2, 2)]
    assert ran.rows("SELECT count(*) FROM run") == [(1,)]


# -- wanted, but not there ---------------------------------------------------------------------------


def test_a_missing_chromium_is_said_before_the_crawl(tmp_path: Path) -> None:
    with Site({"/": page("Home")}) as site:
        wish = {"SMO_RENDER": "3", "SMO_CHROMIUM": "/nowhere/chromium"}
        ran = run(tmp_path, "smo-crawl", site.host, environment=wish)
    assert ran.code == 2
    assert "is no program" in ran.said
    assert len(ran.said.strip().splitlines()) == 1
    assert not site.hits


def test_a_program_that_is_no_chromium_is_said_before_the_crawl(tmp_path: Path) -> None:
    with Site({"/": page("Home")}) as site:
        wish = {"SMO_RENDER": "3", "SMO_CHROMIUM": "false", "SMO_CHROMIUM_SANDBOX": "0"}
        ran = run(tmp_path, "smo-crawl", site.host, environment=wish)
    assert ran.code == 2
    assert "does not start" in ran.said
    assert not site.hits


def test_a_playwright_that_does_not_start_is_said_before_the_crawl(tmp_path: Path, rendering: dict[str, str]) -> None:
    broken = tmp_path / "node"
    broken.write_text("#!/bin/sh\necho 'node: cannot open libatomic.so.1' >&2\nexit 127\n", encoding="utf-8")
    broken.chmod(0o755)
    with Site({"/": page("Home")}) as site:
        wish = {**rendering, "PLAYWRIGHT_NODEJS_PATH": str(broken)}
        ran = run(tmp_path, "smo-crawl", site.host, environment=wish)
    assert ran.code == 2
    assert ran.said.strip() == "SMO_RENDER: Playwright does not start: node: cannot open libatomic.so.1"
    assert not site.hits


@pytest.mark.parametrize("pages", ["-1", "many", "51", "1.5"])
def test_a_number_is_wanted(pages: str) -> None:
    with pytest.raises(ArgumentError, match="SMO_RENDER"):
        read_wish({"SMO_RENDER": pages})


def test_root_gets_no_browser_without_saying_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: object())
    settings = {"SMO_RENDER": "1", "SMO_CHROMIUM": sys.executable}
    with pytest.raises(ArgumentError, match="SMO_CHROMIUM_SANDBOX"):
        read_wish(settings)
    assert not read_wish({**settings, "SMO_CHROMIUM_SANDBOX": "0"}).sandbox


def test_the_package_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ArgumentError, match=r"smocrawl\[render\]"):
        read_wish({"SMO_RENDER": "1"})


def test_a_crawl_without_rendering_loads_nothing_of_it() -> None:
    code = (
        "import sys; sys.modules['playwright'] = None;"
        "import smocrawl.commands.running, smocrawl.rendering.extension, smocrawl.rendering.fetching"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


# -- the sample --------------------------------------------------------------------------------------


def test_good_pages_of_each_template_first(tmp_path: Path) -> None:
    store = Built(tmp_path / "store.sqlite")
    for number in range(4):
        store.page(f"story-{number}", template="story", shareable=number != 0)
    store.page("about", kind=Kind.OTHER, template="about")
    store.page("gone", template="gone", status=404)
    chosen = [one.url.removeprefix(HOME) for one in choose(store.database, store.run, 2)]
    assert chosen == ["story-1", "about", "story-2"]
    save_rendering(store.frontier, RenderingRecord(url=f"{HOME}story-1", error="timeout: too slow"))
    assert [one.url.removeprefix(HOME) for one in choose(store.database, store.run, 2)] == ["about", "story-2"]
