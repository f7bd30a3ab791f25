"""What a walk over stored facts has met."""

from __future__ import annotations

import enum
from collections.abc import Iterator

import attrs


class Seen:
    """Fields that held anything but their default, and the members of enumerations that were met."""

    def __init__(self) -> None:
        self.known: set[str] = set()
        self.filled: set[str] = set()
        self.members: set[enum.Enum] = set()

    def look_at(self, value: object) -> None:
        if isinstance(value, enum.Enum):
            self.members.add(value)
        for part in self._parts(value):
            self.look_at(part)

    def _parts(self, value: object) -> Iterator[object]:
        if attrs.has(type(value)):
            for one in attrs.fields(type(value)):
                name = f"{type(value).__name__}.{one.name}"
                held = getattr(value, one.name)
                self.known.add(name)
                if one.default is attrs.NOTHING or held != _default(one):
                    self.filled.add(name)
                yield held
        elif isinstance(value, dict):
            yield from value.values()
        elif isinstance(value, (tuple, list, set, frozenset)):
            yield from value


def _default(one: attrs.Attribute) -> object:
    return one.default.factory() if isinstance(one.default, attrs.Factory) else one.default
