"""A language that nobody speaks: every text of the report in Arabic letters, its fields untouched."""

from __future__ import annotations

import re
from contextlib import contextmanager
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo

import smocrawl.report
from smocrawl.report import language
from smocrawl.report.catalogue import installed
from smocrawl.report.catalogue import texts as spoken

ROOM = Path(smocrawl.report.__file__).parent
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
OPTIONS = {"templates/**.html": {"newstyle_gettext": "true"}}
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "N": (1, 2), "N_": None}
FIELD = re.compile(r"(%\(\w+\)s|%%|\{\w*[^}]*\})")
LETTERS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "ابسدهفجحيكلمنوبقرستعوخصيزذ" + "ابسدهفجحيكلمنوبقرستعوخصيزذ"
)


def turned(text):
    """*text* letter by letter in Arabic script, fields as they are."""
    return "".join(part if at % 2 else part.translate(LETTERS) for at, part in enumerate(FIELD.split(text)))


def _catalogue(messages):
    made = Catalog()
    for message in messages:
        known = message if isinstance(message, tuple) else (message,)
        said = tuple(turned(text) for text in known)
        made.add(message, said if isinstance(message, tuple) else said[0])
    return made


def report_texts():
    """Every text that the report's code and templates hold; a pair where there are two forms."""
    for _, _, text, _, _ in extract_from_dir(ROOM, METHODS, OPTIONS, KEYWORDS):
        yield text


@contextmanager
def spoken_as(code, folder):
    """While the block lasts, the language *code* is the pseudo language."""
    target = folder / code / "LC_MESSAGES"
    target.mkdir(parents=True)
    for domain, messages in ((language.DOMAIN, report_texts()), (language.CHECKS, spoken(installed().checks))):
        with (target / f"{domain}.mo").open("wb") as stream:
            write_mo(stream, _catalogue(dict.fromkeys(messages)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(language, "FOLDER", folder)
        language.load.cache_clear()
        yield
    language.load.cache_clear()
