"""What plugin authors use: a check asked about a page given as HTML."""

from __future__ import annotations

from smocrawl.checks.base import Context, Outcome, Reason, Severity, Tactic, check, fail, unmeasured, warn
from smocrawl.testing import URL, judge


@check(
    "plugin/title-shouts",
    title="The title shouts",
    tactic=Tactic.T2,
    severity=Severity.LOW,
    says="The title “{title}” is all in capitals.",
    warns="The title “{title}” ends in an exclamation mark.",
    source="https://example.org/",
    grade="D",
)
def title_shouts(page, context):
    """Why: Readers take it for an advertisement.

    Fix: Write it as you would say it.
    """
    if page.title and page.title.isupper():
        yield fail(title=page.title)
    elif page.title and page.title.endswith("!"):
        yield warn(title=page.title)
    elif context.inlinks is None:
        yield unmeasured(Reason.OFF)


def test_the_answer_holds_outcome_evidence_and_sentence():
    answer = judge(title_shouts, "<title>BUY NOW</title>")
    assert answer.outcome is Outcome.FAILED
    assert answer.evidence == ({"title": "BUY NOW"},)
    assert answer.sentences == ("The title “BUY NOW” is all in capitals.",)


def test_a_warning_has_its_own_sentence():
    assert judge(title_shouts, b"<title>Hello!</title>").sentences == (
        "The title “Hello!” ends in an exclamation mark.",
    )


def test_what_lies_outside_the_page_comes_in_a_context():
    assert judge(title_shouts, "<title>Hello</title>").reason is Reason.OFF
    assert judge(title_shouts, "<title>Hello</title>", context=Context(inlinks=3)).outcome is Outcome.PASSED


def test_the_page_stands_where_the_test_says():
    @check(
        "plugin/where",
        title="t",
        tactic=Tactic.T1,
        severity=Severity.LOW,
        says="{url}",
        source="https://e.org/",
        grade="D",
    )
    def where(page, context):
        """Why: w.

        Fix: f.
        """
        yield fail(url=page.url, status=page.status)

    assert judge(where, "<p>", url="https://a.example/", status=404).evidence == (
        {"url": "https://a.example/", "status": 404},
    )
    assert judge(where, "<p>").sentences == (URL,)
