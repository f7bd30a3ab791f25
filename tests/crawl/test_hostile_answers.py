"""Whatever a server sends, each address ends in one record with its reason, and the pages behind it are read."""

from __future__ import annotations

import contextlib
import gzip
import socket
import struct
import threading
import time
from collections.abc import Callable
from typing import Self

import pytest
from running import Ran, run
from serving import Answer, Site, moved, page

HEADERS = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def endless(connection: socket.socket) -> None:
    connection.sendall(HEADERS + b"\r\n" + page("Endless").encode())
    with contextlib.suppress(OSError):
        while True:
            connection.sendall(b"<p>and on</p>" * 5_000)


def drip(connection: socket.socket) -> None:
    connection.sendall(HEADERS + b"\r\n" + page("Slow").encode())
    with contextlib.suppress(OSError):
        for _ in range(600):
            connection.sendall(b"<p>on</p>")
            time.sleep(0.1)


def lost(connection: socket.socket) -> None:
    connection.sendall(HEADERS + b"Content-Length: 5000\r\n\r\n<title>lo")


RAW: dict[str, Callable[[socket.socket], object]] = {
    "/reset": reset,
    "/nothing": lambda connection: None,
    "/no-http": lambda connection: connection.sendall(b"HTTP/9.9 abc \xff\x00\r\n\r\n"),
    "/endless": endless,
    "/drip": drip,
    "/lost": lost,
}


class RawSite(Site):
    """Some paths are answered by the socket itself."""

    def __enter__(self) -> Self:
        self.raw = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()
        super().__enter__()
        return self

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.raw.accept()
                threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            path = connection.recv(4096).split(b" ")[1].decode()
            found = RAW.get(path)
            if found is not None:
                found(connection)
            else:
                answer = self.answer(path)
                head = f"HTTP/1.1 {answer.status} -\r\nContent-Type: {answer.type}\r\n"
                extra = "".join(f"{name}: {value}\r\n" for name, value in answer.headers.items())
                connection.sendall(
                    (head + extra + f"Content-Length: {len(answer.bytes)}\r\nConnection: close\r\n\r\n").encode()
                    + answer.bytes
                )

    def __exit__(self, *arguments: object) -> None:
        super().__exit__(*arguments)  # type: ignore[arg-type]
        self.raw.close()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.raw.getsockname()[1]}"


BOMB = gzip.compress(page("Bomb").encode() + b"A" * 60_000_000)
TAGS = gzip.compress(page("Tags").encode() + b"<p>" * 5_000_000)
PAGES = {
    "/": page(
        "Home", *RAW, "/bomb", "/tags", "/bad-target", "/to-private", "/loop-a", "/count/0", "/wide", "/good",
        head='<meta property="og:image" content="http://127.0.0.1:9/x.png">',
    ),
    "/bomb": Answer(BOMB, headers={"Content-Encoding": "gzip"}),
    "/tags": Answer(TAGS, headers={"Content-Encoding": "gzip"}),
    "/bad-target": moved("http://[::bad:99999/%zz ?"),
    "/to-private": moved("http://169.254.169.254/latest/"),
    "/loop-a": moved("/loop-b"),
    "/loop-b": moved("/loop-a"),
    "/wide": Answer(page("UTF-16").encode("utf-16"), type="text/html; charset=utf-16"),
    "/good": page("Good"),
    **{f"/count/{n}": moved(f"/count/{n + 1}") for n in range(20)},
}  # fmt: skip


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    with RawSite(PAGES) as site:
        done = run(
            tmp_path_factory.mktemp("hostile"), "smo-crawl", site.host, "-s", "DOWNLOAD_TIMEOUT=10",
            environment={"SMO_WORKERS": "1"}, timeout=150,
        )  # fmt: skip
        done.host = site.url  # type: ignore[attr-defined]
    return done


def test_it_ends_and_says_what_is_missing(ran: Ran) -> None:
    assert ran.code == 3, ran.said
    assert "Traceback" not in ran.said
    assert "connection lost" in ran.said


@pytest.mark.parametrize(
    ("path", "status", "error"),
    [
        ("/good", 200, None),
        ("/wide", 200, None),
        ("/bomb", 200, None),
        ("/tags", 200, None),
        ("/endless", 200, None),
        ("/reset", None, "connection lost"),
        ("/nothing", None, "connection lost"),
        ("/no-http", None, "failed: the answer is no HTTP"),
        ("/lost", 200, "connection lost after 9 bytes"),
        ("/drip", None, "timeout after"),
        ("/bad-target", 301, "redirect without a usable address"),
        ("/to-private", 301, "redirect refused: private address"),
        ("/loop-a", 301, "redirect loop"),
        ("/loop-b", 301, "redirect loop"),
        ("/count/0", 301, "redirect: more than 10 hops"),
    ],
)
def test_each_address_has_its_record(ran: Ran, path: str, status: int | None, error: str | None) -> None:
    found = ran.crawled()[ran.host + path]  # type: ignore[attr-defined]
    assert found[0] == status
    assert found[1] == error if error is None else (found[1] or "").startswith(error)


def test_a_private_picture_is_never_asked(ran: Ran) -> None:
    assert ran.crawled()["http://127.0.0.1:9/x.png"] == (None, "refused: port 9")


def test_what_was_cut_is_read_as_far_as_it_came(ran: Ran) -> None:
    read = dict(ran.rows("SELECT u.url, p.title FROM page p JOIN url u ON u.id = p.url"))
    assert {read[ran.host + path] for path in ("/bomb", "/tags", "/endless")} == {"Bomb", "Tags", "Endless"}  # type: ignore[attr-defined]
