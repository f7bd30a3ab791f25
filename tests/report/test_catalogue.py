from __future__ import annotations

import pytest

from smocrawl.report.catalogue import Catalogue, installed
from smocrawl.report.language import load


def test_sentences_take_the_evidence_and_cut_what_is_too_long():
    text = installed().sentence(
        "title-length", "warned", {"width": 90, "least": 15, "most": 65, "title": "x" * 900}, load()
    )
    assert "90" in text
    assert len(text) <= 600


@pytest.mark.parametrize(
    "evidence", [{}, {"closed": None}, {"url": ["a", "b"], "closed": 3}, {"cause": "no such cause"}]
)
def test_evidence_that_does_not_fit_never_stops_a_report(evidence):
    assert installed().sentence("dead-platform-link", "failed", evidence, load())


@pytest.mark.parametrize(("language", "date"), [("en", "on 2 April 2019"), ("de", "am 2. April 2019")])
def test_dates_are_told_as_people_write_them(language, date):
    evidence = {"url": "https://plus.google.com/+x", "closed": "2019-04-02"}
    assert date in installed().sentence("dead-platform-link", "failed", evidence, load(language))


def test_lists_are_named_up_to_three_and_counted():
    said = {"checks": ["a", "b", "c", "d", "e"]}
    assert load().listed(["a", "b", "c"]) == "a, b and c"
    text = installed().sentence("profile-fit", "failed", {"missing": said["checks"], "present": 1, "wanted": 6}, load())
    assert "a, b, c and 2 more" in text


def test_check_that_is_gone_is_named_by_its_id():
    assert Catalogue({}).sentence("old-check", "failed", {"x": 1}, load()) == "Old check"
