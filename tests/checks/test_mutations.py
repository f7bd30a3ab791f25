"""Each number by which checks judge is watched by a case: moved a little, some case must come out otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from attrs import astuple
from checks.cases import FOLDER, Case, case_files, read_case

from smocrawl.checks import thresholds
from smocrawl.checks.base import Check, Context, Outcome
from smocrawl.checks.thresholds import Range, Threshold
from smocrawl.extract import read_page
from smocrawl.registry import all_checks

ENDLESS = 10**9
"""Stands for "no limit": it cannot be moved."""


def _behind_a_long_script() -> Case:
    """Share tags behind 1.2 MB: no file for readers."""
    tag = '<meta property="og:title" content="Night ferries return to the northern routes">'
    html = f"<html><head><title>Night ferries</title><script>{'x' * 1_200_000}</script>{tag}</head><body><p>Text</p></body></html>"
    page = read_page("https://www.harbour-times.example/", html.encode(), headers={"content-type": "text/html"})
    return Case(path=FOLDER / "meta-early" / "made.html", page=page, context=Context(), wanted=(), kind=None)


ROOM = Path(thresholds.__file__).parent
SOURCES = {path.stem: path.read_text(encoding="utf-8") for path in ROOM.glob("*.py")}
CASES = [*(read_case(path) for path in case_files()), _behind_a_long_script()]


UNLIMITED = (0, 1, ENDLESS)
"""Ends of a span that limit nothing: no count is below 0, no share above 1."""


def _moved(value: float, *, up: bool) -> float:
    """Twice or half as much; a whole number stays one, and moves by one at least."""
    moved = value * 2 if up else value / 2
    if value != int(value):
        return moved
    return round(moved) if abs(round(moved) - value) >= 1 else value + (1 if up else -1)


def _parts(ours: Threshold) -> Iterator[tuple[str, Callable[[bool], Threshold]]]:
    """What of a number can be moved, by name, and how."""
    if isinstance(ours, Range):
        numbers = astuple(ours)
        for at, part in enumerate(("good from", "good to", "fair from", "fair to")):
            # Where the fair span is the good one there is no other.
            if numbers[at] not in UNLIMITED and (at < 2 or numbers[at] != numbers[at - 2]):
                yield part, lambda up, at=at: Range(*_with(numbers, at, up=up))
    elif isinstance(ours, tuple):
        for at, part in enumerate(("width", "height")):
            yield part, lambda up, at=at: _with(ours, at, up=up)
    else:
        yield "", lambda up: _moved(ours, up=up)


def _with(numbers: tuple[float, ...], moved: int, *, up: bool) -> tuple[float, ...]:
    return tuple(_moved(number, up=up) if at == moved else number for at, number in enumerate(numbers))


def _told(case: Case, check: Check) -> tuple[Outcome, str]:
    try:
        outcome, said = check(case.page, case.context)
    except (IndexError, ZeroDivisionError):
        # A number that cannot be, as a share above 1: noticed, if rudely.
        return Outcome.NOT_MEASURED, ""
    return outcome, str([(one.outcome, one.severity, one.evidence) for one in said])


def _near(name: str) -> list[Case]:
    """Cases of the checks in whose modules the number stands, or in modules that those import; the others behind them."""
    used = re.compile(rf"\bthresholds\.{name.upper()}\b")
    direct = {stem for stem, text in SOURCES.items() if used.search(text)}
    near = direct | {stem for stem, text in SOURCES.items() if any(f"checks.{one} import" in text for one in direct)}
    checks = all_checks()
    return sorted(CASES, key=lambda case: checks[case.check].origin.split(":")[0].rpartition(".")[2] not in near)


def _survives(name: str, value: Threshold, known: dict[Path, tuple[Outcome, str]]) -> bool:
    checks = all_checks()
    with thresholds.changed({name: value}):
        return all(_told(case, checks[case.check]) == known[case.path] for case in _near(name))


@pytest.fixture(scope="module")
def known() -> dict[Path, tuple[Outcome, str]]:
    checks = all_checks()
    return {case.path: _told(case, checks[case.check]) for case in CASES}


MOVABLE = [name for name, ours in thresholds.all_thresholds().items() if dict(_parts(ours))]
"""All but the few that limit nothing but whether there is any."""


def test_nearly_every_number_can_be_moved() -> None:
    assert set(thresholds.all_thresholds()) - set(MOVABLE) == {"plain_links", "broken_embeds", "share_vendors"}


@pytest.mark.parametrize("name", MOVABLE)
def test_a_number_that_is_doubled_or_halved_is_noticed(name: str, known: dict[Path, tuple[Outcome, str]]) -> None:
    ours = thresholds.all_thresholds()[name]
    parts = dict(_parts(ours))
    unnoticed = [part for part, move in parts.items() if all(_survives(name, move(up), known) for up in (True, False))]
    assert not unnoticed, f"no case notices that {name} is moved: {', '.join(unnoticed)}"
