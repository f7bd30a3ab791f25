"""One crawl in a process of its own: what it dies of, runs out of or hangs in is its own affair."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from attrs import define, field, frozen

from smocrawl.clients.client import Client
from smocrawl.telling import SECRETS

LOG = "crawl.log"
"""In the client's folder: what the last crawl said."""

GRACE = 600.0
"""Seconds that a crawl has, once asked to stop, to judge what it read and to write the report."""

LOGGED = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \[")
"""How a line of the log begins; what else stands there was said to the user."""

TAIL = 16_384
SAID = 500

OURS = ("SMO_AUTH", "SMO_TELL", "SMO_STORE", "SMO_REPORTS", "SMO_FLEET_DATABASE", *SECRETS)
"""Of the environment, kept from the crawls: one client's password would be sent to every client's site."""

STOP = signal.SIGTERM


@frozen(kw_only=True)
class Ended:
    """code: of the contract; negative: the signal that killed it."""

    code: int
    said: str


@define
class Children:
    """The processes that run now, so that a signal to us reaches them."""

    stopping: bool = False
    _running: dict[int, subprocess.Popen[bytes]] = field(factory=dict)
    _lock: threading.RLock = field(factory=threading.RLock)

    def stop(self, number: int) -> None:
        """Ask all that run to end; who starts later ends at once."""
        self.stopping = True
        with self._lock:
            running = list(self._running.values())
        for process in running:
            _signal(process, number)

    @contextlib.contextmanager
    def watching(self, process: subprocess.Popen[bytes]) -> Iterator[None]:
        with self._lock:
            self._running[process.pid] = process
        if self.stopping:
            _signal(process, STOP)
        try:
            yield
        finally:
            with self._lock:
                del self._running[process.pid]


def _signal(process: subprocess.Popen[bytes], number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(number)


def crawl(
    client: Client,
    folder: Path,
    children: Children,
    *,
    hidden: Iterable[str],
    workers: int,
    before: Sequence[str] = (),
) -> Ended:
    """Crawl *client*; *folder*: where relative paths begin; *hidden*: environment variables that are other clients'.

    *before*: a program that starts the crawl in its own place, with its words.
    """
    words = ["smo-crawl", client.domain]
    for name, value in client.arguments.items():
        words += ["-a", f"{name}={value}"]
    for name, value in {**client.settings, "SMO_REPORTS": str(client.reports.absolute())}.items():
        words += ["-s", f"{name}={value}"]
    environment = _environment(hidden)
    environment |= {"SMO_TELL": "0", "SMO_PROGRESS": "0"}
    environment.setdefault("SMO_WORKERS", str(workers))
    if client.auth_env and (secret := os.environ.get(client.auth_env)):
        environment["SMO_AUTH"] = secret
    client.home.mkdir(parents=True, exist_ok=True)
    return _run(
        words, environment, folder, log=client.home / LOG, children=children, seconds=client.hours * 3600, before=before
    )


def tell(client: Client, folder: Path, children: Children, *, hidden: Iterable[str], problem: str = "") -> Ended:
    """Tell of the client's latest crawl; *problem*: why it failed."""
    words = ["smo-tell", client.folder, f"--name={client.name}", *([f"--problem={problem}"] if problem else [])]
    for name, value in {**client.settings, "SMO_REPORTS": str(client.reports.absolute())}.items():
        words += ["-s", f"{name}={value}"]
    environment = _environment(hidden)
    environment |= {name: os.environ[name] for name in ("SMO_SMTP_USER", "SMO_SMTP_PASSWORD") if name in os.environ}
    environment |= {name: value for name, value in _hook(client).items() if value}
    return _run(words, environment, folder, log=client.home / "told.log", children=children, seconds=TELLING)


TELLING = 900.0
"""Seconds for the telling: its own limits end it long before."""


def wants_to_be_told(client: Client) -> bool:
    return bool(client.settings.get("SMO_MAIL_TO") or os.environ.get("SMO_MAIL_TO") or _hook(client)["SMO_WEBHOOK"])


def _hook(client: Client) -> Mapping[str, str]:
    url = client.webhook or os.environ.get(client.webhook_env or "SMO_WEBHOOK", "")
    return {
        "SMO_WEBHOOK": url,
        "SMO_WEBHOOK_SECRET": os.environ.get(client.webhook_secret_env or "SMO_WEBHOOK_SECRET", ""),
    }


def _environment(hidden: Iterable[str]) -> dict[str, str]:
    secret = {*OURS, *hidden}
    return {name: value for name, value in os.environ.items() if name not in secret}


def _run(
    words: list[str],
    environment: Mapping[str, str],
    folder: Path,
    *,
    log: Path,
    children: Children,
    seconds: float,
    before: Sequence[str] = (),
) -> Ended:
    # -P: no module of the folder that we happen to stand in takes the place of one of Python's.
    command = [*before, sys.executable, "-P", "-m", "scrapy", *words]
    with log.open("wb") as said:
        process = subprocess.Popen(  # noqa: S603 - our own program, its words never pass through a shell
            command, cwd=folder, env=dict(environment), stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C reaches us alone; we pass it on once, and the crawl ends in good order
        )  # fmt: skip
        with children.watching(process):
            late = _wait(process, seconds)
    if process.returncode < 0:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)  # its workers, which may not have seen it die
    line = f"stopped after {seconds / 3600:g} hours; it goes on when it is next due" if late else _last_line(log)
    if process.returncode < 0 and not late:
        line = f"killed by {signal.Signals(-process.returncode).name}; it goes on when it is next due"
    return Ended(code=process.returncode, said=line)


def _wait(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Until it has ended; whether it had to be stopped, first with words, then by force."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        _signal(process, STOP)
    else:
        return False
    try:
        process.wait(GRACE)
    except subprocess.TimeoutExpired:
        _signal(process, signal.SIGKILL)
        process.wait()
    return True


def _last_line(log: Path) -> str:
    """The last line that was said to a person, not logged."""
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - TAIL))
        lines = file.read().decode("utf-8", "replace").splitlines()
    said = [line.strip() for line in lines if line.strip() and not LOGGED.match(line)]
    return said[-1][:SAID] if said else "it said nothing"
