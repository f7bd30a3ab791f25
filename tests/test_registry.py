"""The registry: everything is found once, and a second bearer of an id is refused."""

from __future__ import annotations

import subprocess
import sys
from importlib import metadata
from types import ModuleType

import pytest

import smocrawl
from smocrawl import registry
from smocrawl.checks.base import Outcome, Severity, Tactic, check
from smocrawl.checks.whole_site import DeclarationError, read_site_check

SQL = """\
-- id: pages-named-home
-- title: Pages are called Home
-- tactic: T9
-- severity: low
-- says: {pages} pages are called Home.
-- cause all: All pages are called Home.
-- source: https://example.org/source
-- grade: D
-- limit: pass=0.01 warn=0.05
-- applies: (SELECT count(*) FROM html_page)
--     >= 20
-- platforms: facebook x
--
-- Why: Nobody knows
-- which is which.
--
-- Fix: Name them.

SELECT count(*) AS pages FROM html_page WHERE title = 'Home'
"""


@pytest.fixture(autouse=True)
def forgetful():
    registry.forget()
    yield
    registry.forget()


def a_check(id="plugin/own-check"):
    @check(
        id,
        title="Own",
        tactic=Tactic.T3,
        severity=Severity.LOW,
        says="Own.",
        source="https://example.org/",
        grade="D",
    )
    def own(page, context):
        """Why: Because.

        Fix: So.
        """
        yield from ()

    return own


class Plugin:
    """An installed package that names something by an entry point."""

    name, value = "plugin", "plugin.checks"

    def __init__(self, thing):
        self.thing = thing

    def load(self):
        if isinstance(self.thing, Exception):
            raise self.thing
        return self.thing


def install(monkeypatch, thing):
    monkeypatch.setattr(
        metadata, "entry_points", lambda group: [Plugin(thing)] if group == registry.CHECKS_GROUP else []
    )


def test_every_check_is_known_by_its_id():
    for collected in (registry.all_checks(), registry.all_site_checks(), registry.all_platforms()):
        assert list(collected) == sorted(collected)
        assert all(thing.id == name for name, thing in collected.items())
    assert not set(registry.all_checks()) & set(registry.all_site_checks())


def test_a_plugin_adds_a_check(monkeypatch):
    module = ModuleType("plugin.checks")
    module.own = a_check()
    install(monkeypatch, module)
    assert "plugin/own-check" in registry.all_checks()


def test_two_checks_with_one_id_are_refused(monkeypatch):
    module = ModuleType("plugin.checks")
    module.one, module.two = a_check(), a_check()
    install(monkeypatch, module)
    with pytest.raises(registry.RegistryError, match="Two things are called 'plugin/own-check'"):
        registry.all_checks()


def test_the_same_check_under_two_names_is_one(monkeypatch):
    module = ModuleType("plugin.checks")
    module.one = module.two = a_check()
    install(monkeypatch, module)
    assert "plugin/own-check" in registry.all_checks()


def test_a_plugin_that_cannot_be_loaded_is_named(monkeypatch):
    install(monkeypatch, ImportError("no module named lost"))
    with pytest.raises(registry.RegistryError, match=r"plugin \(plugin\.checks\) cannot be loaded"):
        registry.all_checks()


def test_a_site_check_is_read_from_the_head_of_its_file():
    found = read_site_check(SQL, "pages.sql")
    assert (found.id, found.tactic, found.severity) == ("pages-named-home", Tactic.T9, Severity.LOW)
    assert found.limits == {"pass": 0.01, "warn": 0.05}
    assert found.applies == "(SELECT count(*) FROM html_page) >= 20"
    assert (found.why, found.fix) == ("Nobody knows which is which.", "Name them.")
    assert found.platforms == ("facebook", "x")
    assert found.sentence(Outcome.FAILED, {"cause": "all"}) == "All pages are called Home."
    assert found.sql.startswith("SELECT count(*)")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("-- says: {pages} pages are called Home.\n", "", "pages.sql: the head lacks says"),
        ("severity: low", "severity: bad", "pages.sql: 'bad' is not a valid Severity"),
        ("-- grade:", "-- note:", "'note: D' is no entry of a declaration"),
        ("-- Fix:", "-- Mend:", "lacks Why: or Fix:"),
    ],
)
def test_a_broken_declaration_is_refused_by_name(old, new, message):
    with pytest.raises(DeclarationError, match=message):
        read_site_check(SQL.replace(old, new), "pages.sql")


def test_the_public_names():
    assert smocrawl.__all__ == [
        "Check", "Finding", "Page", "Platform", "Review", "Severity", "check", "preview", "review", "why_nothing",
    ]  # fmt: skip
    with pytest.raises(AttributeError, match="has no attribute 'reviewer'"):
        smocrawl.reviewer  # noqa: B018


def test_the_function_review_wins_over_its_module():
    code = "import smocrawl.review; from smocrawl import review; from smocrawl.review import judge; print(callable(review))"
    assert run(code) == "True"


def test_importing_the_package_loads_nothing_heavy():
    code = (
        "import sys, smocrawl; "
        "print(sorted({'lxml', 'extruct', 'scrapy', 'numpy', 'sqlite3', 'smocrawl.page'} & set(sys.modules)))"
    )
    assert run(code) == "[]"


def run(code):
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip()
