"""A loopback server in a process of its own, so quick that it never is what is measured."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from benchmarks import small

TYPES = {".html": "text/html; charset=utf-8", ".png": "image/png", ".txt": "text/plain"}


class Connection(asyncio.Protocol):
    """Keep-alive, whole answers by path, nothing else."""

    def __init__(self, find: Callable[[str], bytes | None], latency: float = 0) -> None:
        self.find = find
        self.latency = latency
        self.waiting = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        *requests, self.waiting = (self.waiting + data).split(b"\r\n\r\n")
        for request in requests:
            path = request.split(b" ", 2)[1].decode("latin-1").partition("?")[0]
            said = self.find(path) or answer(404, "text/plain", b"not here")
            if self.latency:
                asyncio.get_running_loop().call_later(self.latency, self.transport.write, said)
            else:
                self.transport.write(said)


def answer(status: int, kind: str, body: bytes) -> bytes:
    return f"HTTP/1.1 {status} -\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def load(folder: Path) -> dict[str, bytes]:
    """Each file with its whole answer, by path."""
    return {
        f"/{one.name}": answer(200, TYPES.get(one.suffix, "text/plain"), one.read_bytes()) for one in folder.iterdir()
    }


def made(count: int) -> Callable[[str], bytes | None]:
    """A large site of small pages, each made when it is asked for."""

    def find(path: str) -> bytes | None:
        body = small.page(path, count)
        return None if body is None else answer(200, TYPES[".html"], body)

    return find


async def serve(find: Callable[[str], bytes | None], port: int, latency: float) -> None:
    server = await asyncio.get_running_loop().create_server(lambda: Connection(find, latency), "127.0.0.1", port)
    print("ready", flush=True)
    await server.serve_forever()


@contextmanager
def running(what: Path | int, port: int, latency: float = 0) -> Iterator[None]:
    """The server for the files of a folder, or for so many small pages, until the block ends; *latency* in seconds."""
    words = [sys.executable, "-m", __name__, str(what), str(port), str(latency)]
    started = subprocess.Popen(words, stdout=subprocess.PIPE)
    try:
        if started.stdout is None or started.stdout.readline().strip() != b"ready":
            raise RuntimeError("The server did not start.")
        yield
    finally:
        started.terminate()
        started.communicate()


if __name__ == "__main__":
    what, port, latency = sys.argv[1:]
    asyncio.run(serve(made(int(what)) if what.isdecimal() else load(Path(what)).get, int(port), float(latency)))
