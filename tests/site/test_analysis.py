"""The analysis of a whole site over small stores."""

from __future__ import annotations

import re
import string
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from build import Built

from smocrawl.registry import all_site_checks


@pytest.fixture
def built(tmp_path):
    return Built(tmp_path / "crawls.sqlite")


def test_of_a_site_that_showed_no_page_nothing_is_said(built):
    built.analyse()
    rows = built.database.rows("SELECT check_id, outcome, reason FROM site_outcome")
    assert {row["check_id"] for row in rows} == set(all_site_checks())
    assert {(row["outcome"], row["reason"]) for row in rows} == {("not-measured", "unreachable")}
    assert built.score("site") is None
    assert built.score("crosslink") is None


def test_a_site_of_one_bare_page_has_an_outcome_for_every_check(built):
    built.page("")
    built.analyse()
    rows = built.database.rows("SELECT check_id, outcome, reason FROM site_outcome")
    assert {row["check_id"] for row in rows} == set(all_site_checks())
    assert not [row["check_id"] for row in rows if row["reason"] == "error"]


def test_a_crawl_without_the_home_page_does_not_judge_it(built):
    built.page("shop/a")
    built.page("shop/b")
    built.ask()
    for check in ("organization-schema", "trust-pages", "favicon-present", "touch-icon", "feed-autodiscovery"):
        assert built.outcome(check) in ("not-measured", "not-applicable")


@pytest.mark.parametrize("check", all_site_checks().values(), ids=lambda check: check.id)
def test_the_words_of_a_check_name_columns_of_its_query(check, built):
    from build import NOW

    from smocrawl import audience
    from smocrawl.site.desk import laid_out
    from smocrawl.site.judging import FUNCTIONS

    with laid_out(built.database, built.run, audience.load(), NOW) as desk:
        for name, arguments, function in FUNCTIONS:
            desk.database.connection.create_function(name, arguments, function)
        columns = {column[0] for column in desk.database.connection.execute(check.sql, dict(check.limits)).description}
    asked = {
        name
        for text in (check.says, check.warns, *check.causes.values())
        for _, name, _, _ in string.Formatter().parse(text)
        if name
    }
    assert asked <= columns
    assert "outcome" in columns
    assert "order by" in check.sql.lower() or " AS outcome\nFROM" in check.sql or check.sql.count("outcome") == 1
    bound = set(re.findall(r"(?<!:):(\w+)", f"{check.sql} {check.applies} {check.measured}"))
    assert bound == set(check.limits), "every limit is used, and none is missing"
