"""A loopback server in a process of its own, so quick that it never is what is measured."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

TYPES = {".html": "text/html; charset=utf-8", ".png": "image/png", ".txt": "text/plain"}


class Connection(asyncio.Protocol):
    """Keep-alive, whole files from memory, nothing else."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.waiting = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        *requests, self.waiting = (self.waiting + data).split(b"\r\n\r\n")
        for request in requests:
            path = request.split(b" ", 2)[1].decode("latin-1").partition("?")[0]
            self.transport.write(self.files.get(path) or answer(404, "text/plain", b"not here"))


def answer(status: int, kind: str, body: bytes) -> bytes:
    return f"HTTP/1.1 {status} -\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def load(folder: Path) -> dict[str, bytes]:
    """Each file with its whole answer, by path."""
    return {
        f"/{one.name}": answer(200, TYPES.get(one.suffix, "text/plain"), one.read_bytes()) for one in folder.iterdir()
    }


async def serve(files: dict[str, bytes], port: int) -> None:
    server = await asyncio.get_running_loop().create_server(lambda: Connection(files), "127.0.0.1", port)
    print("ready", flush=True)
    await server.serve_forever()


@contextmanager
def running(folder: Path, port: int) -> Iterator[None]:
    """The server for the files of *folder*, until the block ends."""
    started = subprocess.Popen([sys.executable, "-m", __name__, str(folder), str(port)], stdout=subprocess.PIPE)
    try:
        if started.stdout is None or started.stdout.readline().strip() != b"ready":
            raise RuntimeError("The server did not start.")
        yield
    finally:
        started.terminate()
        started.communicate()


if __name__ == "__main__":
    asyncio.run(serve(load(Path(sys.argv[1])), int(sys.argv[2])))
