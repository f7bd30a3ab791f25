"""Threads: the same crawler and tags as Facebook."""

from datetime import date

from attrs import evolve

from smocrawl.platforms.base import Certainty
from smocrawl.platforms.facebook import PLATFORM as FACEBOOK

PLATFORM = evolve(
    FACEBOOK,
    id="threads",
    name="Threads",
    certainty=Certainty.OBSERVED,
    checked_on=date(2026, 11, 20),
    notes=(),
)
