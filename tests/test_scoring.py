"""Scores: the worked examples, and properties that hold for any outcomes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smocrawl.checks.base import Outcome, Severity, Tactic
from smocrawl.scoring import Judged, grade, readiness_word, score_page, tables, tactic_score

GENERAL = {"T1": 12, "T2": 8, "T3": 26, "T4": 14, "T5": 8, "T6": 10, "T7": 10, "T8": 4, "T9": 8}

EXAMPLE = {
    "T1": (24, 21), "T2": (12, 9.5), "T3": (78, 58.5), "T4": (36, 27), "T5": (14, 5),
    "T6": (24, 19.5), "T7": (13, 10), "T8": (11, 9.5), "T9": (6, 3),
}  # fmt: skip
"""Weight that applies and weight earned by tactic, of one article."""


def one(check="x", tactic="T3", outcome=Outcome.PASSED, weight=3.0, **rest):
    return Judged(check, Tactic(tactic), outcome, weight, **rest)


def with_sums(sums):
    for tactic, (whole, earned) in sums.items():
        half = 2 * (earned % 0.5 or earned % 1)
        yield one(f"{tactic}-passed", tactic, weight=earned - half / 2)
        if half:
            yield one(f"{tactic}-warned", tactic, Outcome.WARNED, weight=half)
        yield one(f"{tactic}-failed", tactic, Outcome.FAILED, weight=whole - earned - half / 2)


def test_the_worked_example_of_a_page():
    score = score_page(list(with_sums(EXAMPLE)), GENERAL)
    assert score.page == pytest.approx(73.7, abs=0.05)
    assert {tactic: round(value, 1) for tactic, value in score.tactics.items()} == {
        "T1": 87.5, "T2": 79.2, "T3": 75.0, "T4": 75.0, "T5": 35.7, "T6": 81.2, "T7": 76.9, "T8": 86.4, "T9": 50.0,
    }  # fmt: skip
    assert grade(score.page) == "fair"


def test_the_same_page_with_a_picture_that_cannot_be_loaded():
    broken = {**EXAMPLE, "T3": (63, 33.5)}
    results = [*with_sums(broken)]
    failed = next(at for at, found in enumerate(results) if found.check == "T3-failed")
    results[failed : failed + 1] = [
        one("og-image-fetchable", "T3", Outcome.FAILED, 10, cap=50),
        one("T3-failed", "T3", Outcome.FAILED, results[failed].weight - 10),
    ]
    score = score_page(results, GENERAL)
    assert score.uncapped == pytest.approx(67.9, abs=0.05)
    assert (score.page, score.cap, score.ceiling) == (50, "og-image-fetchable", 50)
    assert score.tactics["T3"] == 50
    assert score.tactics["T6"] == pytest.approx(81.25), "a cap leaves the other tactics alone"


def test_a_tactic_with_one_small_check_counts_for_less():
    big = [one("a", "T1", weight=10)]
    small = [one("b", "T9", Outcome.FAILED, 1)]
    assert score_page([*big, *small], {"T1": 10, "T9": 10}).page == pytest.approx(100 / 1.1)


def test_what_does_not_apply_or_was_not_measured_does_not_count():
    others = [
        one("b", outcome=Outcome.NOT_APPLICABLE, weight=10),
        one("c", outcome=Outcome.NOT_MEASURED, weight=1),
    ]
    score = score_page([one("a"), *others], GENERAL)
    assert score.page == 100
    assert score.coverage == 0.75
    assert not score.is_partial


def test_nothing_judged_is_no_score():
    score = score_page([one(outcome=Outcome.NOT_MEASURED)], GENERAL, platforms=["x"])
    assert (score.page, score.cap, score.coverage, score.tactics, score.platforms) == (None, None, 0, {}, {})


def test_the_lowest_cap_wins():
    results = [
        one("gone", "T1", Outcome.FAILED, 10, cap=0),
        one("http", "T1", Outcome.FAILED, 10, cap=60),
        one("fine", "T3"),
    ]
    score = score_page(results, GENERAL)
    assert (score.page, score.cap) == (0, "gone")


def test_a_platform_is_judged_by_its_own_checks_and_those_for_all():
    results = [
        one("for-all", "T1", weight=6),
        one("for-x", "T3", Outcome.FAILED, 3, platforms=("x",)),
        one("for-facebook", "T3", weight=3, platforms=("facebook",)),
        one("profiles", "T7", Outcome.FAILED, 6),
    ]
    score = score_page(results, GENERAL, platforms=["facebook", "x", "slack"], blocked=["slack"])
    assert score.platforms == {"facebook": 100, "x": pytest.approx(100 * 6 / 9), "slack": 0}
    assert [score.word_for(name) for name in ("facebook", "x", "slack")] == ["ready", "partial", "blocked"]


def test_a_cap_holds_down_only_the_platforms_it_speaks_of():
    results = [
        one("fine", "T3", weight=100),
        one("blocked-image", "T3", Outcome.FAILED, 10, cap=60, platforms=("x",)),
    ]
    score = score_page(results, GENERAL, platforms=["facebook", "x"])
    assert (score.platforms["x"], score.platforms["facebook"]) == (60, 100)


@pytest.mark.parametrize(
    ("score", "word"), [(85, "ready"), (84.9, "partial"), (60, "partial"), (59.9, "poor"), (None, "")]
)
def test_readiness_words(score, word):
    assert readiness_word(score) == word


@pytest.mark.parametrize(
    ("score", "word"), [(100, "excellent"), (90, "excellent"), (75, "good"), (60, "fair"), (40, "weak"), (0, "poor")]
)
def test_grade_words(score, word):
    assert grade(score) == word


def test_every_severity_has_a_weight_and_the_share_of_every_tactic_is_named():
    assert set(tables.WEIGHTS) == set(Severity)
    assert set(tables.PAGE_SHARE) == set(Tactic)
    assert sum(tables.CROSSLINK.values()) == pytest.approx(1)


outcomes = st.lists(
    st.builds(
        lambda number, tactic, outcome, severity, cap: Judged(
            f"check-{number}",
            tactic,
            outcome,
            tables.WEIGHTS[severity],
            cap=cap if outcome is Outcome.FAILED and severity is Severity.BLOCKER else None,
        ),
        st.integers(),
        st.sampled_from(Tactic),
        st.sampled_from(Outcome),
        st.sampled_from(Severity),
        st.integers(0, 60),
    ),
    max_size=30,
    unique_by=lambda found: found.check,
)


@given(outcomes)
def test_the_lines_add_up_to_the_score(results):
    score = score_page(results, GENERAL)
    if score.uncapped is None:
        assert not score.lines
    else:
        assert sum(line.points for line in score.lines) == pytest.approx(score.uncapped)
        assert sum(line.worth for line in score.lines) == pytest.approx(100)
        assert 0 <= score.page <= score.uncapped <= 100.0001


@given(outcomes, st.data())
def test_mending_anything_never_lowers_a_score(results, data):
    wrong = [at for at, found in enumerate(results) if found.outcome in (Outcome.FAILED, Outcome.WARNED)]
    if not wrong:
        return
    at = data.draw(st.sampled_from(wrong))
    mended = list(results)
    mended[at] = one(results[at].check, results[at].tactic, Outcome.PASSED, results[at].weight)
    before, after = score_page(results, GENERAL), score_page(mended, GENERAL)
    if before.page is not None:
        assert after.page >= before.page - 1e-9
    assert all(after.tactics[tactic] >= value - 1e-9 for tactic, value in before.tactics.items())


def test_the_tactic_score_is_a_plain_weighted_mean():
    assert tactic_score([one(weight=6), one(outcome=Outcome.WARNED, weight=3)]) == pytest.approx(100 * 7.5 / 9)
    assert tactic_score([]) is None
