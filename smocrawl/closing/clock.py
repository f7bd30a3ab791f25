"""The clock of a judgement: it notes until when everything that was asked of it would be answered alike."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from attrs import define

ASIDE = frozenset({"tzinfo", "utcoffset", "year", "month"})
"""What may be asked of a clock without learning the moment; year and month note by themselves."""


@define
class Note:
    """What one page's judgement learnt of the time."""

    now: datetime
    until: datetime | None = None
    """The first moment at which an answer may be another; None = no question depends on the time."""

    def changes(self, moment: datetime) -> None:
        if self.until is None or moment < self.until:
            self.until = moment


class Clock(datetime):
    """A moment in UTC that checks use like any other.

    Time only goes on, so «later than what has passed» holds for ever, and «before what is to come» until then.  A year
    holds until the next one.  Whatever else is asked (an age, a day, the text) may be another the next second.
    """

    note: Note
    shift: timedelta

    @classmethod
    def at(cls, now: datetime) -> Clock:
        return cls._made(Note(now), timedelta())

    @classmethod
    def _made(cls, note: Note, shift: timedelta) -> Clock:
        moment = note.now.astimezone(UTC) + shift
        made = cls(
            moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second, moment.microsecond, UTC
        )
        made.note, made.shift = note, shift
        return made

    def __getattribute__(self, name: str) -> Any:
        if not name.startswith("_") and name not in ASIDE and name not in ("note", "shift"):
            self._is_known()
        return super().__getattribute__(name)

    def _plain(self) -> datetime:
        return self.note.now + self.shift

    def _is_known(self) -> None:
        self.note.changes(self.note.now)

    def _at(self, moment: datetime) -> None:
        """An answer changes when this clock shows *moment*."""
        self.note.changes(moment - self.shift)

    # -- what holds for a while ------------------------------------------------------------------

    @property
    def year(self) -> int:
        year = super().year
        self._at(datetime(year + 1, 1, 1, tzinfo=UTC))
        return year

    @property
    def month(self) -> int:
        month, year = super().month, super().year
        self._at(datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC))
        return month

    def _compared(self, other: object) -> datetime | None:
        """The moment itself, to be compared with *other*; None = the two cannot be compared."""
        if not isinstance(other, datetime):
            return None
        here = self._plain()
        if (other.tzinfo is not None) and other >= here:
            self._at(other)
        return here

    def __lt__(self, other: object) -> Any:
        return NotImplemented if (here := self._compared(other)) is None else here < other  # type: ignore[operator]  # there is a moment for a datetime alone

    def __le__(self, other: object) -> Any:
        return NotImplemented if (here := self._compared(other)) is None else here <= other  # type: ignore[operator]  # there is a moment for a datetime alone

    def __gt__(self, other: object) -> Any:
        return NotImplemented if (here := self._compared(other)) is None else here > other  # type: ignore[operator]  # there is a moment for a datetime alone

    def __ge__(self, other: object) -> Any:
        return NotImplemented if (here := self._compared(other)) is None else here >= other  # type: ignore[operator]  # there is a moment for a datetime alone

    def __eq__(self, other: object) -> bool:
        here = self._compared(other)
        return here is not None and here == other

    # -- shifted -----------------------------------------------------------------------------------

    def __add__(self, other: timedelta) -> Any:
        if not isinstance(other, timedelta):
            return NotImplemented
        return Clock._made(self.note, self.shift + other)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Any:
        if isinstance(other, timedelta):
            return Clock._made(self.note, self.shift - other)
        self._is_known()
        return self._plain() - other

    def __rsub__(self, other: datetime) -> timedelta:
        self._is_known()
        return other - self._plain()

    # -- told as it is -----------------------------------------------------------------------------

    def __hash__(self) -> int:
        self._is_known()
        return hash(self._plain())

    def __str__(self) -> str:
        self._is_known()
        return str(self._plain())

    def __repr__(self) -> str:
        self._is_known()
        return repr(self._plain())

    def __format__(self, form: str) -> str:
        self._is_known()
        return format(self._plain(), form)

    def __reduce_ex__(self, protocol: Any) -> Any:
        self._is_known()
        return self._plain().__reduce_ex__(protocol)
