"""Audience profiles: those of the package, and a client's own with messages that point at the line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from smocrawl.audience import AudienceError, check_names, load, names, read
from smocrawl.checks import thresholds
from smocrawl.checks.base import Tactic
from smocrawl.checks.thresholds import Range
from smocrawl.page import Kind


@pytest.mark.parametrize("name", names())
def test_the_weights_of_every_profile_add_up_to_100(name):
    audience = load(name)
    assert sum(audience.weights.values()) == 100
    assert set(audience.weights) == set(Tactic)
    assert len(audience.key) == 3


def test_seven_profiles_come_with_the_package():
    assert names() == ("b2b", "developer", "ecommerce", "general", "local", "news", "visual")
    assert load().id == "general"
    assert load("news").aging_months is None


def test_a_file_of_the_client_changes_a_profile(tmp_path):
    file = tmp_path / "client.toml"
    file.write_text("""
base = "b2b"
label = "Example Ltd"
opt_out = ["X"]
domains = ["example.org"]

[[suppress]]
check = "og-image"
url = "/terms"
kind = "legal"
why = "agreed in March"
""")
    audience = load(str(file))
    assert (audience.id, audience.label, audience.opt_out) == ("client", "Example Ltd", ("x",))
    assert audience.key == load("b2b").key
    assert audience.is_suppressed("og-image", "https://e.example/terms", Kind.LEGAL)
    assert not audience.is_suppressed("og-image", "https://e.example/terms", Kind.HOME)
    assert not audience.is_suppressed("og-title", "https://e.example/terms", Kind.LEGAL)


def test_a_profile_without_weights_takes_those_of_general():
    assert read('label = "Own"', id="own", origin="own.toml").weights == load("general").weights


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('label = "a"\nmust = "x"', "own.toml:2: must must be a list of names"),
        ('kye = ["x"]', "own.toml:1: kye is unknown; known are "),
        ("min_profiles = -1", "own.toml:1: min_profiles must be a whole number from 0, not -1."),
        ("min_profiles = true", "not True"),
        ("[weights]\nT1 = 1", "own.toml:1: weights lacks T2, T3"),
        ("[weights]\nT10 = 1", "own.toml:2: T10 is no tactic"),
        ("[weights]\nT1 = 500", "own.toml:2: T1 must be a number from 0 to 100, not 500."),
        ('base = "nws"', "own.toml:1: base 'nws' is no profile; known are b2b"),
        ('[[suppress]]\nurl = "("\ncheck = "*"', "own.toml:2: url is no regular expression"),
        ("[[suppress]]\nwhy = 'so'", "own.toml:1: suppress lacks check"),
        ("[thresholds]\ncited_word = 8", "own.toml:2: cited_word is no threshold; near it are cited_words"),
        ("[thresholds]\ncited_words = '8'", "own.toml:2: cited_words must be a number such as 600, not '8'"),
        ("[thresholds]\nclicks = 8", "own.toml:2: clicks must be [good from, good to, fair from, fair to]"),
        ("[thresholds]\nclicks = [0, 8, 0, 4]", "the good span inside the fair one"),
        ("[thresholds]\nimage_least = [200]", "own.toml:2: image_least must be [width, height] in pixels"),
        ("thresholds = 3", "own.toml:1: thresholds must be a table"),
        ("[limits.og-title-unique]\npages = true", "own.toml:2: pages of og-title-unique must be a number"),
        ("limits = 3", "own.toml:1: limits must be written as tables"),
        ("[[suppress]]\ncheck = 'x'\nkind = 'blog'", "own.toml:3: kind must be one of home"),
        ("label = \nkey = 1", "line 1"),
    ],
)
def test_a_fault_is_named_with_key_and_line(text, message):
    with pytest.raises(AudienceError) as caught:
        read(text, id="own", origin="own.toml")
    assert message in str(caught.value)


def test_an_unknown_name_lists_those_that_are_known():
    with pytest.raises(AudienceError, match="Known: b2b, developer"):
        load("teens")
    with pytest.raises(AudienceError, match=r"missing\.toml cannot be read"):
        load("missing.toml")


CHECKS, LIMITS = {"og-image", "og-title-unique"}, {"og-title-unique": ("pages", "group")}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[suppress]]\ncheck = 'og-images'", "own.toml:2: og-images is no check; near it are og-image"),
        ("[limits.og-image]\npages = 3", "own.toml:1: limits.og-image is no check of the whole site"),
        ("[limits.og-title-unique]\npage = 3", "own.toml:2: page is no limit of og-title-unique; it has pages, group"),
    ],
)
def test_checks_and_limits_that_there_are_none_of_are_refused(tmp_path, text, message):
    file = tmp_path / "own.toml"
    file.write_text(text)
    with pytest.raises(AudienceError, match=re.escape(message)):
        check_names(str(file), CHECKS, LIMITS)


def test_a_client_may_have_numbers_of_his_own(tmp_path):
    file = tmp_path / "own.toml"
    file.write_text("[thresholds]\ncited_words = 800\nclicks = [0, 5, 0, 6]\n[limits.og-title-unique]\npages = 20")
    check_names(str(file), CHECKS, LIMITS)
    audience = load(str(file))
    assert audience.thresholds == {"cited_words": 800, "clicks": Range(0, 5, 0, 6)}
    assert audience.limits == {"og-title-unique": {"pages": 20.0}}
    ours = thresholds.CITED_WORDS
    with thresholds.changed(audience.thresholds):
        assert thresholds.CITED_WORDS == 800
    assert ours == thresholds.CITED_WORDS


def test_the_documentation_names_every_number():
    page = (Path(__file__).parent.parent / "docs" / "reference" / "thresholds.md").read_text(encoding="utf-8")
    assert [name for name in thresholds.all_thresholds() if f"| {name} |" not in page] == []
    assert [check for check in LIMITS if f"| [`{check}`](" not in page] == []
