"""The clock of a judgement: it answers as a moment does, and notes until when every answer stays what it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from smocrawl.closing.clock import Clock

NOW = datetime(2026, 11, 2, 6, 0, tzinfo=UTC)
QUESTIONS: list[tuple[Callable[[datetime], object], datetime | None]] = [
    (lambda now: now > datetime(2026, 1, 1, tzinfo=UTC), None),
    (lambda now: datetime(2026, 1, 1, tzinfo=UTC) < now + timedelta(days=1), None),
    (lambda now: now < datetime(2026, 12, 24, tzinfo=UTC), datetime(2026, 12, 24, tzinfo=UTC)),
    (lambda now: datetime(2026, 12, 24, tzinfo=UTC) > now + timedelta(days=2), datetime(2026, 12, 22, tzinfo=UTC)),
    (lambda now: datetime(2026, 10, 30, tzinfo=UTC) <= now - timedelta(days=7), datetime(2026, 11, 6, tzinfo=UTC)),
    (lambda now: now.year - 1, datetime(2027, 1, 1, tzinfo=UTC)),
    (lambda now: (now + timedelta(days=60)).year, datetime(2027, 11, 2, tzinfo=UTC)),
    (lambda now: now.month == 11, datetime(2026, 12, 1, tzinfo=UTC)),
    (lambda now: now.tzinfo, None),
    (lambda now: isinstance(now, datetime), None),
    (lambda now: now - datetime(2026, 1, 1, tzinfo=UTC), NOW),
    (lambda now: datetime(2027, 1, 1, tzinfo=UTC) - now, NOW),
    (lambda now: now.date(), NOW),
    (lambda now: now.day, NOW),
    (lambda now: now.isoformat(), NOW),
    (lambda now: f"{now:%Y}", NOW),
    (str, NOW),
    (repr, NOW),
    (hash, NOW),
]


@pytest.mark.parametrize(("ask", "until"), QUESTIONS)
def test_the_clock_answers_like_any_and_notes_until_when(
    ask: Callable[[datetime], object], until: datetime | None
) -> None:
    clock = Clock.at(NOW)
    assert ask(clock) == ask(NOW)
    assert clock.note.until == until
    if until is not None and until > NOW:
        assert ask(until - timedelta(microseconds=1)) == ask(NOW) != ask(until)


def test_the_first_change_counts() -> None:
    clock = Clock.at(NOW)
    assert clock.year == 2026
    assert clock < datetime(2026, 11, 9, tzinfo=UTC)
    assert not clock > datetime(2027, 5, 1, tzinfo=UTC)
    assert clock.note.until == datetime(2026, 11, 9, tzinfo=UTC)
