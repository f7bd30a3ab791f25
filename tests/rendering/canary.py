"""Ports that nobody may knock at: every connection and datagram is written down."""

from __future__ import annotations

import contextlib
import selectors
import socket
import threading
from types import TracebackType
from typing import Self


class Canary:
    """A TCP and a UDP port on loopback."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self._tcp = socket.create_server(("127.0.0.1", 0))
        self._udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._udp.bind(("127.0.0.1", 0))
        self.host = f"127.0.0.1:{self._tcp.getsockname()[1]}"
        self.udp = f"127.0.0.1:{self._udp.getsockname()[1]}"
        self._done = threading.Event()

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()
        return self

    def _listen(self) -> None:
        with selectors.DefaultSelector() as ears:
            ears.register(self._tcp, selectors.EVENT_READ)
            ears.register(self._udp, selectors.EVENT_READ)
            while not self._done.is_set():
                for key, _ in ears.select(0.1):
                    if key.fileobj is self._udp:
                        self.heard.append(b"UDP " + self._udp.recv(200))
                        continue
                    connection, _ = self._tcp.accept()
                    with connection, contextlib.suppress(OSError):
                        connection.settimeout(1)
                        self.heard.append(b"TCP " + connection.recv(200))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        self._thread.join()
        self._tcp.close()
        self._udp.close()
