"""What plugin authors use: a check asked about a page given as HTML."""

from __future__ import annotations

import attrs

from smocrawl.checks.base import Context, Outcome, Reason, Severity, Tactic, check, fail, unmeasured, warn
from smocrawl.checks.whole_site import read_site_check
from smocrawl.platforms.base import Card, Nothing
from smocrawl.registry import all_platforms
from smocrawl.testing import URL, draw, judge, judge_site


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


SQL = """\
-- id: plugin/called-home
-- title: Pages are called Home
-- tactic: T9
-- severity: low
-- says: {pages} pages are called Home.
-- source: https://example.org/source
-- grade: D
-- applies: (SELECT count(*) FROM html_page) >= 2
--
-- Why: Nobody knows which is which.
--
-- Fix: Name them.

SELECT count(*) AS pages FROM html_page WHERE title = 'Home' HAVING count(*) > 1
"""
CALLED_HOME = read_site_check(SQL, "called-home.sql")


def test_a_check_of_the_site_is_asked_about_a_few_pages():
    answer = judge_site(CALLED_HOME, {"/": "<title>Home</title>", "/a": "<title>Home</title>"})
    assert (answer.outcome, answer.sentences) == (Outcome.FAILED, ("2 pages are called Home.",))
    assert judge_site(CALLED_HOME, {"/": "<title>Home</title>", "/a": "<title>A</title>"}).outcome is Outcome.PASSED
    assert judge_site(CALLED_HOME, {"/": "<title>Home</title>"}).outcome is Outcome.NOT_APPLICABLE


def test_links_between_the_pages_are_those_of_a_crawl():
    text = (
        SQL.replace("called-home", "unlinked")
        .rpartition("SELECT")[0]
        .replace("pages are called Home", "pages have no link")
    )
    unlinked = read_site_check(
        f"{text}SELECT count(*) AS pages FROM html_page WHERE url NOT IN (SELECT dst FROM internal_link) HAVING count(*) > 1",
        "unlinked.sql",
    )
    assert judge_site(unlinked, {"/": '<a href="/a">A</a>', "/a": "<title>A</title>"}).outcome is Outcome.PASSED
    assert judge_site(unlinked, {"/": "<title>Home</title>", "/a": "<title>A</title>"}).evidence == ({"pages": 2},)


def test_a_platform_need_not_be_installed():
    mine = attrs.evolve(all_platforms()["slack"], id="mine", name="Mine")
    card = draw(mine, '<meta property="og:title" content="A mill"><meta property="og:description" content="Grinds">')
    assert isinstance(card, Card)
    assert (card.platform, card.title) == ("mine", "A mill")
    assert isinstance(draw(mine, "", status=404), Nothing)
