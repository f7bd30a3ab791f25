"""Messenger: the same crawler and tags as Facebook, drawn in a chat."""

from datetime import date

from attrs import evolve

from smocrawl.platforms.base import Certainty, Family
from smocrawl.platforms.facebook import PLATFORM as FACEBOOK

PLATFORM = evolve(
    FACEBOOK,
    id="messenger",
    name="Messenger",
    family=Family.CHAT,
    certainty=Certainty.OBSERVED,
    checked_on=date(2026, 11, 20),
    notes=(),
)
