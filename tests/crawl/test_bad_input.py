"""Whatever is wrong with the input or the site: one clear line, no traceback, and the exit code of the contract."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from running import run
from serving import Answer, Site, moved, page

HOME = page("Home of a small house", "/a")
LOGIN = (
    "<!doctype html><title>Sign in</title><body><main><h1>Sign in</h1><form action='/login' method='post'>"
    "<input name='user'><input type='password' name='password'><button>Sign in</button></form></main></body>"
)
CHALLENGE = (
    "<!doctype html><html><head><title>Just a moment...</title></head><body><div id='challenge-running'>Checking your "
    "browser before accessing the site.</div><script src='/cdn-cgi/challenge-platform/h/b/orchestrate/jsch/v1'></script></body></html>"
)
CONSENT = (
    "<!doctype html><html><head><title>Before you continue</title></head><body><main><h1>Before you continue</h1>"
    "<p>We use cookies.</p><form action='/consent/save' method='post'><button>Accept all</button><button>Reject all</button>"
    "</form></main></body></html>"
)
SHELL = '<!doctype html><html><head><title>App</title></head><body><div id="root"></div><script src="/app.js"></script></body></html>'


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["crawl", "smo"], "-a domain=example.com"),
        (["smo-crawl"], "Name one site"),
        (["smo-crawl", "a.example", "b.example"], "Name one site"),
        (["smo-crawl", "a.example", "-a", "colour=red"], "no argument 'colour'"),
        (["smo-crawl", "a.example", "-a", "audience=martians"], "no audience 'martians'"),
        (["smo-crawl", "a.example", "-a", "audience=missing.toml"], "missing.toml cannot be read"),
        (["smo-crawl", "a.example", "-a", "max_pages=few"], "max_pages='few'"),
        (["smo-crawl", "a.example", "-a", "include=("], "no regular expression"),
        (["smo-crawl", "a.example", "-a", "sources=links,rumours"], "sources='rumours'"),
        (["smo-crawl", "ftp://a.example/"], "only http and https"),
        (["smo-crawl", "https://user:secret@a.example/"], "SMO_AUTH"),
        (["smo-crawl", "not a host"], "is no host name"),
        (["smo-crawl", "a.example", "-a", "urls=nowhere.txt"], "nowhere.txt' cannot be read"),
        (
            ["smo-crawl", "a.example", "-a", "seeds=https://b.example/x"],
            "seeds='https://b.example/x': that is not on a.example",
        ),
        (
            ["smo-crawl", "a.example", "-a", "seeds=https://a.example/,https://news.a.example/"],
            "'https://news.a.example/'",
        ),
        (
            ["smo-crawl", "127.0.0.1:1", "-a", "as_url=https://a.example", "-a", "seeds=https://b.example/"],
            "not on a.example",
        ),
        (["smo-crawl", "a.example", "-s", "SMO_STORE=."], "SMO_STORE='.' is a folder: name a file in it"),
        (["smo-crawl", "a.example", "-s", "SMO_AUTH=user:secret"], "SMO_AUTH is taken from the environment alone"),
        (["crawl", "other"], "one spider"),
        (["smo-check", "nothing-here.html"], "cannot be read"),
        (["smo-check", "-", "--as", "http://[::1"], "--as 'http://[::1': an http or https URL is wanted."),
        (["smo-report", "--run", "7", "a.example"], "Unknown option --run."),
        (["smo-report", "a.example", "-s", "SMO_REPORT=x"], "no setting 'SMO_REPORT'. Did you mean SMO_REPORTS?"),
        (["smo-explain", "og-imagee"], "og-image"),
    ],
    ids=lambda value: "-".join(value)[:40] if isinstance(value, list) else "",
)
def test_bad_usage_is_refused_by_name(tmp_path: Path, words: list[str], line: str) -> None:
    inside_project = words[0] == "crawl"
    if inside_project:
        (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = smocrawl.settings\n")
    ran = run(tmp_path, *words)
    assert ran.code == 2
    assert line in ran.err
    assert "Traceback" not in ran.said
    assert "secret" not in ran.said


def test_a_list_that_names_another_site_is_refused_before_anything_is_asked(tmp_path: Path) -> None:
    (tmp_path / "pages.txt").write_text("https://www.a.example/one\nhttps://b.example/two\n")
    ran = run(tmp_path, "smo-crawl", "a.example", "-a", "urls=pages.txt")
    assert ran.code == 2
    assert "urls='pages.txt' names 'https://b.example/two': that is not on a.example" in ran.err
    assert not ran.reports.exists()


@pytest.mark.parametrize("words", [("smo-crawl", "a.example"), ("smo-check", "https://a.example/")])
def test_credentials_without_a_colon_are_refused_and_not_shown(tmp_path: Path, words: tuple[str, str]) -> None:
    ran = run(tmp_path, *words, environment={"SMO_AUTH": "very-secret"})
    assert ran.code == 2
    assert "SMO_AUTH in the environment has no colon: user:password is wanted." in ran.err
    assert "very-secret" not in ran.said


@pytest.mark.parametrize(
    ("home", "line"),
    [
        (Answer("no", status=403), "answers 403: the site refuses our crawler. Allow this user agent: smocrawl/"),
        (Answer("no", status=401), "asks for a password"),
        (Answer("no", status=404), "answers 404"),
        (Answer("slow down", status=429), "asks us to slow down"),
        (Answer("oops", status=500), "answers 500"),
        (Answer(LOGIN), "is a login page"),
        (Answer(CHALLENGE, status=403), "the site refuses our crawler"),
        (Answer(CHALLENGE), "is a challenge"),
        (Answer(CONSENT), "is a consent page"),
        (Answer("%PDF-1.4", type="application/pdf"), "is not HTML but application/pdf"),
        (Answer(""), "is empty"),
        (moved("http://elsewhere.example/"), "redirects to another site: http://elsewhere.example/"),
    ],
    ids=lambda value: value[:30].replace("/", "-") if isinstance(value, str) else "",
)
def test_a_home_page_that_is_none_is_named(tmp_path: Path, home: Answer, line: str) -> None:
    with Site({"/": home}) as site:
        ran = run(tmp_path, "smo-crawl", site.url)
    assert ran.code == 4, ran.said
    assert line in ran.err
    assert "Traceback" not in ran.said


def test_a_page_drawn_by_scripts_is_reported_as_such(tmp_path: Path) -> None:
    with Site({"/": SHELL}) as site:
        ran = run(tmp_path, "smo-crawl", site.url)
    assert ran.code == 3
    assert "drawn wholly by scripts" in ran.said
    assert list(ran.reports.glob("*/*/index.html"))


def test_seeds_that_all_fail_say_why(tmp_path: Path) -> None:
    with Site({"/one": Answer("oops", status=500)}) as site:
        ran = run(tmp_path, "smo-crawl", site.url, "-a", f"seeds={site.url}/one,{site.url}/two", "-a", "sources=links")
    assert ran.code == 4, ran.said
    assert "1 page: answered 500." in ran.err
    assert "Traceback" not in ran.said


def test_everything_disallowed(tmp_path: Path) -> None:
    with Site({"/robots.txt": Answer("User-agent: *\nDisallow: /\n", type="text/plain"), "/": HOME}) as site:
        ran = run(tmp_path, "smo-crawl", site.url)
        assert ran.code == 4
        assert "robots.txt forbids" in ran.err
        assert "ignore_robots=1" in ran.err
        assert site.hits["/"] == 0
        allowed = run(tmp_path, "smo-crawl", site.url, "-a", "ignore_robots=1", "-a", "fresh=1")
        assert allowed.code in (0, 3)
        assert site.hits["/"] == 1


def test_robots_txt_that_fails_forbids_everything(tmp_path: Path) -> None:
    with Site({"/robots.txt": Answer("oops", status=500), "/": HOME}) as site:
        ran = run(tmp_path, "smo-crawl", site.url)
        assert ran.code == 4
        assert "RFC 9309" in ran.err
        assert site.hits["/"] == 0


def test_a_name_that_does_not_resolve(tmp_path: Path) -> None:
    ran = run(tmp_path, "smo-crawl", "nowhere.invalid")
    assert ran.code == 4
    assert "does not resolve" in ran.err
    assert "Traceback" not in ran.said


def test_nobody_listens(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        ran = run(tmp_path, "smo-crawl", f"127.0.0.1:{taken.getsockname()[1]}")
    assert ran.code == 4
    assert "connection refused" in ran.err


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("a file stands where the folder should be")
    ran = run(tmp_path, "smo-crawl", "a.example")
    assert ran.code == 5
    assert "cannot be written" in ran.err
    assert "SMO_REPORTS" in ran.err


def test_a_store_of_another_program(tmp_path: Path) -> None:
    folder = tmp_path / "reports" / "a.example"
    folder.mkdir(parents=True)
    (folder / "crawls.sqlite").write_bytes(b"this is no database" * 100)
    ran = run(tmp_path, "smo-crawl", "a.example")
    assert ran.code == 5
    assert "cannot be used as a store" in ran.err


def test_a_second_crawl_of_the_same_site_is_refused(tmp_path: Path) -> None:
    import fcntl

    folder = tmp_path / "reports" / "a.example"
    folder.mkdir(parents=True)
    with (folder / "crawls.lock").open("w") as held:
        held.write("process 4711 on somewhere")
        held.flush()
        fcntl.flock(held, fcntl.LOCK_EX)
        ran = run(tmp_path, "smo-crawl", "a.example")
    assert ran.code == 2
    assert "process 4711 on somewhere" in ran.err
