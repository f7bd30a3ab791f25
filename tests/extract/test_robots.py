"""robots.txt: the verdicts of RFC 9309 and the lines that decide."""

import pytest

from smocrawl.extract.files.robots import Robots, matches, normalised

SITE = "https://example.com"


def verdict(text: str, path: str, bot: str = "smocrawl"):
    return Robots.read(text.encode()).allowed(bot, SITE + path)


def test_the_longest_rule_decides_and_is_named() -> None:
    text = "User-agent: *\nDisallow: /\nAllow: /blog/\nDisallow: /blog/drafts/\n"
    assert not verdict(text, "/shop").allowed
    assert verdict(text, "/shop").line == 2
    assert verdict(text, "/blog/roses").allowed
    assert verdict(text, "/blog/roses").line == 3
    assert verdict(text, "/blog/drafts/x").line == 4


def test_allow_wins_between_rules_of_one_length() -> None:
    assert verdict("User-agent: *\nDisallow: /a\nAllow: /a\n", "/a").allowed


def test_a_bot_with_rules_of_its_own_ignores_those_for_everybody() -> None:
    text = "User-agent: *\nDisallow: /\n\nUser-agent: Twitterbot\nDisallow:\n"
    assert verdict(text, "/", "Twitterbot").allowed
    assert not verdict(text, "/", "facebookexternalhit").allowed


def test_groups_of_one_bot_are_taken_together() -> None:
    text = "User-agent: a\nDisallow: /one\n\nUser-agent: b\nDisallow: /three\n\nUser-agent: A/2.0\nDisallow: /two\n"
    assert not verdict(text, "/one", "a").allowed
    assert not verdict(text, "/two", "a").allowed
    assert verdict(text, "/three", "a").allowed


def test_several_bots_share_a_group() -> None:
    text = "User-agent: a\nUser-agent: b\nSitemap: https://example.com/s.xml\nDisallow: /x\n"
    assert not verdict(text, "/x", "a").allowed
    assert not verdict(text, "/x", "b").allowed


@pytest.mark.parametrize(
    ("pattern", "path", "matched"),
    [
        ("/", "/anything", True),
        ("/fish", "/fishheads/yummy.html", True),
        ("/fish", "/Fish.asp", False),
        ("/fish*", "/fish", True),
        ("/*.php", "/folder/filename.php?parameters", True),
        ("/*.php", "/windows.PHP", False),
        ("/*.php$", "/filename.php", True),
        ("/*.php$", "/filename.php?parameters", False),
        ("/fish*.php", "/fishheads/catfish.php?parameters", True),
        ("/a*b*c$", "/a-b-b-c", True),
        ("/a*b*c$", "/a-b-c-d", False),
        ("/a$", "/a", True),
        ("/a$", "/ab", False),
        ("/a*$", "/abc", True),
        ("*/private", "/x/private", True),
        ("/ab*ab$", "/ab", False),
    ],
)
def test_patterns(pattern: str, path: str, matched: bool) -> None:
    assert matches(pattern, path) is matched


def test_many_stars_are_no_burden() -> None:
    assert not matches("/" + "*a" * 5_000 + "$", "/" + "a" * 4_999)


@pytest.mark.parametrize("written", ["/grün", "/gr%c3%bcn", "/gr%C3%BCn"])
def test_escapes_are_one_spelling(written: str) -> None:
    assert normalised(written) == "/gr%C3%BCn"
    assert not verdict(f"User-agent: *\nDisallow: {written}\n", "/gr%C3%BCn/x").allowed


def test_plain_characters_are_unescaped_but_slashes_are_not() -> None:
    assert normalised("/%61%2Fb") == "/a%2Fb"


def test_query_counts() -> None:
    text = "User-agent: *\nDisallow: /*?share=\n"
    assert not verdict(text, "/post?share=facebook").allowed
    assert verdict(text, "/post").allowed


def test_robots_txt_itself_is_always_allowed() -> None:
    assert verdict("User-agent: *\nDisallow: /\n", "/robots.txt").allowed


@pytest.mark.parametrize(
    ("status", "allowed"), [(404, True), (403, True), (301, True), (503, False), (429, False), (None, False)]
)
def test_without_a_file(status: int | None, allowed: bool) -> None:
    robots = Robots.read(b"User-agent: *\nDisallow: /", status=status, error=None if status else "timeout")
    assert robots.allowed("smocrawl", SITE + "/").allowed is allowed
    assert (robots.unavailable is None) is allowed


def test_delay_and_sitemaps() -> None:
    robots = Robots.read(
        b"Sitemap: https://example.com/a.xml\nUser-agent: *\nCrawl-delay: 2.5\nUser-agent: slow\nCrawl-delay: never\n"
        b"sitemap : https://example.com/b.xml\nSitemap: https://example.com/a.xml\n"
    )
    assert robots.sitemaps == ("https://example.com/a.xml", "https://example.com/b.xml")
    assert robots.delay("smocrawl") == 2.5
    assert robots.delay("slow") is None


def test_dirty_files_give_what_can_be_read() -> None:
    text = "\ufeffUSER-AGENT : *  # all\r\nDisalow: /a # typo\r\nnonsense\r\nDisallow /b\r\n\x00\r\n"
    robots = Robots.read(text.encode())
    assert robots.allowed("x", SITE + "/a").line == 2
    assert robots.allowed("x", SITE + "/b").allowed
    assert [one.where for one in robots.facts.trouble] == ["line 3", "line 4", "line 5"]


def test_rules_before_any_bot_bind_nobody() -> None:
    robots = Robots.read(b"Disallow: /\n")
    assert robots.allowed("x", SITE + "/").allowed
    assert robots.facts.trouble


def test_a_web_page_in_its_place_forbids_nothing() -> None:
    robots = Robots.read(b"<!DOCTYPE html><html><body>User-agent: *\nDisallow: /\n</body></html>")
    assert robots.allowed("x", SITE + "/").allowed
    assert robots.facts.trouble[0].kind == "html"


def test_only_the_first_500_kibibytes_count() -> None:
    body = b"User-agent: *\nDisallow: /early\n" + b"# filler\n" * 60_000 + b"Disallow: /late\n"
    robots = Robots.read(body)
    assert not robots.allowed("x", SITE + "/early").allowed
    assert robots.allowed("x", SITE + "/late").allowed
    assert robots.facts.trouble[0].kind == "limit"
