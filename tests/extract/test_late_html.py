"""The language of a page whose ``html`` tag comes late."""

import pytest

from smocrawl.extract import read_page

REST = "<head><title>T</title></head><body><p>Bonjour</p></body></html>"


@pytest.mark.parametrize(
    ("before", "lang"),
    [
        ('<!doctype html><html lang="fr">', "fr"),
        (
            '<br /><b>Warning</b>: Attempt to read property "ID" on null<br /><!doctype html><html class="no-js" lang="fr">',
            "fr",
        ),
        ("<b>Warning</b><html lang=fr-CA>", "fr-CA"),
        ('<!--[if IE]><html lang="en"><![endif]--><html>', None),
        ("<b>Warning</b><html>", None),
        ('<html dir="ltr"><body><pre>&lt;html lang="en"&gt;</pre>', None),
    ],
)
def test_text_before_it_costs_no_language(before: str, lang: str | None) -> None:
    assert read_page("https://example.com/a", (before + REST).encode()).lang == lang
