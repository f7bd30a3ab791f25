"""The views that anybody may ask, and what docs/store.md says of them, over a small crawl with a fault of each sort."""

from __future__ import annotations

import io
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[1] / "crawl"))
from running import run
from serving import Answer, Site, page

from smocrawl.store.database import Database

DOCS = (Path(__file__).parents[2] / "docs" / "store.md").read_text(encoding="utf-8")
QUERIES = [query.strip() for block in re.findall(r"```sql\n(.*?)```", DOCS, re.DOTALL) for query in block.split(";")]
SAID = dict(re.findall(r"^\| `(\w+)` \| .* \| (`[^|]*`) \|$", DOCS, re.MULTILINE))

ARTICLE = (
    '<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Article", "headline": "Old news",'
    ' "datePublished": "2019-05-06T07:08:09+00:00"}</script>'
)


def head(title: str, picture: str, more: str = "") -> str:
    return f'<meta property="og:title" content="{title}"><meta property="og:image" content="/{picture}">{more}'


def picture(size: tuple[int, int]) -> Answer:
    out = io.BytesIO()
    Image.effect_noise(size, 50).save(out, "PNG")
    return Answer(out.getvalue(), type="image/png")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of a crawl in which every query of the docs finds something."""
    folder = tmp_path_factory.mktemp("crawl")
    small = picture((300, 200))
    pages: dict[str, Answer | str] = {
        "/": page("Home", "/a", "/b", "/gone", head=head("Same", "one.png"), body='<a href="https://x.com/mill">X</a>'),
        "/a": page("A", head=head("Same", "two.png", '<meta name="description" content="Oats.">')),
        "/b": page("B", head=head("Old news", "lost.png", ARTICLE)),
        "/alone": page("Alone", head=head("Alone", "one.png")),
        "/robots.txt": Answer("User-agent: Twitterbot\nDisallow: /b\n", type="text/plain"),
        "/one.png": small,
        "/two.png": small,
    }
    with Site(pages) as site:
        pages["/sitemap.xml"] = Answer(
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
            + "".join(f"<url><loc>{site.url}/{path}</loc></url>" for path in ("a", "alone", "nowhere"))
            + "</urlset>",
            type="application/xml",
        )
        ran = run(folder, "smo-crawl", site.url, environment={"SMO_ALLOW_PRIVATE": site.host})
    assert ran.code == 0, ran.err
    (path,) = ran.reports.glob("*/crawls.sqlite")
    return path


@pytest.fixture
def shell(store: Path) -> Iterator[sqlite3.Connection]:
    """The store as a foreign program opens it."""
    connection = sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True)
    yield connection
    connection.close()


@pytest.mark.parametrize("query", [query for query in QUERIES if query])
def test_queries_of_the_docs_find_what_they_are_for(shell: sqlite3.Connection, query: str) -> None:
    assert shell.execute(query).fetchall()


def test_the_docs_name_every_view_with_its_columns(tmp_path: Path) -> None:
    database = Database(tmp_path / "crawls.sqlite")
    internal = {"review_outcomes", "file_uses"}
    views = {row[0] for row in database.rows("SELECT name FROM sqlite_master WHERE type = 'view'")} - internal
    columns = {view: [row["name"] for row in database.rows(f"PRAGMA table_info({view})")] for view in views}
    assert {view: re.findall(r"`(\w+)`", said) for view, said in SAID.items()} == columns


def test_pages_say_what_the_crawl_read(shell: sqlite3.Connection) -> None:
    rows = shell.execute(
        "SELECT url, status, kind, title, h1, description, og_title, words > 50, inlinks, facts_version, score > 0 FROM pages"
    ).fetchall()
    found = {row[0].rpartition("/")[2]: row[1:] for row in rows}
    assert found["a"][:6] == (200, "other", "A", "A", "Oats.", "Same")
    assert found["b"][1] == "article"
    assert found["alone"][4] is None
    assert {name: row[7] for name, row in found.items() if name in ("a", "alone")} == {"a": 1, "alone": 0}
    assert all(row[6:] != (0,) and row[8:] == (2, 1) for name, row in found.items() if row[0] == 200)


def test_a_description_that_open_graph_repeats_is_told_once_and_found(shell: sqlite3.Connection) -> None:
    assert shell.execute("SELECT count(*) FROM pages WHERE description = 'Oats.'").fetchone() == (1,)


def test_images_are_counted_with_their_pages(shell: sqlite3.Connection) -> None:
    rows = shell.execute("SELECT url, status, width, size > 0, pages FROM images WHERE kind = 'image'").fetchall()
    found = {row[0].rpartition("/")[2]: row[1:] for row in rows}
    assert found == {"one.png": (200, 300, 1, 2), "two.png": (200, 300, 1, 1), "lost.png": (404, None, 1, 1)}


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="There is no sqlite3 shell.")
def test_the_shell_unpacks_facts_and_outcomes(store: Path) -> None:
    (block,) = re.findall(r"```sqlite3\n(.*?)```", DOCS, re.DOTALL)
    done = subprocess.run(
        ["sqlite3", "-readonly", str(store), block], capture_output=True, text=True, timeout=600, check=False
    )
    if "no such function: sqlar_uncompress" in done.stderr:
        pytest.skip("This sqlite3 shell was built without zlib.")
    assert done.stderr == ""
    assert "/alone|" in done.stdout
    assert "og-title|passed|" in done.stdout


def test_the_program_of_the_docs_runs(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", DOCS, re.DOTALL)
    scope: dict[str, object] = {}
    exec(program.replace("reports/example.com/crawls.sqlite", str(store)), scope)
    scope["store"].close()  # type: ignore[attr-defined]  # the docs' example made it
    assert "/alone Alone 0" in capsys.readouterr().out
