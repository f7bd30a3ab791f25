"""Each check of the site: it fails where it should, passes where it should, and says so in words."""

from __future__ import annotations

import string
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
# Each adds its cases to CASES.
import cases_addresses  # noqa: F401 - registers its cases
import cases_linking  # noqa: F401 - registers its cases
import cases_mixing  # noqa: F401 - registers its cases
import cases_probing  # noqa: F401 - registers its cases
import cases_sharing  # noqa: F401 - registers its cases
from build import Built, at
from cases import CASES

from smocrawl.checks.base import Outcome
from smocrawl.registry import all_site_checks

ASKS_SCORES = {"key-platform-ready"}
"""Checks that need judged pages: see test_scores.py."""


@pytest.mark.parametrize(
    "asked", CASES, ids=[f"{number}-{check}-{outcome}" for number, (check, outcome, *_) in enumerate(CASES)]
)
def test_a_check_says_what_the_store_shows(asked, tmp_path):
    check, outcome, fill, audience, changes = asked
    store = Built(tmp_path / "crawls.sqlite")
    fill(store)
    store.ask(audience, **changes)
    assert store.outcome(check) == outcome
    declared = all_site_checks()[check]
    for evidence in store.evidence(check):
        template = declared.sentence(Outcome(outcome), evidence)
        assert all(evidence[name] is not None for _, name, _, _ in string.Formatter().parse(template) if name)


def test_a_feed_named_by_a_type_that_no_reader_knows_is_told_as_that(tmp_path):
    fill = [fill for check, outcome, fill, *_ in CASES if (check, outcome) == ("feed-autodiscovery", "failed")]
    stores = [Built(tmp_path / f"{number}.sqlite") for number in range(len(fill))]
    for store, filled in zip(stores, fill, strict=True):
        filled(store)
        store.ask()
    told = [evidence for store in stores for evidence in store.evidence("feed-autodiscovery")]
    (misspelt,) = (evidence for evidence in told if evidence["cause"] == "misspelt")
    assert (misspelt["type"], misspelt["url"]) == ("application/rss", at("feed.xml"))


def test_every_check_has_a_store_in_which_it_speaks_and_one_in_which_it_passes():
    speaking = {check for check, outcome, *_ in CASES if outcome in ("failed", "warned")}
    passing = {check for check, outcome, *_ in CASES if outcome == "passed"}
    assert set(all_site_checks()) - speaking == ASKS_SCORES
    assert set(all_site_checks()) - passing == ASKS_SCORES
