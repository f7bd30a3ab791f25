"""The gate: each rule, what it counts, and formats from which no crawled text breaks out."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from crawls import HOME, Crawls, html, site

from smocrawl.checks.base import Severity
from smocrawl.history import compare, finished, name_of
from smocrawl.history.formats import gate_json, github, junit, sarif, uri
from smocrawl.history.gate import RuleError, judge, read_rules
from smocrawl.history.telling import gate_lines
from smocrawl.store.facts import from_json, to_json


@pytest.fixture
def crawls(tmp_path):
    return Crawls(tmp_path)


def asked(crawls, text, fail_under=None):
    """The verdict on the latest crawl against the one before, if there is one."""
    known = finished(crawls.database)
    run = known[-1]
    found = compare(crawls.database, known[-2].id, run.id) if len(known) > 1 else None
    return judge(crawls.database, found, read_rules(text, fail_under), run=run.id, name=name_of(run))


def places(verdict):
    return {(fault.check, fault.url.removeprefix(HOME)) for result in verdict.results for fault in result.faults}


def good_and_bad(crawls):
    """Page a0 was bad before; a1 has become so."""
    bad = {"links": ["/"], "image": None}
    crawls.crawl(site(a0=html("First", **bad), a1=html("Second", links=["/"])))
    crawls.crawl(site(a0=html("First", **bad), a1=html("Second", **bad)))


# -- rules ------------------------------------------------------------------------------------------------


def test_the_score_is_held_against_the_number(crawls):
    score = crawls.score(crawls.crawl(site()))
    assert asked(crawls, "", score).holds
    missed = asked(crawls, "", score + 0.04)
    assert not missed.holds
    assert missed.results[0].missed.endswith(f"; at least {score + 0.04:g} is asked.")


@pytest.mark.parametrize(("score", "shown"), [(79.96, "79.9"), (79.94, "79.9"), (12.37, "12.4")])
def test_a_score_that_misses_never_reads_as_one_that_holds(crawls, score, shown):
    run = crawls.crawl(site(1))
    with crawls.database.transaction() as connection:
        connection.execute("UPDATE site_score SET value = ? WHERE run = ? AND scope = 'site'", (score, run))
    assert asked(crawls, "", 80).results[0].missed == f"The score is {shown}; at least 80 is asked."


def test_a_crawl_without_a_score_misses_every_number(crawls):
    crawls.crawl({"": ("<title>Gone</title>", 404)})
    assert asked(crawls, "", 0).results[0].missed == "There is no score; at least 0 is asked."


def test_a_severity_means_itself_and_above_and_failures_only(crawls):
    good_and_bad(crawls)
    assert asked(crawls, "blocker").holds
    found = asked(crawls, "critical")
    assert places(found) == {("og-image", "a0"), ("og-image", "a1")}
    assert found.results[0].missed == f"og-image on 2 pages, the first: {HOME}a0."
    wide = asked(crawls, "critical,low")
    assert [result.rule for result in wide.results] == ["low"]
    assert places(wide) > places(found)
    assert {fault.outcome for fault in wide.results[0].faults} == {"failed"}


def test_a_check_by_name_counts_its_warnings_too(crawls):
    crawls.crawl(site())
    found = asked(crawls, "og-image-alt,touch-icon")
    assert [result.rule for result in found.results] == ["og-image-alt", "touch-icon"]
    assert {fault.outcome for fault in found.results[0].faults} == {"warned"}
    assert {fault.url for fault in found.results[1].faults} <= {""}


def test_a_platform_is_held_by_what_counts_for_it(crawls):
    good_and_bad(crawls)
    found = asked(crawls, "platform:linkedin")
    assert ("og-image", "a1") in places(found)
    assert {fault.severity for fault in found.results[0].faults} <= {"blocker", "critical", "high"}


def test_new_lets_old_faults_pass(crawls):
    good_and_bad(crawls)
    assert places(asked(crawls, "critical,new")) == {("og-image", "a1")}
    assert places(asked(crawls, "og-image,new")) == {("og-image", "a1")}
    alone = asked(crawls, "new")
    assert ("og-image", "a1") in places(alone)
    assert "a0" not in {page for _, page in places(alone)}


def test_a_new_page_brings_new_faults_that_are_no_regression(crawls):
    links = ["/", *(f"/a{number}" for number in range(7))]
    crawls.crawl(site())
    crawls.crawl(site(a6=html("Seventh", image=None, links=links)))
    assert ("og-image", "a6") in places(asked(crawls, "new"))
    assert asked(crawls, "regression").holds


def test_a_regression_is_what_was_better_before(crawls):
    good_and_bad(crawls)
    found = asked(crawls, "regression")
    assert ("og-image", "a1") in places(found)
    assert "a0" not in {page for _, page in places(found)}


def test_without_an_earlier_crawl_there_is_nothing_to_compare(crawls):
    crawls.crawl(site(a0=html("First", image=None)))
    found = asked(crawls, "regression,new,critical")
    assert found.holds
    assert found.notes == ("There is no earlier crawl to compare with: what asks for one could not be missed.",)


def test_a_failure_of_the_network_waits_for_a_second_crawl(crawls):
    down = {"pic.jpg": {"status": 503, "type": None, "size": None, "width": None, "height": None}}
    gone = {"pic.jpg": {**down["pic.jpg"], "status": 500}}
    crawls.crawl(site())
    crawls.crawl(site(), images=gone)
    found = asked(crawls, "og-image-fetchable")
    assert found.holds
    assert "did not answer this once" in found.notes[0]
    crawls.crawl(site(), images=gone)
    assert not asked(crawls, "og-image-fetchable").holds


def test_doubts_about_the_comparison_are_told(crawls):
    crawls.crawl(site(4))
    crawls.crawl(site(8))
    assert asked(crawls, "regression").notes[0].startswith("Mind the comparison: The crawls read different pages")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hihg", "There is no rule 'hihg'. Did you mean high"),
        ("og-imag", "og-image"),
        ("platform:linkedn", "There is no platform 'linkedn'. Did you mean linkedin"),
        ("high,\x1b[31m", "There is no rule"),
        ("platform:", "There is no platform ''. See docs/ci.md."),
    ],
)
def test_a_rule_that_does_not_exist_is_named_with_its_neighbours(text, said):
    with pytest.raises(RuleError) as problem:
        read_rules(text)
    assert said in str(problem.value)


def test_the_mildest_severity_rules():
    assert read_rules("blocker, medium ,high").severity is Severity.MEDIUM


# -- formats ------------------------------------------------------------------------------------------------

EVIL = "]]><x>&\"'\x00\x1b[31m\n::error::owned\x85::add-mask::a\u2028%0A [click](https://evil.example/) {0} \ufffe ,:"


@pytest.fixture
def hostile(crawls):
    """A verdict of which every crawled text tries to break out."""
    crawls.crawl(site())
    run = crawls.crawl(site(a1=html("Second", image=None, links=["/"])))
    with crawls.database.transaction() as connection:
        connection.execute(
            "UPDATE finding SET evidence = ? WHERE run = ? AND check_id = 'og-image'", (to_json({"cause": EVIL}), run)
        )
        evil = to_json({"image": EVIL, "status": 404, "title": EVIL})
        connection.execute(
            "INSERT INTO finding (run, url, check_id, outcome, severity, evidence) SELECT run, url, 'og-image-fetchable', 'failed', 'blocker', ? FROM finding"
            " WHERE run = ? AND check_id = 'og-image'",
            (evil, run),
        )
        connection.execute(
            "INSERT INTO finding (run, url, check_id, outcome, severity, evidence) SELECT run, url, 'share-fit', 'failed', 'high', ? FROM finding"
            " WHERE run = ? AND check_id = 'og-image'",
            (to_json({"networks": EVIL}), run),
        )
        connection.execute("UPDATE url SET url = ? WHERE url = ?", (f"{HOME}a1/%zz/[é] {{0}}?a=%41,b:c", f"{HOME}a1"))
    return asked(crawls, "low", 99)


def test_junit_is_well_formed_and_counts_right(hostile):
    root = ET.fromstring(junit(hostile))
    assert root.tag == "testsuites"
    cases = root.findall("testsuite/testcase")
    failures = root.findall("testsuite/testcase/failure")
    assert (int(root.get("tests")), int(root.get("failures"))) == (len(cases), len(failures))
    assert {suite.get("name") for suite in root} == {"fail-under", "low"}
    assert not root.findall(".//x")
    assert {failure.get("type") for failure in failures} >= {"fail-under", "og-image", "og-image-fetchable"}


def test_junit_of_a_gate_that_holds_has_no_failure(crawls):
    crawls.crawl(site())
    root = ET.fromstring(junit(asked(crawls, "blocker", 1)))
    assert (root.get("tests"), root.get("failures")) == ("2", "0")


def test_sarif_has_what_the_standard_requires(hostile):
    document = from_json(sarif(hostile))
    assert document["version"] == "2.1.0"
    (run,) = document["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["tool"]["driver"]["name"] == "smocrawl"
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
        assert result["baselineState"] in {"new", "unchanged"}
        assert result["message"]["text"]
        (location,) = result["locations"]
        address = location["physicalLocation"]["artifactLocation"]["uri"]
        assert address.isascii()
        assert not set(address) & set(' []{}"<>\\^`|')
    assert len({to_json(result["partialFingerprints"]) + result["ruleId"] for result in run["results"]}) == len(
        run["results"]
    )


def test_sarif_messages_make_no_links_and_no_placeholders(hostile):
    texts = [result["message"]["text"] for result in from_json(sarif(hostile))["runs"][0]["results"]]
    evil = [text for text in texts if "click" in text]
    assert evil
    assert all("\\[click\\](" in text and "{{0}}" in text for text in evil)


def test_addresses_become_valid_uris():
    assert uri("https://x.example/%zz/[é]?a=%41") == "https://x.example/%25zz/%5B%C3%A9%5D?a=%41"


def test_annotations_are_one_command_a_line(hostile):
    lines = list(github(hostile))
    assert all(len(line.splitlines()) == 1 for line in lines)
    assert all(line.startswith(("::error title=", "::warning title=", "::notice title=")) for line in lines)
    assert lines[0].startswith("::error title=smocrawl%3A fail-under::The score is ")


def test_a_gate_that_holds_is_one_notice(crawls):
    crawls.crawl(site())
    assert list(github(asked(crawls, "blocker"))) == ["::notice title=smocrawl::The gate holds."]


def test_lines_and_json_say_the_same(hostile):
    lines = list(gate_lines(hostile))
    said = from_json(gate_json(hostile))
    assert said["holds"] is False
    for rule in said["rules"]:
        assert any(line.startswith("MISSED") and rule["missed"] in line for line in lines)
    assert said["rules"][1]["findings"][0].keys() == {"check", "url", "outcome", "severity", "new", "says", "evidence"}
    assert all(len(line.splitlines()) == 1 for line in lines)
