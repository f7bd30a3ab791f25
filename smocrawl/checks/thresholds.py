"""Every number by which the checks judge, each with what it stands on."""

from __future__ import annotations

from attrs import frozen


@frozen
class Range:
    """A span that passes, inside a wider one that warns; outside it fails."""

    good_from: float
    good_to: float
    fair_from: float
    fair_to: float

    def is_good(self, value: float) -> bool:
        return self.good_from <= value <= self.good_to

    def is_fair(self, value: float) -> bool:
        return self.fair_from <= value <= self.fair_to
