"""Each page under cases/<platform>/ says what that platform draws of it, and why: see casefile.py."""

from collections import Counter
from pathlib import Path

import pytest
from casefile import CASES, case_files, drawn, parts

from smocrawl.platforms.base import Card, Nothing
from smocrawl.registry import all_platforms

LEAST = 10
"""Cases of each platform, besides those of other people's tests."""


def cases():
    return [pytest.param(file, id=f"{file.parent.name}/{file.stem}") for file in case_files()]


def told(card: Card, name: str, wanted):
    """What the card says of *name*, in the form in which cases write it."""
    if name == "taken":
        return {field: card.taken[field].place for field in wanted}
    if name == "verdicts":
        return sorted(f"{one.about} {one.code}" for one in card.verdicts)
    if name == "shown":
        return {field: card.shown[field].text for field in wanted}
    if name == "lost":
        return {field: card.shown[field].lost for field in wanted}
    got = getattr(card, name)
    return got.isoformat() if name == "published" and got else got


@pytest.mark.parametrize("file", cases())
def test_card(file: Path):
    expected, card = drawn(file)
    if "nothing" in expected:
        assert isinstance(card, Nothing), card
        assert card.code == expected["nothing"]
        return
    assert isinstance(card, Card), card
    for name, wanted in expected.items():
        assert told(card, name, wanted) == (sorted(wanted) if name == "verdicts" else wanted), name


@pytest.mark.parametrize("file", cases())
def test_case_names_the_rule_it_stands_on(file: Path):
    _, source, _ = parts(file)
    words, _, address = source.rpartition(" ")
    assert address.startswith("https://"), f"{file}: no source"
    assert len(words) > 20, f"{file}: the rule is not told"


def test_every_platform_has_enough_cases():
    count = Counter(file.parent.name for file in case_files())
    few = {name: count[name] for name in all_platforms() if count[name] < LEAST}
    assert not few


def test_every_folder_is_a_platform():
    assert {folder.name for folder in CASES.iterdir()} == set(all_platforms())
