"""Comparing texts, prices and language tags as people mean them."""

from __future__ import annotations

import pytest

from smocrawl.checks.languages import family, is_well_formed, primary
from smocrawl.checks.offers import amount
from smocrawl.checks.wording import likeness, script_of, squeezed, telling_words


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("149,00 €", 149.0),
        ("1.299,00 €", 1299.0),
        ("$1,299.00", 1299.0),
        ("CHF 1'299", 1299.0),
        ("1 299,50 kr", 1299.5),
        ("1.299 €", 1299.0),
        ("19.9", 19.9),
        ("12,345,678", 12345678.0),
        ("free", None),
        ("", None),
        ("9" * 40, None),
    ],
)
def test_prices_are_read_as_people_write_them(written: str, number: float | None) -> None:
    assert amount(written) == number


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("Night ferries return", "Night ferries return to the northern routes", 1.0, 1.0),
        ("Fähren kehren zurück", "FAHREN KEHREN ZURUCK", 1.0, 1.0),
        ("夜行フェリーが戻る", "夜行フェリーが北航路に戻る", 0.5, 1.0),
        ("북쪽 항로의 야간 여객선", "야간 여객선", 0.9, 1.0),
        ("You will never believe this", "Night ferries return", 0.0, 0.1),
        ("", "Night ferries", 0.0, 0.0),
    ],
)
def test_titles_are_compared_by_their_words(one: str, other: str, least: float, most: float) -> None:
    assert least <= likeness(one, other) <= most


def test_telling_words_leave_out_small_ones_and_endings() -> None:
    assert telling_words("The writers write of a sea") == {"write"}


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Night ferries", "LATIN"),
        ("Ночные паромы", "CYRILLIC"),
        ("夜行フェリー", "EAST ASIAN"),
        ("한국어", "EAST ASIAN"),
        ("Ночные night", None),
        ("2026", None),
    ],
)
def test_the_script_of_a_text(text: str, script: str | None) -> None:
    assert script_of(text) == script


def test_names_are_compared_without_blanks_and_accents() -> None:
    assert squeezed("Café Zürich, Ltd.") == squeezed("cafe zurich ltd")


@pytest.mark.parametrize("tag", ["de", "de-AT", "en_GB", "zh-Hans-CN", "es-419", "fil", "pt_BR", "sr-Latn"])
def test_language_tags(tag: str) -> None:
    assert is_well_formed(tag)
    assert primary(tag) == tag[: len(primary(tag))].lower()


@pytest.mark.parametrize("tag", ["gr_EL", "Deutsch", "english", "de, en", "", "x", "de--AT", "de_AT_"])
def test_no_language_tags(tag: str) -> None:
    assert not is_well_formed(tag)


def test_codes_of_one_language() -> None:
    assert family("nb") == family("no") == family("nn")
    assert family("de") != family("en")
