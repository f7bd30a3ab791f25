"""A folder answers like the static host that it is made for, and no path leads out of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from smocrawl.network.folder import Folder, UnservedError

MOST = 1_000


@pytest.fixture
def built(tmp_path: Path) -> Path:
    site = tmp_path / "public"
    for name, text in {
        "index.html": "home", "about.html": "about", "blog/index.html": "blog", "news/index.htm": "news",
        "404.html": "nothing here", ".well-known/security.txt": "mail", ".git/config": "secret", "feed.xml": "<rss/>",
        "a b/ü.html": "spaces", "x/x.html": "twice", "x.html": "the file wins", "data": "no suffix",
    }.items():  # fmt: skip
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "secret.html").write_text("secret", encoding="utf-8")
    return site


def serve(site: Path, path: str, *, base: str = "https://www.example.com/") -> tuple[int, str]:
    served = Folder(site, base).serve(f"https://www.example.com{path}", MOST)
    return served.status, served.headers.get("location") or served.body.decode()


@pytest.mark.parametrize(
    ("path", "status", "body"),
    [
        ("/", 200, "home"),
        ("/?utm=1", 200, "home"),
        ("/index.html", 200, "home"),
        ("/about", 200, "about"),
        ("/about.html", 200, "about"),
        ("/blog/", 200, "blog"),
        ("/blog", 301, "/blog/"),
        ("/news/", 200, "news"),
        ("/news", 301, "/news/"),
        ("/x", 200, "the file wins"),
        ("/a%20b/%C3%BC", 200, "spaces"),
        ("/.well-known/security.txt", 200, "mail"),
        ("/missing", 404, "nothing here"),
        ("/missing/", 404, "nothing here"),
        ("/about.html/", 404, "nothing here"),
        ("/about/deeper", 404, "nothing here"),
        ("/.git/config", 404, "nothing here"),
    ],
)
def test_pretty_addresses(built: Path, path: str, status: int, body: str) -> None:
    assert serve(built, path) == (status, body)


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.html", "/%2e%2e/secret.html", "/blog/%2e%2e/%2e%2e/secret.html", "/..%2fsecret.html", "//../secret",
        "/%2e%2e%2fsecret", "/blog/..%5c..%5csecret.html", "/index.html%00.png", "/%ff%fe", "/" + "a" * 5_000,
    ],
)  # fmt: skip
def test_no_path_leads_out(built: Path, path: str) -> None:
    assert serve(built, path) == (404, "nothing here")


def test_a_link_out_of_the_folder_is_refused_and_one_within_is_followed(built: Path) -> None:
    (built / "out.html").symlink_to(built.parent / "secret.html")
    (built / "outside").symlink_to(built.parent)
    (built / "within.html").symlink_to("about.html")
    (built / "round.html").symlink_to("round.html")
    for path in ("/out.html", "/out", "/outside/secret.html"):
        with pytest.raises(UnservedError, match="link out of the folder"):
            serve(built, path)
    assert serve(built, "/within") == (200, "about")
    assert serve(built, "/round.html") == (404, "nothing here")


def test_a_pipe_is_no_page(built: Path) -> None:
    os.mkfifo(built / "pipe.html")
    assert serve(built, "/pipe.html") == (404, "nothing here")


def test_types_go_by_the_suffix_and_texts_are_utf_8_unless_they_are_not(built: Path) -> None:
    folder = Folder(built, "https://www.example.com/")
    (built / "old.html").write_bytes("<meta charset=iso-8859-1>Grüße".encode("latin-1"))
    (built / "long.html").write_text("ü" * MOST, encoding="utf-8")

    def kind(path: str) -> str | None:
        return folder.serve(f"https://www.example.com{path}", MOST - 1).headers.get("content-type")

    assert kind("/") == "text/html; charset=utf-8"
    assert kind("/about") == "text/html; charset=utf-8"
    assert kind("/old.html") == "text/html"
    assert kind("/long.html") == "text/html; charset=utf-8"
    assert kind("/feed.xml") == "application/xml"
    assert kind("/data") is None


def test_a_long_file_is_cut_and_its_size_is_told(built: Path) -> None:
    (built / "long.html").write_bytes(b"x" * 5_000)
    served = Folder(built, "https://www.example.com/").serve("https://www.example.com/long", MOST)
    assert (len(served.body), served.size, served.headers["content-length"]) == (MOST, 5_000, "5000")


def test_a_folder_below_a_path(built: Path) -> None:
    base = "https://www.example.com/project/"
    assert serve(built, "/project/", base=base) == (200, "home")
    assert serve(built, "/project/about", base=base) == (200, "about")
    assert serve(built, "/project/blog", base=base) == (301, "/project/blog/")
    assert serve(built, "/about", base=base) == (404, "")


RULES = """\
# moved
/old        /about
/gone       /about   410
/hop        https://elsewhere.example/  302
/2024/*     /archive/:splat
/n/:year/:slug/  /news-:year-:slug  308
/about      /news/   302
/blog/      /forced/ 301!
/de/*       /x       302  Country=de
/app/*      /index.html 200
nonsense
/loop
"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/old", (301, "/about")),
        ("/old/", (301, "/about")),
        ("/gone", (410, "about")),
        ("/hop", (302, "https://elsewhere.example/")),
        ("/2024/05/a", (301, "/archive/05/a")),
        ("/2024", (301, "/archive/")),
        ("/n/2024/cats", (308, "/news-2024-cats")),
        ("/about", (200, "about")),
        ("/blog/", (301, "/forced/")),
        ("/de/page", (404, "nothing here")),
        ("/app/inbox/7", (200, "home")),
        ("/_redirects", (404, "nothing here")),
    ],
)
def test_rules_for_redirects(built: Path, path: str, expected: tuple[int, str]) -> None:
    (built / "_redirects").write_text(RULES, encoding="utf-8")
    assert serve(built, path) == expected


def test_rules_for_headers(built: Path) -> None:
    (built / "_headers").write_text(
        "/*\n  X-Robots-Tag: noai\n/blog/*\n  X-Robots-Tag: noindex\n  Link: </f>; rel=alternate\n\n"
        "/*.xml\n  Content-Type: application/rss+xml\n  Content-Length: 7\n  bad header: x\n  no colon\n",
        encoding="utf-8",
    )
    folder = Folder(built, "https://www.example.com/")

    def headers(path: str) -> dict[str, str]:
        return dict(folder.serve(f"https://www.example.com{path}", MOST).headers)

    assert headers("/about")["x-robots-tag"] == "noai"
    assert headers("/blog/")["x-robots-tag"] == "noai, noindex"
    assert headers("/blog/")["link"] == "</f>; rel=alternate"
    assert headers("/feed.xml") == {
        "content-type": "application/rss+xml", "content-length": "6", "x-robots-tag": "noai",
    }  # fmt: skip


def test_files_that_nothing_leads_to(built: Path) -> None:
    met = {"/", "/about", "/x.html", "/blog/", "/news/"}
    assert list(Folder(built, "https://www.example.com/").unmet(met.__contains__)) == ["a b/ü.html", "x/x.html"]
