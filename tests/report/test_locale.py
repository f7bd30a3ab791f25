from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

import smocrawl.report
from smocrawl.report.catalogue import installed
from smocrawl.report.catalogue import texts as spoken
from smocrawl.report.language import available

ROOM = Path(smocrawl.report.__file__).parent
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
OPTIONS = {"templates/**.html": {"newstyle_gettext": "true"}}
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "N": (1, 2), "N_": None}
FIELDS = re.compile(r"%\(\w+\)s|\{\w+[^}]*\}")


def said():
    """Every text that the report's code and templates hold."""
    for _, _, text, _, _ in extract_from_dir(ROOM, METHODS, OPTIONS, KEYWORDS):
        yield text if isinstance(text, str) else text[0]


def catalogue(language, domain="smocrawl"):
    with (ROOM / "locale" / language / "LC_MESSAGES" / f"{domain}.po").open("rb") as stream:
        return read_po(stream)


def test_german_is_there():
    assert available() == ("en", "de")


def test_every_text_is_german_too():
    known = catalogue("de")
    assert [text for text in dict.fromkeys(said()) if known.get(text) is None or not known.get(text).string] == []


def test_checks_speak_german():
    known = catalogue("de", "checks")
    said = set(spoken(installed().checks))
    assert {text for text in said if known.get(text) is None or not known.get(text).string} == set()


@pytest.mark.parametrize("domain", ["smocrawl", "checks"])
def test_translations_name_the_same_fields(domain):
    for message in catalogue("de", domain):
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        strings = [message.string] if isinstance(message.string, str) else list(message.string)
        if message.id:
            assert set(FIELDS.findall(ids[-1])) == set(FIELDS.findall(strings[-1])), message.id


@pytest.mark.parametrize("domain", ["smocrawl", "checks"])
def test_compiled_catalogue_is_that_of_its_source(domain):
    stream = io.BytesIO()
    write_mo(stream, catalogue("de", domain))
    stream.seek(0)
    with (ROOM / "locale" / "de" / "LC_MESSAGES" / f"{domain}.mo").open("rb") as compiled:
        assert texts(read_mo(stream)) == texts(read_mo(compiled))


def texts(known):
    return {str(message.id): message.string for message in known if message.id}
