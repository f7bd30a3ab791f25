"""Compiled templates are kept, and trusted only as far as Python trusts its own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from smocrawl.report.language import load
from smocrawl.report.render import environment

NAME = "sections/method.html"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path


def files(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("templates/*") if file.is_file()]


def test_a_template_is_compiled_once(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment(load("en")).get_template(NAME)
    (file,) = files(kept)
    second = environment(load("de"))
    monkeypatch.setattr(second, "compile", None)  # it is not called
    assert second.get_template(NAME).name == NAME
    assert files(kept) == [file]


def test_what_is_damaged_is_compiled_anew(kept: Path) -> None:
    environment(load("en")).get_template(NAME)
    (file,) = files(kept)
    whole = file.read_bytes()
    for damaged in (b"", b"junk", whole[:60]):
        file.write_bytes(damaged)
        assert environment(load("en")).get_template(NAME).name == NAME
        assert file.read_bytes() == whole


def test_nothing_is_kept_where_nothing_can_be(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    environment(load("en")).get_template(NAME)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", "/dev/null/nowhere")
    environment(load("en")).get_template(NAME)
    assert not files(kept)
