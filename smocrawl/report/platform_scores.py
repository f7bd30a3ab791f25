"""The platform scores of one page, packed: of 100,000 pages as plain dicts they would take 200 MB."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from functools import lru_cache


class PlatformScores(Mapping[str, float]):
    """By platform id, 0 to 100; pages with the same platforms share their names."""

    __slots__ = ("_places", "_values")

    def __init__(self, scores: Mapping[str, float]) -> None:
        self._places = _places(tuple(scores))
        self._values = array("d", scores.values())

    def __getitem__(self, platform: str) -> float:
        return self._values[self._places[platform]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._values)


@lru_cache(maxsize=1024)
def _places(platforms: tuple[str, ...]) -> Mapping[str, int]:
    """Few combinations exist: a platform scores wherever it draws pages of that kind."""
    return {platform: place for place, platform in enumerate(platforms)}
