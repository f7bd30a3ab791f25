"""Findings that a client accepts, and numbers of his own: told everywhere, counted nowhere."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from running import Ran, run
from serving import Site, page

FILE = """
[[suppress]]
check = "og-image"
url = "/a$"
why = "no pictures in the archive, agreed in March"

[[suppress]]
check = "favicon-present"
why = "comes in spring"

[thresholds]
title_width = [1, 500, 1, 600]
"""


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    folder = tmp_path_factory.mktemp("accepted")
    (folder / "client.toml").write_text(FILE.replace("[limits.trust-pages]\nwarn = 3\n", ""), encoding="utf-8")
    with Site({"/": page("H", "/a", "/b"), "/a": page("A", "/"), "/b": page("B", "/")}) as site:
        return run(folder, "smo-crawl", site.host, "-a", "audience=client.toml")


def test_they_stand_in_the_store_with_their_reason(ran: Ran) -> None:
    assert ran.code == 0, ran.said
    rows = ran.rows("SELECT check_id, url, accepted FROM findings WHERE outcome = 'suppressed' ORDER BY check_id")
    assert [(check, (url or "")[-2:], why) for check, url, why in rows] == [
        ("favicon-present", "", "comes in spring"),
        ("og-image", "/a", "no pictures in the archive, agreed in March"),
    ]


def test_they_cost_no_points_and_no_fix(ran: Ran) -> None:
    scores = dict(ran.rows("SELECT url, score FROM pages WHERE status = 200"))
    archive, other = (next(score for url, score in scores.items() if url.endswith(end)) for end in ("/a", "/b"))
    assert archive > other
    assert not ran.rows("SELECT 1 FROM fix WHERE check_id = 'favicon-present'")


def test_report_and_tables_tell_them(ran: Ran) -> None:
    (report,) = ran.reports.glob("*/*/index.html")
    assert "no pictures in the archive, agreed in March" in report.read_text(encoding="utf-8")
    assert "comes in spring" in json.dumps(json.loads((report.parent / "report.json").read_bytes()))
    rows = list(csv.DictReader((report.parent / "findings.csv").read_text(encoding="utf-8-sig").splitlines()))
    told = [(row["check"], row["accepted_because"]) for row in rows if row["outcome"] == "suppressed"]
    assert ("og-image", "no pictures in the archive, agreed in March") in told


def test_his_own_numbers_decide(ran: Ran) -> None:
    assert not ran.rows("SELECT 1 FROM finding WHERE check_id = 'title-length'")


def test_a_check_that_there_is_none_of_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "client.toml").write_text("label = 'x'\n[[suppress]]\ncheck = 'og-imgae'\n", encoding="utf-8")
    ran = run(tmp_path, "smo-crawl", "example.com", "-a", "audience=client.toml")
    assert ran.code == 2
    assert "client.toml:3: og-imgae is no check; near it are og-image" in ran.said
