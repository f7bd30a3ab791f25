"""One site of a list of clients, and how it wants to be crawled and told of."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import tzinfo
from pathlib import Path

from attrs import field, frozen

from smocrawl.clients.periods import Period


@frozen(kw_only=True)
class Client:
    """What ``clients.toml`` says of one site, its defaults filled in."""

    domain: str
    name: str
    folder: str
    """Name of the site's folder below *reports*."""
    reports: Path
    period: Period
    line: int = 0
    """Of the list, where its table begins."""
    paused: bool = False
    hours: float = 24.0
    """A crawl that runs longer is stopped; what it has is judged, and it goes on when it is next due."""
    arguments: Mapping[str, str] = field(factory=dict)
    """As ``-a``, without the domain."""
    settings: Mapping[str, str] = field(factory=dict)
    """As ``-s``."""
    auth_env: str = ""
    """Name of the environment variable that holds ``user:password`` of the site."""
    webhook: str = field(default="", repr=False)
    webhook_env: str = ""
    webhook_secret_env: str = ""

    @property
    def home(self) -> Path:
        """The site's folder."""
        return self.reports / self.folder

    @property
    def secrets(self) -> tuple[str, ...]:
        """Environment variables that only this client's processes may see."""
        return tuple(filter(None, (self.auth_env, self.webhook_env, self.webhook_secret_env)))


@frozen(kw_only=True)
class ClientList:
    """The whole file."""

    file: Path
    clients: tuple[Client, ...]
    zone: tzinfo
    """In which days begin and cron expressions are read."""
    jobs: int
    reports: Path
    """Where the page over all clients is written."""
    language: str
    brand: str


@frozen
class Shard:
    """One of several machines that share a list without talking to each other: number *number* of *count*."""

    number: int
    count: int

    def holds(self, client: Client) -> bool:
        """By the name alone: a client stays on its machine however the list around it changes."""
        digest = hashlib.sha256(client.folder.encode()).digest()
        return int.from_bytes(digest[:8], "big") % self.count == self.number - 1


def read_shard(text: str) -> Shard:
    """``2/5`` as a :class:`Shard`; :class:`ValueError` where it is none."""
    said = re.fullmatch(r"(\d{1,9})/(\d{1,9})", text)
    if not said or not 1 <= int(said[1]) <= int(said[2]) <= MOST_SHARDS:
        raise ValueError(f"--shard {text!r}: the number of this machine and how many there are, such as 2/5.")
    return Shard(int(said[1]), int(said[2]))


MOST_SHARDS = 10_000
