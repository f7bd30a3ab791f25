"""The page on what other tools check names every check of ours, and none that does not exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from smocrawl.registry import all_checks, all_site_checks

PAGE = (Path(__file__).parents[2] / "docs" / "other-tools.md").read_text(encoding="utf-8")
CHECKS = {*all_checks(), *all_site_checks()}
LINK = re.compile(r"\[`([^`]+)`\]\(checks/([^)]+)\.md\)")


def test_what_is_linked_is_a_check_and_is_called_so() -> None:
    named = LINK.findall(PAGE)
    assert {name for name, _ in named} <= CHECKS
    assert all(name == target for name, target in named)


def test_every_check_stands_on_the_page() -> None:
    assert CHECKS - {name for name, _ in LINK.findall(PAGE)} == set()


@pytest.mark.parametrize("heading", ["In part", "Told, without a verdict", "Left out, and why"])
def test_what_is_not_checked_has_its_reason(heading: str) -> None:
    section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("| ")][1:]
    assert rows
    assert all(len(cells) == 2 and len(cells[1].split()) >= 2 for cells in rows)
