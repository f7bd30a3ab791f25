"""Answers are remembered for one page: the next page, and an equal copy of it, are looked at themselves."""

import pytest
from attrs import evolve

from smocrawl.checks.remembering import once_per_page
from smocrawl.page import Page


def test_each_page_is_looked_at_once_while_it_is_judged():
    asked = []

    @once_per_page
    def title(page):
        asked.append(page.url)
        return page.title

    one, other = Page(url="https://a.example/", title="One"), Page(url="https://b.example/")
    assert [title(one), title(one), title(other), title(evolve(one, title="New"))] == ["One", "One", None, "New"]
    assert asked == ["https://a.example/", "https://b.example/", "https://a.example/"]


def test_a_fault_is_not_remembered():
    answers = iter((ValueError("broken"), "fine"))

    @once_per_page
    def fragile(page):
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    page = Page(url="https://a.example/")
    with pytest.raises(ValueError, match="broken"):
        fragile(page)
    assert fragile(page) == "fine"
