"""The page of facts: nothing is missing from it, and everything on it is said in words."""

from __future__ import annotations

import re

import attrs

from docs import fact_pages
from smocrawl import page


def test_every_fact_of_a_page_has_an_example() -> None:
    assert fact_pages.of_page() - fact_pages.shown() == fact_pages.OUTSIDE


def test_every_fact_says_its_meaning() -> None:
    said = [
        (record, fact)
        for modules in fact_pages.ROOMS.values()
        for module in modules
        for record, _, facts in fact_pages.records(module)
        for fact in facts
    ]
    assert len(said) > 200
    assert [f"{record}.{fact.name}" for record, fact in said if not fact.says] == []


def test_examples_yield_what_they_promise() -> None:
    empty = {"null", "[]", "{}", '""', "false"}
    for example in fact_pages.EXAMPLES:
        found = fact_pages.read(example)
        assert {name for name in example.facts if fact_pages.value(found, name) in empty} == set(), example.title


def test_every_record_that_a_page_holds_is_described() -> None:
    described = {
        name for modules in fact_pages.ROOMS.values() for module in modules for name, _, _ in fact_pages.records(module)
    }
    held, waiting = set(), {"Page"}
    while waiting:
        name = waiting.pop()
        held.add(name)
        words = {word for one in attrs.fields(getattr(page, name)) for word in re.findall(r"[A-Z]\w+", str(one.type))}
        waiting |= {word for word in words if attrs.has(getattr(page, word, int))} - held
    assert {"Entity", "Link", "Meta", "Text"} <= held
    assert held - described == set()
