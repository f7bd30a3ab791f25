"""Pictures on hosts that let us wait or are gone: no page waits for them, and each is asked all the same."""

from __future__ import annotations

import contextlib
import threading
from pathlib import Path

from running import run
from serving import Answer, Site, page

PAGES, HOSTS = 24, 20


class Reluctant(Site):
    """Keeps its robots.txt until *met* happens, and remembers whether it did; then serves any picture."""

    def __init__(self, number: int, met: threading.Event) -> None:
        super().__init__(self.late)
        self.address = f"127.0.0.{number}"
        self.met = met
        self.in_time: list[bool] = []

    def late(self, path: str) -> Answer | None:
        if path == "/robots.txt":
            self.in_time.append(self.met.wait(20))
            return Answer("User-agent: *\nDisallow:\n", type="text/plain")
        return Answer(b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", type="image/gif")


def test_no_page_waits_for_another_host(tmp_path: Path) -> None:
    last_page = threading.Event()

    def chain(path: str) -> Answer | None:
        if not path.startswith("/p"):
            return Answer(page("Home", "/p1", head=shown)) if path == "/" else None
        number = int(path[2:])
        if number == PAGES:
            last_page.set()
        return Answer(page(f"Page {number}", *([f"/p{number + 1}"] if number < PAGES else ())))

    with contextlib.ExitStack() as stack:
        others = [stack.enter_context(Reluctant(10 + number, last_page)) for number in range(HOSTS)]
        shown = "".join(f'<link rel="icon" href="{other.url}/{name}.gif">' for other in others for name in "abc")
        site = stack.enter_context(Site(chain))
        ran = run(
            tmp_path, "smo-crawl", site.host, environment={"SMO_ALLOW_PRIVATE": ",".join(one.host for one in others)}
        )
    assert ran.code == 0, ran.said
    assert [one.in_time for one in others] == [[True]] * HOSTS
    assert [(one.hits["/a.gif"], one.hits["/b.gif"], one.hits["/c.gif"]) for one in others] == [(1, 1, 1)] * HOSTS
    rows = ran.crawled()
    assert all(rows[f"{one.url}/c.gif"][0] == 200 for one in others)
    assert rows[f"{site.url}/p{PAGES}"][0] == 200


def test_a_host_that_is_gone_is_asked_once_more(tmp_path: Path) -> None:
    gone = "https://gone.invalid"
    head = "".join(f'<link rel="icon" href="{gone}/{name}.png">' for name in "abc")
    with Site({"/": page("Home", head=head)}) as site:
        ran = run(tmp_path, "smo-crawl", site.host)
    rows = ran.crawled()
    assert {(rows[f"{gone}/{name}.png"]) for name in "abc"} == {(None, "dns: the name does not resolve")}
    assert ran.code == 0, ran.said
