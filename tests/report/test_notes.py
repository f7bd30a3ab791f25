"""What a crawl notes about itself is told in the language of the report."""

from __future__ import annotations

import pytest
import sample_stores

from smocrawl import closing
from smocrawl.addon import sites
from smocrawl.closing import finishing, folder_notes
from smocrawl.closing.ending import home_problems, missing_pages
from smocrawl.network import politeness
from smocrawl.probing import asking
from smocrawl.rendering import rounds
from smocrawl.report import notes
from smocrawl.report.language import load
from smocrawl.store.records import Record, save_record

OF_THE_CRAWL = (
    finishing.TAKEN_OVER, finishing.BY_THEIR_HEADS, finishing.ENDLESS, finishing.TOO_FAR, finishing.MORE_ENDLESS,
    folder_notes.FROM_A_FOLDER, folder_notes.NOT_ASKED, folder_notes.NOTHING_LEADS_TO, politeness.CAPPED,
    closing.UNREADABLE, asking.LEFT, rounds.FAILED, rounds.LEFT, sites.WATCHED, sites.RENDERED, sites.CACHED, sites.LEFT_OUT,
)  # fmt: skip


@pytest.mark.parametrize("template", OF_THE_CRAWL)
def test_every_note_of_the_crawl_is_known_word_for_word(template):
    assert template in notes.TEMPLATES


def test_numbers_and_names_find_their_place_in_german():
    said = notes.in_words(finishing.ENDLESS.format(number=12345, what="/calendar/…"), load("de"))
    assert said.startswith("12.345 Adressen wie /calendar/… wurden nicht abgefragt")
    said = notes.in_words(finishing.TOO_FAR.format(number=3, what="more than 20 clicks from the home page"), load("de"))
    assert said == "Adressen, die nicht abgefragt wurden: 3 (mehr als 20 Klicks von der Startseite entfernt)."
    said = notes.in_words(finishing.TOO_FAR.format(number=1, what="/some/pattern"), load("de"))
    assert said == "Adressen, die nicht abgefragt wurden: 1 (/some/pattern)."
    budget = "The crawl was told to read 1,000 pages; 23 more addresses were found and not asked."
    assert notes.in_words(budget, load("de")).startswith("Der Crawl sollte 1.000 Seiten lesen; 23 weitere")


def test_english_notes_and_foreign_ones_stay_as_they_are():
    for template in OF_THE_CRAWL:
        if "{spider}" not in template:
            values = {"folder": "a", "address": "b", "some": "c", "host": "d", "asked": 60, "kept": 30}
            note = template.format(
                number=1234, taken=1, pages=2, when="x", what="/a/", kinds=3, reason="gone", **values
            )
            assert notes.in_words(note, load("en")) == note
    assert notes.in_words("A plugin saw {this}.", load("de")) == "A plugin saw {this}."


HOME = sample_stores.HOME


@pytest.mark.parametrize(
    ("status", "error", "size", "german"),
    [
        (401, None, 10, f"{HOME} antwortet mit Status 401: die Seite verlangt ein Passwort"),
        (403, None, 10, f"{HOME} antwortet mit Status 403: die Website weist unseren Crawler ab."),
        (404, None, 10, f"{HOME} antwortet mit Status 404: es gibt keine Startseite."),
        (429, None, 10, f"{HOME} antwortet mit Status 429: die Website bittet uns, langsamer zu fragen."),
        (500, None, 10, f"{HOME} antwortet mit Status 500 (der Server hat einen Fehler)."),
        (503, None, 10, f"{HOME} antwortet mit Status 503: die Website ist nicht verfügbar"),
        (200, None, 0, f"{HOME} ist leer."),
        (200, None, 10, f"{HOME} ist kein HTML, sondern application/pdf."),
        (200, "connection lost after 12,345 bytes", 10, "Verbindung nach 12.345 Bytes abgebrochen."),
        (None, "robots", None, "Die robots.txt verbietet unserem Crawler"),
    ],
)
def test_what_is_wrong_with_the_home_page_is_german_too(tmp_path, status, error, size, german):
    store = sample_stores.Store(tmp_path / "crawls.sqlite")
    said = "application/pdf" if size else "text/html"
    save_record(store.frontier, Record(url=HOME, kind="page", status=status, error=error, type=said, size=size))
    [english] = home_problems(store.database, store.run, "robot/1.0")
    assert german in notes.in_words(english, load("de"))
    assert notes.in_words(english, load("en")) == english


def test_pages_that_were_not_read_and_why_are_german_too(tmp_path):
    store = sample_stores.Store(tmp_path / "crawls.sqlite")
    for number in range(3):
        save_record(
            store.frontier, Record(url=f"{HOME}slow/{number}", kind="page", status=None, error="timeout after 0 bytes")
        )
    save_record(store.frontier, Record(url=f"{HOME}broken", kind="page", status=503))
    german = [notes.in_words(note, load("de")) for note in missing_pages(store.database, store.run)]
    assert german == ["3 Seiten: Zeitüberschreitung nach 0 Bytes.", "1 Seite: Antwort mit Status 503."]
