"""What a crawl notes about itself is told in the language of the report."""

from __future__ import annotations

import pytest

from smocrawl import closing
from smocrawl.addon import sites
from smocrawl.closing import finishing
from smocrawl.probing import asking
from smocrawl.rendering import rounds
from smocrawl.report import notes
from smocrawl.report.language import load

OF_THE_CRAWL = (
    finishing.TAKEN_OVER, finishing.BY_THEIR_HEADS, finishing.ENDLESS, finishing.TOO_FAR, finishing.MORE_ENDLESS,
    closing.UNREADABLE, asking.LEFT, rounds.FAILED, rounds.LEFT, sites.WATCHED, sites.RENDERED, sites.CACHED, sites.LEFT_OUT,
)  # fmt: skip


@pytest.mark.parametrize("template", OF_THE_CRAWL)
def test_every_note_of_the_crawl_is_known_word_for_word(template):
    assert template in notes.TEMPLATES


def test_numbers_and_names_find_their_place_in_german():
    said = notes.in_words(finishing.ENDLESS.format(number=12345, what="/calendar/…"), load("de"))
    assert said.startswith("12.345 Adressen wie /calendar/… wurden nicht abgefragt")
    said = notes.in_words(finishing.TOO_FAR.format(number=3, what="more than 20 clicks away"), load("de"))
    assert said == "3 Adressen wurden nicht abgefragt: more than 20 clicks away."
    budget = "The crawl was told to read 1,000 pages; 23 more addresses were found and not asked."
    assert notes.in_words(budget, load("de")).startswith("Der Crawl sollte 1.000 Seiten lesen; 23 weitere")


def test_english_notes_and_foreign_ones_stay_as_they_are():
    for template in OF_THE_CRAWL:
        if "{spider}" not in template:
            note = template.format(number=1234, taken=1, pages=2, when="x", what="/a/", kinds=3, reason="gone")
            assert notes.in_words(note, load("en")) == note
    assert notes.in_words("A plugin saw {this}.", load("de")) == "A plugin saw {this}."
