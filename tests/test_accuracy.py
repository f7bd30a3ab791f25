"""The suites are read as their projects keep them: of each, one answer that is right and one that is not."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.accuracy import Verdict, is_day_among
from benchmarks.accuracy.__main__ import SUITES

ROOT = Path(__file__).parents[1]

PAGE = """<html lang="en"><head><title>The mill</title><meta name="author" content="Ann Miller, Bob Baker">
<meta property="article:published_time" content="2024-05-06T23:30:00Z"></head><body><h1>The mill</h1></body></html>"""

SNAPSHOT = "# Snapshot\n\n> Snapshot 1\n\n    {\n      title: 'The mill',\n      author: \"Someone's friend\",\n    }\n"

PROGRAM = "const url =\n  'https://www.mill.example/weir'\n"

MISSING = "<!--\nDescription: no title\nExpect: MissingElement{parent:channel,element:title}\n-->"

RSS = "<rss version='2.0'>%s<channel><title>T</title><link>https://mill.example/</link></channel></rss>"

FILES: dict[str, dict[str, str | bytes]] = {
    "metascraper": {
        "packages/metascraper/test/integration/mill/index.js": PROGRAM,
        "packages/metascraper/test/integration/mill/mill.html": PAGE,
        "packages/metascraper/test/integration/mill/snapshots/index.js.md": SNAPSHOT,
    },
    "readability": {
        "test/test-pages/mill/source.html": PAGE,
        "test/test-pages/mill/expected-metadata.json": json.dumps({"title": "THE MILL", "lang": "fr", "dir": None}),
    },
    "goose3": {
        "tests/data/extractors/mill.html": PAGE,
        "tests/data/extractors/mill.json": json.dumps({"expected": {"title": "The mill", "meta_lang": "de"}}),
    },
    "newspaper4k": {
        "tests/data/html/mill.html": PAGE,
        "tests/data/metadata/mill.json": json.dumps({"authors": ["Bob Baker", "Carl"]}),
    },
    "htmldate": {
        "tests/eval_mediacloud_2020.json": json.dumps({
            "https://mill.example/a": {"file": "a.html", "date": "2024-05-06"},
            "https://mill.example/b": {"file": "b.html", "date": "2021-01-01"},
        }),
        "tests/eval_default.json": "{}",
        "tests/test_set/a.html": PAGE,
        "tests/cache/b.html": PAGE,
    },
    "feedvalidator": {"testcases/rss/no-title.xml": f"<?xml version='1.0'?>{MISSING}{RSS % ''}"},
    "microformats": {
        "tests/v2/one.html": '<p class="h-card"><b class="p-name">Ann</b></p>', "tests/v2/one.json": "{}",
        "tests/v2/two.html": '<p class="h-event"><b class="dt-start"><i class="value-title" title="2026-03-14"> </i></b>',
        "tests/v2/two.json": "{}",
    },
    "mojibake": {
        "a.html": "<title>Mühle</title>".encode("windows-1252"),
        "b.html": b'<meta charset="utf-8"><title>Stra\xdfe \xc3\xbc</title>',
    },
    "apache-manual": {
        "de/mod/a.html": '<?xml version="1.0" encoding="ISO-8859-1"?><title>Mühle</title>'.encode("iso-8859-1"),
        "de/mod/b.html": "<title>Titel\n&amp; mehr</title><body>",
    },
}  # fmt: skip

WRONG = {
    "metascraper": ["author"],
    "readability": ["lang"],
    "goose3": ["meta_lang"],
    "newspaper4k": ["authors"],
    "htmldate": ["date"],
    "feedvalidator": ["element"],
    "microformats": ["v2"],
    "mojibake": ["no mojibake"],
    "apache-manual": [],
}


def lay(folder: Path, files: dict[str, str | bytes]) -> None:
    for name, told in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(told.encode() if isinstance(told, str) else told)


@pytest.mark.parametrize("name", SUITES)
def test_each_suite_is_read(name: str, tmp_path: Path) -> None:
    lay(tmp_path, FILES[name])
    verdicts: list[Verdict] = list(SUITES[name](tmp_path))
    assert [one.field for one in verdicts if not one.right] == WRONG[name]
    assert any(one.right for one in verdicts)


@pytest.mark.parametrize(
    ("wanted", "found", "same"),
    [
        ("2024-05-06", "2024-05-06T23:30:00Z", True),
        ("2024-05-07T01:30:00.000+02:00", "2024-05-06T23:30:00Z", True),
        ("6 May 2024", "2024-05-06", True),
        ("2024-05-06", "2024-05-08", False),
        ("2024-05-06", "once upon a time", False),
    ],
)
def test_days(wanted: str, found: str, *, same: bool) -> None:
    assert is_day_among(wanted, [found]) is same


def test_the_command_names_what_is_wrong(tmp_path: Path) -> None:
    lay(tmp_path, FILES["readability"])
    words = [sys.executable, "-m", "benchmarks.accuracy", "readability", str(tmp_path)]
    done = subprocess.run([*words, "--misses"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [
        "title                        1 of     1   100.0%",
        "lang                         0 of     1     0.0%",
        "all                          1 of     2    50.0%",
        "mill  lang: 'fr'",
        "    'en'",
    ]
    done = subprocess.run([*words[:-1], str(tmp_path / "none")], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.endswith("none holds nothing of readability\n")


def test_some_cases_alone_can_be_measured(tmp_path: Path) -> None:
    lay(tmp_path, FILES["readability"])
    lay(
        tmp_path,
        {f"test/test-pages/weir/{name.rpartition('/')[2]}": told for name, told in FILES["readability"].items()},
    )
    words = [sys.executable, "-m", "benchmarks.accuracy", "readability", str(tmp_path), "--only"]
    names = tmp_path / "names.txt"

    def measured(listed: str) -> subprocess.CompletedProcess[str]:
        names.write_text(listed)
        return subprocess.run([*words, str(names)], cwd=ROOT, capture_output=True, text=True, check=False)

    assert measured("# the second\n\nweir\n").stdout.splitlines()[-1].split() == ["all", "1", "of", "2", "50.0%"]
    done = measured("weir\nmill\nlock # not there\n")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith(f"--only {names}: readability asserts nothing of lock\n")
    done = subprocess.run([*words, str(tmp_path / "none")], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "none cannot be read" in done.stderr


def test_the_listed_pages_are_names_of_folders() -> None:
    listed = (ROOT / "benchmarks" / "accuracy" / "metascraper-23.txt").read_text().splitlines()
    names = [line for line in listed if not line.startswith("#")]
    assert len(names) == len(set(names)) == 23
    assert all(name.replace("-", "").isalnum() for name in names)
