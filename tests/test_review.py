"""The review of one page: outcomes, reasons, findings, suppression, and faults that cost no page."""

from __future__ import annotations

import logging

import pytest
from attrs import evolve

from smocrawl import registry
from smocrawl import review as public_review
from smocrawl.audience import load
from smocrawl.checks.base import (
    NOT_APPLICABLE,
    Context,
    Outcome,
    Reason,
    Severity,
    Suppression,
    Tactic,
    check,
    fail,
    unmeasured,
    warn,
)
from smocrawl.page import Meta, Page
from smocrawl.platforms.base import Access
from smocrawl.review import judge

PAGE = Page(url="https://site.example/page", title="A page")


def says(id, *said, severity=Severity.MEDIUM, **facts):
    @check(
        id,
        title=id,
        tactic=facts.pop("tactic", Tactic.T3),
        severity=severity,
        says="{what} is wrong.",
        source="https://example.org/",
        grade="D",
        **facts,
    )
    def answer(page, context):
        """Why: Because.

        Fix: So.
        """
        for one in said:
            if isinstance(one, Exception):
                raise one
            yield one

    return answer


@pytest.fixture
def checks(monkeypatch):
    """Only these checks, and no platform."""

    def only(*these):
        monkeypatch.setattr(registry, "all_checks", lambda: {one.id: one for one in these})
        monkeypatch.setattr(registry, "all_platforms", dict)

    return only


def test_every_check_has_an_outcome(checks):
    checks(
        says("passes"),
        says("fails", fail(what="it")),
        says("warns", warn(what="it")),
        says("is-off", unmeasured(Reason.OFF)),
        says("does-not-apply", NOT_APPLICABLE),
        says("is-not-for-this-page", applies=lambda page, context: False),
    )
    found = judge(PAGE)
    assert found.outcomes == {
        "passes": Outcome.PASSED,
        "fails": Outcome.FAILED,
        "warns": Outcome.WARNED,
        "is-off": Outcome.NOT_MEASURED,
        "does-not-apply": Outcome.NOT_APPLICABLE,
        "is-not-for-this-page": Outcome.NOT_APPLICABLE,
    }
    assert found.reasons == {"is-off": Reason.OFF}
    assert [(one.check, one.url, one.evidence) for one in found.findings] == [
        ("fails", PAGE.url, {"what": "it"}),
        ("warns", PAGE.url, {"what": "it"}),
    ]
    assert found.score.page == 50
    assert found.score.coverage == 0.75


def test_a_condition_that_checks_share_is_asked_once_a_page(checks):
    asked = []

    def is_named(page, context):
        asked.append(page.url)
        return page.title is not None

    checks(says("fails", fail(what="it"), applies=is_named), says("passes", applies=is_named))
    assert judge(PAGE).outcomes == {"fails": Outcome.FAILED, "passes": Outcome.PASSED}
    nameless = evolve(PAGE, url="https://site.example/nameless", title=None)
    assert judge(nameless).outcomes == dict.fromkeys(("fails", "passes"), Outcome.NOT_APPLICABLE)
    assert asked == [PAGE.url, nameless.url]


def test_a_condition_that_breaks_costs_the_answer_of_each_check(checks, caplog):
    def breaks(page, context):
        raise ZeroDivisionError

    checks(says("first", applies=breaks), says("second", applies=breaks), says("passes"))
    found = judge(PAGE)
    assert found.reasons == {"first": Reason.ERROR, "second": Reason.ERROR}
    assert found.outcomes["passes"] is Outcome.PASSED
    assert "Check second could not judge" in caplog.text


def test_what_only_scripts_show_is_judged_after_them(monkeypatch):
    @check(
        "has-title", title="x", tactic=Tactic.T3, severity=Severity.MEDIUM, says="x", source="https://example.org/",
        grade="D",
    )  # fmt: skip
    def has_title(page, context):
        """
        Why: x

        Fix: x
        """
        if page.title is None:
            yield unmeasured(Reason.SCRIPT)
        elif page.title != "A page":
            yield fail()

    monkeypatch.setattr(registry, "all_checks", lambda: {"has-title": has_title})
    monkeypatch.setattr(registry, "all_platforms", dict)
    shell = evolve(PAGE, title=None)
    assert judge(shell).reasons == {"has-title": Reason.SCRIPT}
    assert judge(shell, Context(rendered=PAGE)).outcomes == {"has-title": Outcome.PASSED}
    assert judge(shell, Context(rendered=evolve(PAGE, title="Another"))).outcomes == {"has-title": Outcome.FAILED}
    assert judge(PAGE, Context(rendered=evolve(PAGE, title="Another"))).outcomes == {"has-title": Outcome.PASSED}


