"""What a fix is worth on one page, held against scoring the page again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smocrawl.checks.base import Outcome, Severity, Tactic, check
from smocrawl.scoring import judged, score_page, tables
from smocrawl.site.worth import gains_of, sums_of

WEIGHTS = dict.fromkeys(Tactic, 10.0)


def a_check(number, tactic, severity, cap):
    @check(
        f"check-{number}",
        title="t",
        tactic=tactic,
        severity=severity,
        says="s",
        source="https://example.org/",
        grade="D",
        cap=cap if severity is Severity.BLOCKER else None,
    )
    def answer(page, context):
        """Why: Because.

        Fix: So.
        """
        yield from ()

    return answer


judgements = st.lists(
    st.tuples(
        st.sampled_from(Tactic),
        st.sampled_from(Severity),
        st.integers(0, 80),
        st.sampled_from([Outcome.PASSED, Outcome.WARNED, Outcome.FAILED]),
        st.sampled_from([None, Severity.CRITICAL]),
    ),
    min_size=1,
    max_size=12,
)


@given(judgements)
def test_the_gain_is_what_scoring_the_mended_page_gives(drawn):
    checks = {f"check-{n}": a_check(n, tactic, severity, cap) for n, (tactic, severity, cap, _, _) in enumerate(drawn)}
    results = [
        judged(checks[f"check-{n}"], outcome, raised if outcome is Outcome.FAILED else None)
        for n, (_, _, _, outcome, raised) in enumerate(drawn)
    ]
    before = score_page(results, WEIGHTS).tactics
    for one, gains in gains_of(results, sums_of(results), checks):
        mended = [judged(checks[other.check], Outcome.PASSED) if other is one else other for other in results]
        after = score_page(mended, WEIGHTS).tactics
        told = dict(gains)
        if one.cap is not None and [other.cap for other in results].count(one.cap) > 1:
            # Alone it lifts no cap; what all who set it would lift is shared among them.
            assert told.get(tables.CAPPED_TACTIC, 0.0) >= -1e-9
            continue
        for tactic in set(before) & set(after):
            assert told.get(Tactic(tactic), 0.0) == pytest.approx(after[tactic] - before[tactic])


def test_two_blockers_that_set_one_cap_share_what_it_takes_away():
    checks = {
        name: a_check(n, tables.CAPPED_TACTIC, severity, cap)
        for n, (name, severity, cap) in enumerate(
            [("check-0", Severity.BLOCKER, 20), ("check-1", Severity.BLOCKER, 20), ("check-2", Severity.HIGH, 0)]
        )
    }
    outcomes = {"check-0": Outcome.FAILED, "check-1": Outcome.FAILED, "check-2": Outcome.PASSED}
    results = [judged(checks[name], outcome) for name, outcome in outcomes.items()]
    gains = {one.check: dict(told) for one, told in gains_of(results, sums_of(results), checks)}
    before = score_page(results, WEIGHTS).tactics[tables.CAPPED_TACTIC]
    assert before == 20 or before < 20
    assert gains["check-0"][tables.CAPPED_TACTIC] > 0
    assert gains["check-0"] == gains["check-1"]
