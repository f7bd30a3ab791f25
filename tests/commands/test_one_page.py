"""smo-check, smo-explain and smo-report as a user calls them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from running import LONGEST, SCRAPY, run
from serving import Answer, Site, moved, page

from smocrawl.page import FACTS_VERSION

HEAD = (
    '<meta property="og:title" content="A title for sharing, long enough">'
    '<meta property="og:description" content="What the page is about, in one sentence that says enough to be of use.">'
    '<meta property="og:image" content="/card.png"><link rel="canonical" href="/article">'
)
# The smallest PNG header that tells a size of 1200 x 630.
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x04\xb0\x00\x00\x02\x76\x08\x02\x00\x00\x00" + bytes(40)


def test_a_file_in_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(page("A page", head=HEAD))
    ran = run(tmp_path, "smo-check", "page.html", "--as", "https://example.com/article")
    assert ran.code == 0, ran.err
    assert ran.out.startswith("https://example.com/article")
    assert "Facebook: " in ran.out
    assert "A title for sharing, long enough   [og:title]" in ran.out
    assert "og-image-absolute" in ran.out


def test_cards_in_the_terminal_say_what_is_lost_of_them(tmp_path: Path) -> None:
    title = "A title that is longer than what X shows of one, for it goes on and on"
    head = f'<meta name="twitter:card" content="summary"><meta property="og:title" content="{title} to its end">'
    (tmp_path / "page.html").write_text(page("A page", head=head))
    out = run(tmp_path, "smo-check", "page.html", "--as", "https://example.com/article").out
    assert f"    title: {title[:70]}…   [og:title]\n" in out
    assert "    - title cut (limit 70, lost 11)\n" in out
    assert "    - image missing\n" in out


def test_standard_input_as_json(tmp_path: Path) -> None:
    done = subprocess.run(
        [SCRAPY, "smo-check", "-", "--as", "https://example.com/article", "--json"],
        input=page("A page", head=HEAD).encode(), capture_output=True, cwd=tmp_path, timeout=LONGEST, check=True,
    )  # fmt: skip
    said = json.loads(done.stdout)
    assert said["url"] == "https://example.com/article"
    assert 0 < said["score"] < 100
    assert said["cards"]["mastodon"]["title"] == "A title for sharing, long enough"
    assert all(finding["says"] for finding in said["findings"])
    assert said["outcomes"]["og-image-fetchable"] == "not-measured"


def test_an_address_with_its_picture_and_redirect(tmp_path: Path) -> None:
    with Site(
        {"/old": moved("/article"), "/article": page("A page", head=HEAD), "/card.png": Answer(PNG, type="image/png")}
    ) as site:
        ran = run(tmp_path, "smo-check", f"{site.url}/old", "--json", environment={"SMO_ALLOW_PRIVATE": site.host})
        said = json.loads(ran.out)
        assert said["url"] == f"{site.url}/article"
        assert said["outcomes"]["og-image-size"] == "passed"
        assert site.hits["/card.png"] == 1


EMBEDDED = '<link rel="alternate" type="application/json+oembed" href="/oembed"><title>From the page</title>'
EMBED = '{"version": "1.0", "type": "link", "title": "From oEmbed", "author_name": "Ada"}'


def test_the_oembed_answer_of_an_address_is_asked_for_once(tmp_path: Path) -> None:
    pages = {"/article": page("A page", head=EMBEDDED), "/oembed": moved("/moved")}
    with Site(pages | {"/moved": Answer(EMBED, type="application/json")}) as site:
        ran = run(tmp_path, "smo-check", f"{site.url}/article", "--json", environment={"SMO_ALLOW_PRIVATE": site.host})
        said = json.loads(ran.out)
        assert said["cards"]["mastodon"]["title"] == "From oEmbed"
        assert said["cards"]["mastodon"]["taken"]["title"]["place"] == "oEmbed"
        assert said["cards"]["facebook"]["title"] == "A page"
        assert said["oembed_trouble"] is None
        assert (site.hits["/oembed"], site.hits["/moved"]) == (1, 1)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [(Answer("gone", status=410), "status 410"), (Answer("<p>no JSON", type="application/json"), "/oembed: ")],
)
def test_an_oembed_answer_that_cannot_be_read_is_told(tmp_path: Path, answer: Answer, reason: str) -> None:
    with Site({"/article": page("A page", head=EMBEDDED), "/oembed": answer}) as site:
        ran = run(tmp_path, "smo-check", f"{site.url}/article", environment={"SMO_ALLOW_PRIVATE": site.host})
        (line,) = [one for one in ran.out.splitlines() if one.startswith("The oEmbed answer")]
        assert f"{site.url}/oembed" in line
        assert reason in line
        assert "From oEmbed" not in ran.out


def test_a_file_asks_for_no_oembed_answer(tmp_path: Path) -> None:
    with Site({"/oembed": Answer(EMBED, type="application/json")}) as site:
        (tmp_path / "page.html").write_text(page("A page", head=EMBEDDED))
        ran = run(tmp_path, "smo-check", "page.html", "--as", f"{site.url}/article")
        assert ran.code == 0, ran.err
        assert site.hits["/oembed"] == 0
        assert "oEmbed answer" not in ran.out


def test_an_address_that_does_not_answer(tmp_path: Path) -> None:
    ran = run(tmp_path, "smo-check", "https://nowhere.invalid/")
    assert ran.code == 4
    assert "cannot be read: dns" in ran.err
    assert "Traceback" not in ran.said


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("og-image-size", "grade A"),
        ("linkedin", "LinkedInBot"),
        ("x", "Pictures above 4096×4096 are refused"),
        ("misskey", "It waits for 60 seconds"),
        ("orphan-pages", "tactic T1"),
    ],
)
def test_explained(tmp_path: Path, name: str, words: str) -> None:
    ran = run(tmp_path, "smo-explain", name)
    assert ran.code == 0, ran.err
    assert words in ran.out


def test_the_report_again_from_the_store(tmp_path: Path) -> None:
    with Site({"/": page("Home", "/a"), "/a": page("A")}) as site:
        assert run(tmp_path, "smo-crawl", site.host).code == 0
        host = site.host
    folder = host.replace(":", "_")
    (report,) = tmp_path.glob(f"reports/{folder}/*/index.html")
    before = report.read_text()
    report.write_text("gone")
    ran = run(tmp_path, "smo-report", host, "--rejudge")
    assert ran.code == 0, ran.err
    assert str(report) in ran.out
    assert len(report.read_text()) == len(before)


def test_no_report_without_a_crawl(tmp_path: Path) -> None:
    ran = run(tmp_path, "smo-report", "example.com")
    assert ran.code == 4
    assert "Run a crawl first" in ran.err


@pytest.mark.parametrize(
    ("words", "environment", "said"),
    [
        (("--pdf",), {"SMO_CHROMIUM": "/nowhere/chromium"}, "SMO_CHROMIUM='/nowhere/chromium' is no program"),
        (("--pdf", "--paper", "a3"), {}, "--paper 'a3': known are a4, letter."),
    ],
)
def test_a_pdf_that_cannot_be_printed_is_said_at_once(tmp_path: Path, words, environment, said) -> None:
    ran = run(tmp_path, "smo-report", "example.com", *words, environment=environment)
    assert ran.code == 2
    assert said in ran.err
    assert len(ran.err.strip().splitlines()) == 1


def test_a_brand_that_cannot_be_used_is_said_before_the_crawl(tmp_path: Path) -> None:
    (tmp_path / "brand.toml").write_text('accent = "blue"')
    with Site({"/": page("Home")}) as site:
        ran = run(tmp_path, "smo-crawl", site.host, environment={"SMO_BRAND": "brand.toml"})
        assert not site.hits
    assert ran.code == 2
    assert "accent must be a colour such as #2447c5" in ran.err


def test_control_characters_of_a_page_stay_out_of_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(
        page("\x1b[31mred\x07 \x9b", head='<meta property="og:title" content="&#27;[2J clear">')
    )
    ran = run(tmp_path, "smo-check", "page.html")
    assert ran.code == 0
    assert "\x1b" not in ran.said
    assert "\x9b" not in ran.said


def test_what_a_crawl_knows_of_an_address(tmp_path: Path) -> None:
    pages = {
        "/": page("Home", "/article", head=HEAD),
        "/article": page("A\x1b[31m page", head=HEAD),
        "/card.png": Answer(PNG, type="image/png"),
    }
    with Site(pages) as site:
        run(tmp_path, "smo-crawl", site.url, environment={"SMO_ALLOW_PRIVATE": site.host})
    article = run(tmp_path, "smo-explain", f"{site.url}/article", "--json")
    assert article.code == 0, article.err
    said = json.loads(article.out)
    assert (said["kind"], said["status"], said["facts_version"]) == ("page", 200, FACTS_VERSION)
    assert said["outcomes"]["og-title"] == "passed"
    assert [meta["content"] for meta in said["facts"]["metas"] if meta["prop"] == "og:image"] == ["/card.png"]
    lines = run(tmp_path, "smo-explain", f"{site.url}/article").out.splitlines()
    assert "status: 200" in lines
    assert any(line == "facts.metas[0].content: A title for sharing, long enough" for line in lines)
    assert not any("\x1b" in line for line in lines)
    picture = json.loads(run(tmp_path, "smo-explain", f"{site.url}/card.png", "--site", site.host, "--json").out)
    assert (picture["kind"], picture["facts"]["width"]) == ("image", 1200)
    missing = run(tmp_path, "smo-explain", f"{site.url}/never")
    assert missing.code == 4
    assert "/never was not met by the crawl of" in missing.err


@pytest.mark.parametrize(
    ("address", "code", "said"),
    [
        ("https://elsewhere.example/", 4, "Run a crawl first"),
        ("ftp://elsewhere.example/", 2, "no http or https address"),
    ],
)
def test_addresses_of_which_nothing_is_known(tmp_path: Path, address: str, code: int, said: str) -> None:
    ran = run(tmp_path, "smo-explain", address)
    assert (ran.code, "Traceback" in ran.err) == (code, False)
    assert said in ran.err


def test_credentials_go_to_the_address_that_was_typed_and_not_to_its_picture_elsewhere(tmp_path: Path) -> None:
    with Site({"/x.png": Answer(PNG, type="image/png")}) as other:
        home = page("A page", head=f'<meta property="og:image" content="{other.url}/x.png">')
        with Site({"/": home}) as site:
            environment = {"SMO_AUTH": "user:very-secret", "SMO_ALLOW_PRIVATE": other.host}
            ran = run(tmp_path, "smo-check", f"{site.url}/", environment=environment)
            assert [headers["Authorization"] for _, headers in site.requests] == ["Basic dXNlcjp2ZXJ5LXNlY3JldA=="]
    assert ran.code == 0, ran.said
    assert other.requests
    assert not any("Authorization" in headers for _, headers in other.requests)
    assert "very-secret" not in ran.said
