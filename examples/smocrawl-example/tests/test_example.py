"""The plugin asked by itself: neither a crawl nor an installation is needed."""

from __future__ import annotations

from pathlib import Path

from smocrawl_example.checks import UNNAMED_LANGUAGE, title_cut
from smocrawl_example.pigeon_post import PLATFORM

from smocrawl.checks.base import Outcome
from smocrawl.testing import draw, judge, judge_site

PAGES = Path(__file__).parent / "title-cut"


def test_a_title_that_was_cut_is_found() -> None:
    answer = judge(title_cut, (PAGES / "cut.html").read_text(encoding="utf-8"))
    assert answer.outcome is Outcome.FAILED
    assert answer.sentences == ("The share title ends in dots: “Seven night ferries that repl…”",)


def test_a_whole_title_passes() -> None:
    assert judge(title_cut, (PAGES / "whole.html").read_text(encoding="utf-8")).outcome is Outcome.PASSED


def test_pages_without_a_language_are_counted() -> None:
    answer = judge_site(UNNAMED_LANGUAGE, {"/": "<html lang=en><title>A</title>", "/b": "<title>B</title>"})
    assert [(one["pages"], one["of"]) for one in answer.evidence] == [(1, 2)]


def test_the_card_of_the_platform() -> None:
    card = draw(PLATFORM, (PAGES / "whole.html").read_text(encoding="utf-8"))
    assert card.title == "Seven night ferries that replace a hotel bed"
