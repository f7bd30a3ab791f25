"""The real parts of a fleet: a PostgreSQL of our own, an S3-compatible server, workers in processes of their own."""

from __future__ import annotations

import contextlib
import logging
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import boto3

SCRAPY = str(Path(sys.executable).with_name("scrapy"))
PROGRAMS = ("initdb", "pg_ctl")
DEADLINE = 240.0
"""Seconds; nothing here takes a tenth of it on a machine that is not loaded."""


def until(condition: Callable[[], object], what: str, seconds: float = DEADLINE) -> None:
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < seconds, f"not within {seconds:g} seconds: {what}"
        time.sleep(0.3)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def postgresql_programs() -> Path | None:
    """Where Debian keeps them: not on PATH."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = shutil.which("pg_ctl")
    places = [*folders, *([Path(found).resolve().parent] if found else [])]
    return next((one for one in places if all((one / name).is_file() for name in PROGRAMS)), None)


class PostgreSQL:
    """A cluster in *folder*; it refuses to run as root, so root starts it as its own user."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs, self.folder, self.port = programs, folder, free_port()
        self.user: dict[str, object] = {}
        if os.geteuid() == 0:
            account = pwd.getpwnam("postgres")
            self.user = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
            os.chown(folder, account.pw_uid, account.pw_gid)
        self._run("initdb", "-D", "data", "-U", "smo", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C")
        (folder / "data" / "postgresql.auto.conf").write_text("")

    @property
    def address(self) -> str:
        return f"postgresql://smo:a-password-nobody-may-see@127.0.0.1:{self.port}/postgres"

    def _run(self, name: str, *words: str) -> None:
        with (self.folder / "said.log").open("ab") as said:
            done = subprocess.run(
                [str(self.programs / name), *words], cwd=self.folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said,
                timeout=120, check=False, env={"PATH": os.environ["PATH"], "LC_ALL": "C"}, **self.user,
            )  # fmt: skip
        assert done.returncode == 0, (self.folder / "said.log").read_text()

    def start(self) -> None:
        options = f"-h 127.0.0.1 -p {self.port} -k '' -F -c shared_buffers=16MB -c max_connections=60"
        self._run("pg_ctl", "-D", "data", "-l", "server.log", "-o", options, "-w", "-t", "100", "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", "data", "-m", "immediate", "-w", "-t", "100", "stop")


class Storage:
    """moto's server on one port, which can be gone for a while: then nothing listens there.  It keeps objects in memory,
    so a gate before it is shut and opened instead of the server itself."""

    def __init__(self) -> None:
        from moto.server import ThreadedMotoServer

        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self.server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        self.server.start()
        self.inner = self.server.get_host_and_port()
        self.port = free_port()
        self.gate: Gate | None = None
        host, port = self.inner
        self.client = boto3.client(
            "s3",
            endpoint_url=f"http://{host}:{port}",
            region_name="us-east-1",
            aws_access_key_id="a",
            aws_secret_access_key="b",
        )
        self.client.create_bucket(Bucket="reports")
        self.open()

    @property
    def environment(self) -> dict[str, str]:
        return {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self.port}", "AWS_ACCESS_KEY_ID": "a-key", "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_SECRET_ACCESS_KEY": "a-key-nobody-may-see", "AWS_MAX_ATTEMPTS": "1", "AWS_EC2_METADATA_DISABLED": "true",
        }  # fmt: skip

    def open(self) -> None:
        self.gate = Gate(self.port, self.inner)

    def shut(self) -> None:
        assert self.gate
        self.gate.close()
        self.gate = None

    def stop(self) -> None:
        if self.gate:
            self.gate.close()
        self.server.stop()


class Gate:
    """Hands bytes on between *port* and *inner*, until it is closed."""

    def __init__(self, port: int, inner: tuple[str, int]) -> None:
        self.inner, self.closed = inner, False
        self.open: set[socket.socket] = set()
        self.listening = socket.create_server(("127.0.0.1", port))
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()

    def _accept(self) -> None:
        while True:
            try:
                outer, _ = self.listening.accept()
                inner = socket.create_connection(self.inner)
            except OSError:
                return
            self.open |= {outer, inner}
            for one, other in ((outer, inner), (inner, outer)):
                threading.Thread(target=self._hand_on, args=(one, other), daemon=True).start()

    def _hand_on(self, one: socket.socket, other: socket.socket) -> None:
        try:
            while data := one.recv(65_536):
                other.sendall(data)
        except OSError:
            pass
        for each in (one, other):
            self._end(each)

    def _end(self, one: socket.socket) -> None:
        with contextlib.suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
        self.open.discard(one)
        one.close()

    def close(self) -> None:
        self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()
        self._accepting.join(10)
        for one in list(self.open):
            self._end(one)


class Worker:
    """``scrapy smo-fleet worker`` with a working folder of its own."""

    def __init__(self, folder: Path, listed: Path, environment: dict[str, str], *words: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.log = folder, folder / "worker.log"
        with self.log.open("ab") as said:
            self.process = subprocess.Popen(
                [SCRAPY, "smo-fleet", "worker", str(listed), "--work", str(folder / "work"), *words], cwd=folder,
                env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said,
            )  # fmt: skip

    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(DEADLINE)
