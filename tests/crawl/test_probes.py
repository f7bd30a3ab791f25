"""Look-ups on demand (``-a probes=…``): what is asked, of whom, how often, and what the checks make of it."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from running import Ran, run
from serving import Answer, Site, moved, page

from smocrawl.probing.answers import Heard, read_answer

LOOK_UPS = ("url-variants-collapse", "social-bots-http", "bot-compression", "profile-link-alive", "profile-link-back")


def outcomes(ran: Ran) -> dict[str, tuple[str, str | None]]:
    rows = ran.rows("SELECT check_id, outcome, reason FROM site_outcome")
    return {check: (outcome, reason) for check, outcome, reason in rows if check in LOOK_UPS}


def elsewhere() -> Site:
    """Another site, under a name of its own: pages that are there, moved, gone and forbidden."""
    return Site(
        {
            "/robots.txt": Answer("User-agent: *\nDisallow: /private\n", type="text/plain"),
            "/there": page("There"),
            "/old": moved("/there"),
        }
    )


class Choosy(Site):
    """Sends bots away by their names, and packs what it sends."""

    def __init__(self, pages: dict[str, Answer | str]) -> None:
        super().__init__(pages)
        self.agents: list[str] = []

    def answer(self, path: str) -> Answer:
        headers = self.requests[-1][1]
        if "WhatsApp" in headers.get("User-Agent", ""):
            return Answer("no bots", status=403, type="text/plain")
        found = super().answer(path)
        if found.type.startswith("text/html") and "gzip" in headers.get("Accept-Encoding", ""):
            packed = {**found.headers, "Content-Encoding": "gzip"}
            return Answer(gzip.compress(found.bytes, mtime=0), found.status, packed, found.type)
        return found


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ran, Site, Site]:
    with elsewhere() as other, Choosy({}) as site:
        outside = f"http://localhost:{other.server.server_port}"
        sources = "".join(
            f'<p><a href="{outside}/{name}">{name}</a></p>' for name in ("there", "old", "gone", "private")
        )
        article = '<meta property="og:type" content="article"><meta property="article:published_time" content="2026-11-01T10:00:00Z">'
        site.pages = {
            "/": page("Home", "/post/"),
            "/post/": page("A post with sources", "/", head=article, body=sources),
            "/post": page("A post with sources", "/", head=article, body=sources),
        }
        ran = run(
            tmp_path_factory.mktemp("probes"), "smo-crawl", site.host, "-a", "probes=all",
            environment={"SMO_ALLOW_PRIVATE": f"localhost:{other.server.server_port}"},
        )  # fmt: skip
    return ran, site, other


def test_every_look_up_has_one_record(asked: tuple[Ran, Site, Site]) -> None:
    ran, _, other = asked
    assert ran.code == 0, ran.said
    rows = ran.rows("SELECT topic, count(*), count(DISTINCT url || agent) FROM probe GROUP BY topic")
    assert {topic for topic, _, _ in rows} == {"variants", "bots", "outbound"}
    assert all(number == distinct for _, number, distinct in rows)
    # /there by itself and as the end of /old, each by HEAD, which this server does not know, and then by GET.
    assert other.hits["/there"] == 2
    assert other.hits["/gone"] == 1


def test_robots_txt_of_others_is_obeyed(asked: tuple[Ran, Site, Site]) -> None:
    ran, _, other = asked
    assert other.hits["/private"] == 0
    rows = ran.rows("SELECT probe.error FROM probe JOIN url ON url.id = probe.url WHERE url.url LIKE '%/private'")
    assert rows == [("robots",)]


def test_a_link_that_is_gone_is_found_on_its_page(asked: tuple[Ran, Site, Site]) -> None:
    ran, _, _ = asked
    rows = ran.rows("SELECT outcome, evidence FROM finding WHERE check_id = 'outbound-link-broken'")
    assert [(outcome, "/gone" in evidence) for outcome, evidence in rows] == [("warned", True)]


def test_the_checks_of_the_site_say_what_came_back(asked: tuple[Ran, Site, Site]) -> None:
    found = outcomes(asked[0])
    # /post and /post/ are one page without a canonical.
    assert found["url-variants-collapse"][0] == "failed"
    # WhatsApp asks from its users' telephones: no firewall can know it by its address.
    assert found["social-bots-http"][0] == "failed"
    assert found["bot-compression"][0] == "passed"


def test_bots_are_asked_for_by_their_whole_names(asked: tuple[Ran, Site, Site]) -> None:
    agents = {headers["User-Agent"] for _, headers in asked[1].requests}
    assert any("facebookexternalhit" in agent for agent in agents)
    assert any(agent.startswith("Mozilla/5.0 (X11") for agent in agents)


def test_without_the_argument_nothing_is_asked_and_the_outcome_says_so(tmp_path: Path) -> None:
    with elsewhere() as other, Site({}) as site:
        outside = f"http://localhost:{other.server.server_port}"
        site.pages = {"/": page("Home", body=f'<a href="{outside}/there">there</a>')}
        ran = run(tmp_path, "smo-crawl", site.host)
    assert ran.code == 0, ran.said
    assert not other.hits
    assert not ran.rows("SELECT 1 FROM probe")
    assert outcomes(ran) == dict.fromkeys(LOOK_UPS, ("not-measured", "off"))


@pytest.mark.parametrize(
    ("body", "facts"),
    [
        ("<title>Bindery</title><a href='https://www.larkfold.example/'>shop</a>", {"links_back": True}),
        ('{"note": "\\u003ca href=\\"https:\\/\\/larkfold.example\\"\\u003e"}', {"links_back": True}),
        ('{"q": "redirect?q=https%3A%2F%2Flarkfold.example&v=1"}', {"links_back": True}),
        ("<title>Bindery</title> notlarkfold.example, larkfold.example.net", {"links_back": False}),
        ("<title>Page not found</title>", {"links_back": False, "not_found": True}),
    ],
)
def test_an_account_that_names_the_site_links_back(body: str, facts: dict[str, bool]) -> None:
    kind = "application/json" if body.startswith("{") else "text/html; charset=utf-8"
    heard = Heard(
        url="https://github.com/Larkfold", topic="profiles", headers={"content-type": kind}, body=body.encode(),
        hosts=("larkfold.example", "www.larkfold.example"),
    )  # fmt: skip
    assert read_answer(heard) == {"handle": "larkfold", **facts}


def test_an_unknown_probe_is_refused_by_name(tmp_path: Path) -> None:
    ran = run(tmp_path, "smo-crawl", "example.com", "-a", "probes=bots,horoscope")
    assert ran.code == 2
    assert "probes='horoscope': known are variants, bots, profiles, outbound, embeds, or all" in ran.said
