"""The registry: everything is found once, and a second bearer of an id is refused."""

from __future__ import annotations

import subprocess
import sys
from importlib import metadata
from types import ModuleType

import attrs
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


def install(monkeypatch, *things, group=registry.CHECKS_GROUP):
    plugins = [Plugin(thing) for thing in things]
    monkeypatch.setattr(metadata, "entry_points", lambda group=group, of=group: plugins if group == of else [])


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


@pytest.mark.parametrize("id", ["og-title", "orphan-pages"])
def test_a_plugin_takes_no_place_of_ours(monkeypatch, caplog, id):
    ours = registry.all_checks().get(id)
    registry.forget()
    module = ModuleType("plugin.checks")
    module.own, module.other = a_check(id), a_check()
    install(monkeypatch, module)
    assert registry.all_checks().get(id) is ours
    assert "plugin/own-check" not in registry.all_checks()
    assert caplog.messages == [
        f"The plugin plugin (plugin.checks) is left out: '{id}' exists already; call it yours/{id}"
    ]


def test_two_of_our_own_with_one_id_are_refused():
    with pytest.raises(registry.RegistryError, match="Two things are called 'plugin/own-check'"):
        registry._by_id([a_check(), a_check()])


def test_the_same_check_under_two_names_is_one(monkeypatch):
    module = ModuleType("plugin.checks")
    module.one = module.two = a_check()
    install(monkeypatch, module)
    assert "plugin/own-check" in registry.all_checks()


@pytest.mark.parametrize(
    ("thing", "why"),
    [
        (ImportError("no module\nnamed lost"), "it cannot be loaded: ImportError: no module named lost"),
        (SystemError("x" * 1_000), f"it cannot be loaded: SystemError: {'x' * 1_000}"[:300]),
        (ModuleType("empty"), "it names neither a check nor a platform"),
        (7, "it names neither a check nor a platform"),
    ],
)
def test_a_broken_plugin_is_left_out_with_one_line(monkeypatch, caplog, thing, why):
    known = set(registry.all_checks()), set(registry.all_site_checks())
    registry.forget()
    module = ModuleType("plugin.checks")
    module.own = a_check()
    install(monkeypatch, thing, module)
    assert set(registry.all_checks()) == {*known[0], "plugin/own-check"}
    assert set(registry.all_site_checks()) == known[1]
    assert caplog.messages == [f"The plugin plugin (plugin.checks) is left out: {why}"]


def test_a_plugin_adds_a_check_of_the_site_and_a_platform(monkeypatch):
    module = ModuleType("plugin.checks")
    module.whole = read_site_check(SQL.replace("pages-named-home", "plugin/named-home"), "plugin.sql")
    install(monkeypatch, module)
    assert registry.all_site_checks()["plugin/named-home"] is module.whole
    registry.forget()
    platform = attrs.evolve(registry.all_platforms()["slack"], id="plugin/slack")
    registry.forget()
    install(monkeypatch, platform, group=registry.PLATFORMS_GROUP)
    assert registry.all_platforms()["plugin/slack"] is platform


def test_a_report_section_is_a_function(monkeypatch, caplog):
    install(monkeypatch, print, group=registry.SECTIONS_GROUP)
    assert registry.report_sections() == {"plugin": print}
    registry.forget()
    install(monkeypatch, 7, group=registry.SECTIONS_GROUP)
    assert registry.report_sections() == {}
    assert caplog.messages == ["The plugin plugin (plugin.checks) is left out: it names no function"]


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
        smocrawl.reviewer  # noqa: B018 - asking for the name is the test


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
