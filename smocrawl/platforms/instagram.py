"""Instagram: links in direct messages and stories are drawn by Facebook's crawler."""

from datetime import date

from attrs import evolve

from smocrawl.platforms.base import Certainty
from smocrawl.platforms.facebook import PLATFORM as FACEBOOK

PLATFORM = evolve(
    FACEBOOK,
    id="instagram",
    name="Instagram",
    certainty=Certainty.OBSERVED,
    checked_on=date(2026, 11, 20),
    notes=("Posts show no link cards; direct messages do.",),
)
