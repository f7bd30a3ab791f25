"""A folder of built HTML, audited before it goes live."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import run
from serving import Answer, Site, page

ADDRESS = "https://www.mill.example"


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


FILES = {
    "index.html": page(
        "Home", "/flour", "/bread/", "/gone", "https://other.example/", "/old", "/out.html", "/private/",
        head='<meta property="og:image" content="https://cdn.example/pic.png"><link rel="icon" href="/icon.png">'
        '<link rel="alternate" type="application/rss+xml" href="/feed.xml">',
    ),
    "flour.html": page("Flour", "/", "../bread/"),
    "bread/index.html": page("Bread", "/"),
    "private/index.html": page("Private", "/"),
    "sitemaps/more.xml": '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    f"<url><loc>{ADDRESS}/listed</loc></url></urlset>",
    "listed.html": page("Listed", "/"),
    "feed.xml": '<rss version="2.0"><channel><title>Mill</title><link>/</link>'
    f"<item><title>Fed</title><link>{ADDRESS}/fed/</link></item></channel></rss>",
    "fed/index.html": page("Fed", "/"),
    "forgotten.html": page("Forgotten", "/"),
    "robots.txt": f"User-agent: *\nDisallow: /private/\nSitemap: {ADDRESS}/sitemaps/more.xml\n",
    "_redirects": "/old /flour 301\n",
    "404.html": page("Not found", "/"),
}  # fmt: skip


def test_everything_of_the_folder_is_read_and_nothing_outside_is_asked(tmp_path: Path) -> None:
    site = write(tmp_path / "public", FILES)
    secret = tmp_path / "secret.html"
    secret.write_text(page("Secret", "/"), encoding="utf-8")
    (site / "out.html").symlink_to(secret)
    ran = run(tmp_path, "smo-crawl", "-a", "site=public", "-a", f"as_url={ADDRESS}")
    assert ran.code in (0, 3), ran.said
    assert (ran.reports / "mill.example_staging").is_dir()
    found = ran.crawled()
    pages = {url.removeprefix(ADDRESS) for url, (status, _) in found.items() if status == 200}
    assert pages >= {"/", "/flour", "/bread/", "/listed", "/fed/", "/feed.xml", "/sitemaps/more.xml", "/robots.txt"}
    assert found[f"{ADDRESS}/gone"] == (404, None)
    assert found[f"{ADDRESS}/old"] == (301, None)
    assert found[f"{ADDRESS}/out.html"] == (None, "refused: a link out of the folder")
    assert found[f"{ADDRESS}/private/"] == (None, "robots")
    assert found["https://cdn.example/pic.png"] == (None, "refused: outside the folder")
    assert all(url.startswith(ADDRESS) for url, (status, _) in found.items() if status is not None)
    ((notes,),) = ran.rows("SELECT notes FROM run")
    assert "read from the folder public" in notes
    assert "1 pages of the folder were not read, for nothing leads to them: forgotten.html" in notes
    findings = {(check, url.removeprefix(ADDRESS)) for check, url in ran.rows("SELECT check_id, url FROM findings WHERE url IS NOT NULL")}  # fmt: skip
    assert ("internal-link-broken", "/") in findings
    assert ("og-image-fetchable", "/") not in findings


def test_what_lies_outside_is_asked_where_it_is_wished(tmp_path: Path) -> None:
    with Site({"/pic.png": Answer("no picture", type="image/png"), "/other": page("Other", "/")}) as cdn:
        head = f'<meta property="og:image" content="{cdn.url}/pic.png">'
        write(tmp_path / "public", {"index.html": page("Home", "/project/", f"{cdn.url}/other", "/", head=head)})
        ran = run(
            tmp_path, "smo-crawl", "-a", "site=public", "-a", "as_url=http://www.mill.example/project", "-a", "outside=1",
            environment={"SMO_ALLOW_PRIVATE": cdn.host}, timeout=600,
        )  # fmt: skip
    assert ran.code in (0, 3), ran.said
    assert (ran.reports / "mill.example_project_staging").is_dir()
    found = ran.crawled()
    assert found["http://www.mill.example/project/"] == (200, None)
    assert found[f"{cdn.url}/pic.png"][0] == 200
    assert cdn.hits["/pic.png"] == 1
    assert cdn.hits["/other"] == 0


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["-a", "site=nowhere", "-a", f"as_url={ADDRESS}"], "site='nowhere' does not exist"),
        (["-a", "site=public"], "Where will the folder stand"),
        (["-a", "site=public/bread", "-a", f"as_url={ADDRESS}"], "there is no index.html in it"),
        (["-a", "site=public/index.html", "-a", f"as_url={ADDRESS}"], "is no folder"),
        (["mill.example", "-a", "site=public", "-a", f"as_url={ADDRESS}"], "takes the place of the domain"),
        (["mill.example", "-a", "outside=1"], "belongs to a folder"),
    ],
)
def test_what_is_wrong_is_said_by_name(tmp_path: Path, words: list[str], line: str) -> None:
    write(tmp_path / "public", {"index.html": page("Home", "/"), "bread/crust.html": page("Crust", "/")})
    ran = run(tmp_path, "smo-crawl", *words)
    assert ran.code == 2
    assert line in ran.err
    assert "Traceback" not in ran.said
