"""Opens a crawl: the domain's folder, its lock, its store, and the run that is begun or resumed."""

from __future__ import annotations

import fcntl
import ipaddress
import os
import re
import shutil
import socket
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies

from smocrawl import audience, scoring
from smocrawl.network.gate import Address, Gate, as_address
from smocrawl.network.resolver import install_gate
from smocrawl.spiders.crawl import Crawl
from smocrawl.spiders.options import ArgumentError, Options
from smocrawl.store import runs
from smocrawl.store.database import MINIMUM_FREE, Database, StoreError


class MachineError(Exception):
    """This machine stands in the way (disk, rights, store); the text is the line for the user."""


class Lock:
    """One crawl of a domain at a time.  The kernel drops it with the process, however that ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("a+", encoding="utf-8")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._file.seek(0)
            holder = self._file.read().strip() or "another process"
            self._file.close()
            raise ArgumentError(f"This site is being crawled already by {holder}. Wait for it, or stop it.") from None
        self._file.seek(0)
        self._file.truncate()
        began = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
        self._file.write(f"process {os.getpid()} on {socket.gethostname()} since {began}")
        self._file.flush()

    def release(self) -> None:
        self._file.close()


def open_crawl(options: Options, settings: Mapping[str, Any]) -> Crawl:
    """The crawl of *options*, ready to run; :class:`ArgumentError` or :class:`MachineError` say why not."""
    images = whole_images(settings)
    folder = reports_folder(settings) / options.folder
    path = store_path(settings, options.folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = Lock(path.with_suffix(".lock"))
        probe = folder / f".write-{os.getpid()}"
        probe.touch()
        probe.unlink()
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise MachineError(
            f"{error.filename or folder} cannot be written: {error.strerror}."
            " Name another folder: -s SMO_REPORTS=… (or SMO_STORE, where it is that of the store)"
        ) from error
    if free < MINIMUM_FREE:
        raise MachineError(
            f"{folder}: only {free // 1024:,} kB are free on this disk. Make room, or name another SMO_REPORTS."
        )
    try:
        database = Database(path)
    except StoreError as error:
        raise MachineError(str(error)) from error
    crawl = Crawl(options, database, _run(database, options), folder)
    crawl.lock = lock
    crawl.whole_images = images - _seen_whole(database, crawl.run)
    kept = 0 if options.full else crawl.earlier.whole_pictures()
    if kept <= images:
        # They have their place, whichever picture is met first.
        crawl.keeps_whole = True
        crawl.whole_images -= kept
    _gate(options, settings)
    crawl.begin()
    return crawl


def whole_images(settings: Mapping[str, Any]) -> int:
    """SMO_WHOLE_IMAGES as a number."""
    text = str(settings.get("SMO_WHOLE_IMAGES") or "0")
    if not re.fullmatch(r"\d{1,9}", text):
        raise ArgumentError(f"SMO_WHOLE_IMAGES={text[:80]!r}: a number of pictures, 0 for none.")
    return int(text)


def _seen_whole(database: Database, run: int) -> int:
    """Pictures that an interrupted crawl has read to their end."""
    return database.scalar("SELECT count(*) FROM asset WHERE run = ? AND thumb IS NOT NULL", run)


def _run(database: Database, options: Options) -> int:
    """The interrupted run with the same arguments, or a new one."""
    waiting = runs.unfinished(database)
    stored = dict(options.stored())
    if waiting and not options.fresh and _same(waiting.options, stored):
        runs.update(database, waiting.id, state="crawling")
        return waiting.id
    if waiting:
        runs.update(database, waiting.id, state="abandoned")
    return runs.begin(
        database,
        home=options.as_url or options.candidates()[0],
        options=stored,
        version=_version(),
        ruleset=scoring.RULESET,
        algorithm=scoring.ALGORITHM,
        audience=audience.load(options.audience).id,
    )


def _same(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    def plain(value: Any) -> Any:
        return list(value) if isinstance(value, tuple) else value

    return {name: plain(value) for name, value in old.items()} == {name: plain(value) for name, value in new.items()}


def _version() -> str:
    from importlib.metadata import version  # noqa: PLC0415 - a slow import that only a new run needs

    return version("smocrawl")


def _gate(options: Options, settings: Mapping[str, Any]) -> None:
    """The gate of this crawl: the audited origin passes where it is private from the start, and what the user named."""
    proxies = {
        urlsplit(url if "://" in url else f"http://{url}")
        for name, url in getproxies().items()
        if name in ("http", "https", "all")
    }
    gate = Gate(allowed_private(str(settings.get("SMO_ALLOW_PRIVATE") or "")), proxied=bool(proxies))
    gate.proxy_hosts = frozenset((proxy.hostname or "", proxy.port or 80) for proxy in proxies)
    ports = {options.port} if options.port else {80, 443}
    asked = not options.site and (not proxies or as_address(options.host))
    addresses = addresses_of(options.host) if asked else frozenset()
    for port in ports:
        if port is not None:
            gate.audited(options.host, port, addresses)
    install_gate(gate)


def addresses_of(host: str) -> frozenset[Address]:
    """What *host* resolves to now; empty where it does not."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return frozenset()
    return frozenset(ipaddress.ip_address(str(entry[4][0]).split("%")[0]) for entry in found)


def allowed_private(text: str) -> frozenset[tuple[str, int]]:
    """``host:port,host:port`` of SMO_ALLOW_PRIVATE."""
    found = set()
    for piece in filter(None, (part.strip() for part in text.split(","))):
        host, colon, port = piece.rpartition(":")
        if not colon or not port.isdecimal():
            raise ArgumentError(f"SMO_ALLOW_PRIVATE={piece!r}: host:port is wanted, for example 127.0.0.1:8000.")
        found.add((host.strip("[]").lower(), int(port)))
    return frozenset(found)


def reports_folder(settings: Mapping[str, Any]) -> Path:
    return Path(str(settings.get("SMO_REPORTS") or "reports")).expanduser()


def store_path(settings: Mapping[str, Any], domain: str) -> Path:
    """SMO_STORE as a path: ``{reports}`` and ``{domain}`` filled in, ``sqlite:///`` understood."""
    text = str(settings.get("SMO_STORE") or "{reports}/{domain}/crawls.sqlite")
    text = re.sub(r"^sqlite:///", "", text)
    if "://" in text:
        raise ArgumentError(f"SMO_STORE={text!r}: a path or sqlite:///path is wanted.")
    path = Path(text.replace("{reports}", str(reports_folder(settings))).replace("{domain}", domain)).expanduser()
    if path.is_dir():
        raise ArgumentError(
            f"SMO_STORE={text!r} is a folder: name a file in it, for example {text.rstrip('/')}/{{domain}}.sqlite"
        )
    return path
