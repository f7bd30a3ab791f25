"""How often the machines of a fleet look at each other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from attrs import frozen

from smocrawl.spiders.options import ArgumentError

LONGEST_WAIT = 600.0
"""Seconds between two tries of what failed because of this machine, the database or the storage."""

LEAST_STALLED, MOST_STALLED = 30, 3600

CONNECTING = 10
"""Seconds after which a database that does not answer is out of reach."""


@frozen(kw_only=True)
class Pace:
    """All in seconds."""

    stalled: float = 60
    """A worker that was not heard of for so long is taken for dead: another machine goes on with its site."""
    checkpoint: float = 300
    """Between two copies of the store of a running crawl."""

    @property
    def beat(self) -> float:
        return self.stalled / 6

    @property
    def lease(self) -> float:
        """A crawl whose worker cannot reach the database for so long is stopped before another machine begins it."""
        return self.stalled / 2

    @property
    def cron(self) -> str:
        """When stalled and due sites are looked for; the sixth field is that of the seconds."""
        seconds = int(self.stalled / 4)
        return f"* * * * * */{seconds}" if seconds < 30 else "* * * * *"

    def wait(self, attempts: int) -> float:
        """Before the next try, after *attempts* that failed."""
        return min(self.beat / 2 * float(2 ** min(attempts, 16)), LONGEST_WAIT)


def read_pace(settings: Mapping[str, Any]) -> Pace:
    """SMO_FLEET_STALLED and SMO_FLEET_CHECKPOINT."""
    return Pace(
        stalled=_seconds(settings, "SMO_FLEET_STALLED", LEAST_STALLED, MOST_STALLED),
        checkpoint=_seconds(settings, "SMO_FLEET_CHECKPOINT", 1, 86_400),
    )


def _seconds(settings: Mapping[str, Any], name: str, least: int, most: int) -> float:
    text = str(settings[name])
    if not re.fullmatch(r"\d{1,9}", text) or not least <= int(text) <= most:
        raise ArgumentError(f"{name}={text!r}: a whole number of seconds from {least} to {most:,}.")
    return float(text)
