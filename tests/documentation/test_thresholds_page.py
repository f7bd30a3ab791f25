"""The page of thresholds names every number that a client's audience file may set."""

from __future__ import annotations

from docs import threshold_pages
from smocrawl.checks.thresholds import all_thresholds
from smocrawl.registry import all_site_checks


def test_every_threshold_stands_on_the_page_with_its_meaning() -> None:
    text = threshold_pages.page("")
    for name in all_thresholds():
        (row,) = [line for line in text.splitlines() if line.startswith(f"| {name} |")]
        assert len(row.split("|")[3].split()) >= 3, row
    for one in all_site_checks().values():
        assert (f"[`{one.id}`]" in text) == bool(one.limits)


def test_limits_that_are_our_own_judgement_are_told_as_such() -> None:
    (row,) = [line for line in threshold_pages.page("").splitlines() if "[`social-bots-robots`]" in line]
    assert "most 0.3, many 0.1, some 0.02" in row
    assert "Our own judgement (grade D)" in row
