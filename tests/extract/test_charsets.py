"""Charsets as platforms believe them."""

import pytest

from smocrawl.extract.charsets import believed, guess

RUSSIAN = "Московский дом чайников открывает новую мастерскую на берегу реки, где лепят и обжигают посуду. " * 3
JAPANESE = "急須と湯呑みの小さな工房です。川のほとりで、ゆっくりと器を作っています。" * 3


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "cp1251"),
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
        (RUSSIAN, "utf-8"),
        (JAPANESE, "utf-8"),
    ],
)
def test_guess_of_a_text(text, charset):
    assert guess(f"<p>{text}</p>".encode(charset)) == charset


def test_a_few_accents_make_nobody_sure():
    assert guess("<title>Tofu à l'orange</title>".encode("latin-1")) is None


def test_tags_do_not_count():
    assert guess(f"<p title='{RUSSIAN}'>plain</p>".encode("koi8-r")) is None


def test_order():
    body = b'<meta charset="windows-1251">'
    kind = "text/html; charset=iso-8859-2"
    assert believed(body, kind, ("header", "meta-any")) == "iso8859-2"
    assert believed(body, kind, ("meta-early", "header")) == "cp1251"
    assert believed(body, "text/html", ("header", "meta-any")) == "cp1251"
    assert believed(body, "text/html; charset=nonsense", ("header",)) is None


def test_a_charset_that_must_fit():
    body = '<meta charset="utf-8">ó'.encode("latin-1")
    order = ("meta-early", "utf-8", "cp1252")
    assert believed(body, "", order) == "utf-8"
    assert believed(body, "", order, must_fit=True) == "cp1252"


def test_malformed_meta():
    assert believed(b"< meta charset = 'koi8-r' >", "", ("meta-any",)) == "koi8-r"
    assert believed(b'<?xml version="1.0" encoding="koi8-r"?>', "", ("xml",)) == "koi8-r"
    assert (
        believed(b"<meta http-equiv=Content-Type content='text/html; charset=koi8-r'>", "", ("http-equiv",)) == "koi8-r"
    )
