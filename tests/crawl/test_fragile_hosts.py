"""Hosts that drop connections: they are asked again, more gently, and every page is read."""

from __future__ import annotations

import socket
import struct
import threading
import time
from pathlib import Path

import pytest
from running import run
from serving import RawSite, page

PAGES = {"/": page("Home", *(f"/{n}" for n in range(10))), **{f"/{n}": page(f"Page {n}") for n in range(10)}}


class Flaky(RawSite):
    """Resets every second connection."""

    def __init__(self) -> None:
        super().__init__(PAGES, {})
        self.connections = 0

    def _answer(self, connection: socket.socket) -> None:
        with self._lock:
            self.connections += 1
            drops = self.connections % 2 == 0
        if drops:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.close()
        else:
            super()._answer(connection)


class Narrow(RawSite):
    """Resets whoever opens a third connection at the same time."""

    def __init__(self) -> None:
        super().__init__(PAGES, {})
        self.open = 0
        self.dropped = 0

    def _answer(self, connection: socket.socket) -> None:
        with self._lock:
            self.open += 1
            drops = self.open > 2
            self.dropped += drops
        if drops:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.close()
        else:
            time.sleep(0.05)
            super()._answer(connection)
        with self._lock:
            self.open -= 1


@pytest.mark.parametrize("kind", [Flaky, Narrow])
def test_every_page_is_read(tmp_path: Path, kind: type[RawSite]) -> None:
    with kind() as site:
        ran = run(tmp_path, "smo-crawl", site.host, "-a", "sources=links")
    assert ran.code in (0, 3), ran.said
    assert "Traceback" not in ran.said
    rows = ran.crawled()
    assert {rows[site.url + path] for path in PAGES} == {(200, None)}


def talk_no_tls(listener: socket.socket) -> None:
    connection, _ = listener.accept()
    with connection:
        connection.recv(100)
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def test_what_talks_no_tls_is_an_error_of_its_own(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        for _ in range(8):
            threading.Thread(target=talk_no_tls, args=(listener,), daemon=True).start()
        host = f"127.0.0.1:{listener.getsockname()[1]}"
        home = page("Home", head=f'<meta property="og:image" content="https://{host}/x.png">')
        with RawSite({"/": home}, {}) as site:
            ran = run(tmp_path, "smo-crawl", site.host, environment={"SMO_ALLOW_PRIVATE": host})
    assert ran.code in (0, 3), ran.said
    status, error = ran.crawled()[f"https://{host}/x.png"]
    assert status is None
    assert (error or "").startswith("tls: ")