def test_a_check_that_breaks_costs_its_answer_and_not_the_page(checks, caplog):
    checks(says("breaks", fail(what="it"), ZeroDivisionError()), says("passes"))
    with caplog.at_level(logging.ERROR):
        found = judge(PAGE)
    assert found.outcomes == {"breaks": Outcome.NOT_MEASURED, "passes": Outcome.PASSED}
    assert found.reasons == {"breaks": Reason.ERROR}
    assert not found.findings
    assert found.score.page == 100
    assert "Check breaks could not judge https://site.example/page" in caplog.text


def test_a_raised_severity_stands_in_the_finding_and_weighs(checks):
    checks(says("small"), says("heavy", fail(what="it", severity=Severity.CRITICAL)))
    found = judge(PAGE)
    assert [one.severity for one in found.findings] == [Severity.CRITICAL]
    assert found.score.page == pytest.approx(100 * 3 / 13)


def test_a_failed_blocker_caps_the_page(checks):
    checks(
        says("gone", fail(what="it"), severity=Severity.BLOCKER, cap=40, tactic=Tactic.T1),
        says("fine", severity=Severity.CRITICAL),
    )
    score = judge(PAGE).score
    assert (score.page, score.cap) == (40, "gone")
    assert score.uncapped == pytest.approx(100 * 26 / 38), "the weights of the general profile"


def test_an_accepted_finding_is_told_but_not_scored(checks):
    checks(says("passes"), says("fails", fail(what="it")))
    audience = evolve(load("b2b"), suppress=(Suppression(check="fails", url="/page$"),))
    found = judge(PAGE, Context(audience=audience))
    assert found.outcomes["fails"] is Outcome.NOT_APPLICABLE
    assert [one.suppressed for one in found.findings] == [True]
    assert found.score.page == 100


def test_the_public_function_reads_and_judges_a_response():
    found = public_review(
        "https://site.example/",
        b"<!doctype html><title>Home</title><h1>Home</h1>",
        headers={"Content-Type": "text/html; charset=utf-8"},
    )
    assert found.page.title == "Home"
    assert set(found.outcomes) == set(registry.all_checks())
    assert set(found.cards) == set(registry.all_platforms())


def test_no_platform_is_ready_for_a_page_without_a_picture(checks, monkeypatch):
    platforms = registry.all_platforms()
    checks(says("passes"))
    monkeypatch.setattr(
        registry, "all_platforms", lambda: {name: platforms[name] for name in ("facebook", "pinterest")}
    )
    found = judge(evolve(PAGE, metas=(Meta(prop="og:title", content="A page"),)))
    assert found.cards["facebook"].image is None
    assert found.score.word_for("facebook") == "partial"
    assert found.cards["pinterest"] is None
    assert found.score.word_for("pinterest") == "poor"


def test_a_bot_kept_out_by_robots_txt_makes_its_platform_blocked(checks, monkeypatch):
    linkedin = registry.all_platforms()["linkedin"]
    checks(says("passes"))
    monkeypatch.setattr(registry, "all_platforms", lambda: {"linkedin": linkedin})
    access = {linkedin.bot.name: Access(bot=linkedin.bot.name, page=False, line=3)}
    found = judge(PAGE, Context(access=access))
    assert found.nothing["linkedin"].code == "blocked"
    assert (found.score.platforms["linkedin"], found.score.word_for("linkedin")) == (0, "blocked")


def test_without_an_audience_the_language_alone_makes_no_button_unfit() -> None:
    page = b"""<html lang="de"><head><title>Nachtf\xc3\xa4hren</title><meta property="og:type" content="article"></head><body>
    <article><h1>Nachtf\xc3\xa4hren</h1><time datetime="2026-10-02">2. Oktober 2026</time><p>Sieben N\xc3\xa4chte auf See.</p>
    <a href="https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fsite.example%2Fa">Teilen</a>
    <a href="https://x.com/intent/post?url=https%3A%2F%2Fsite.example%2Fa">Teilen</a></article></body></html>"""
    found = public_review("https://site.example/a", page, {"content-type": "text/html; charset=utf-8"})
    assert found.outcomes["share-fit"] is Outcome.PASSED
