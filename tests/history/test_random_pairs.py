"""Random pairs of crawls: the parts lead from the one score to the other, whatever came, went and turned.

A hundred each time; SMO_TEST_PAIRS=1000 tries a thousand.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smocrawl.checks.base import Outcome, Severity
from smocrawl.history.difference import _Gathered, _site, _walk
from smocrawl.history.pairs import Outlook, pairs
from smocrawl.history.reading import Seen, Silence, Verdicts, Whole
from smocrawl.history.steps import _fold, parts, weigh
from smocrawl.history.turns import Step
from smocrawl.page import Kind
from smocrawl.registry import all_checks, all_site_checks
from smocrawl.site.fixes import Standing
from smocrawl.site.rollup import Rollup

CHECKS = tuple(sorted(all_checks()))[::9]
SITE_CHECKS = tuple(sorted(all_site_checks()))[::6]
VERDICTS, SITE_VERDICTS = Verdicts(all_checks()), Verdicts(all_site_checks())

outcomes = st.dictionaries(st.sampled_from(CHECKS), st.sampled_from(list(Outcome)), max_size=6)
severities = st.dictionaries(st.sampled_from(CHECKS), st.sampled_from(list(Severity)), max_size=2)


@st.composite
def page(draw, number):
    """A page as one crawl judged it, or None where that crawl did not read it."""
    if draw(st.integers(0, 4)) == 0:
        return None
    is_read = draw(st.integers(0, 5)) > 0
    results = VERDICTS.of(draw(outcomes), {name: one.value for name, one in draw(severities).items()})
    return Seen(
        id=number,
        url=f"https://mill.example/{number}",
        kind=draw(st.sampled_from(list(Kind)[:4])),
        weight=draw(st.sampled_from([0.5, 1.0, 2.0])),
        shareable=draw(st.booleans()),
        indexable=draw(st.booleans()),
        untagged=draw(st.booleans()),
        is_read=is_read,
        counts=is_read and weigh(results.values()).counts and draw(st.integers(0, 5)) > 0,
        facts=(draw(st.integers(0, 1)),),
        results=results,
        findings={},
        cards=None,
    )


@st.composite
def crawl(draw):
    pages = [draw(page(number)) for number in range(5)]
    return [one for one in pages if one]


@st.composite
def whole(draw):
    found = draw(st.dictionaries(st.sampled_from(SITE_CHECKS), st.sampled_from(list(Outcome)), max_size=4))
    return Whole(
        score=None, weights={}, bots_shut_out=draw(st.booleans()), results=SITE_VERDICTS.of(found, {}), findings={}
    )


@st.composite
def outlook(draw):
    some = st.frozensets(st.integers(0, 4), max_size=2)
    failed, unasked = draw(some), draw(some)
    silences = [
        Silence(failed={one: f"https://mill.example/{one}" for one in draw(some)}, unasked=draw(some)),
        Silence(failed={one: f"https://mill.example/{one}" for one in failed}, unasked=unasked | failed),
    ]
    return Outlook(
        before=silences[0], now=silences[1], unconfirmed=failed & draw(some), addresses=frozenset(),
        checks={**all_checks(), **all_site_checks()},
    )  # fmt: skip


def score(pages, site):
    """Of one crawl by itself, without stages."""
    rollup = Rollup()
    for one in pages:
        weighed = weigh(one.results.values())
        if one.counts and weighed.counts:
            _fold(rollup, one, weighed)
    standing = Standing(rollup=rollup, site_results=dict(site.results), weights={}, bots_shut_out=site.bots_shut_out)
    return standing.now().site


@settings(
    max_examples=int(os.environ.get("SMO_TEST_PAIRS", "100")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
)
@given(st.tuples(crawl(), whole()), st.tuples(crawl(), whole()), outlook())
def test_the_parts_lead_from_one_score_to_the_other(before, now, seen):
    found = _Gathered()
    for pair in pairs(before[0], now[0]):
        _walk(found, pair, seen)
    _site(found, before[1], now[1], seen)
    heights = found.stages.scores({})
    scores = score(*before), score(*now)
    assert heights[0] == pytest.approx(scores[0], abs=1e-9)
    assert heights[-1] == pytest.approx(scores[1], abs=1e-9)
    made = parts(*scores, heights)
    if None in scores:
        assert made is None
        return
    assert sum(made.terms.values()) == pytest.approx(scores[1] - scores[0], abs=1e-9)
    if all(height is not None for height in heights):
        stayed = before[1].results.keys() <= now[1].results.keys() and _same_checks(before[0], now[0])
        assert not stayed or made.terms[Step.RULES] == pytest.approx(0, abs=1e-9)


def _same_checks(before, now):
    """No check is known to one crawl alone: then nothing is the rules' doing."""
    known = {one.id: one.results.keys() for one in now}
    return all(known.get(one.id, one.results.keys()) == one.results.keys() for one in before)
