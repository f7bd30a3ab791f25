"""Plugins with every fault that a plugin can have: each costs itself, none the crawl, the command or the report."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from running import Ran, run
from serving import Site, page

FAULTY = '''
from smocrawl.checks.base import Severity, Tactic, check, fail
from smocrawl.checks.whole_site import read_site_check

ABOUT = {"tactic": Tactic.T3, "severity": Severity.LOW, "source": "https://odd.example/", "grade": "D"}


class Strange:
    def __str__(self):
        return "a strange thing"


@check("odd/no-json", title="Evidence that JSON lacks", says="Found {thing}.", **ABOUT)
def no_json(page, context):
    """Why: Because.

    Fix: So.
    """
    yield fail(thing=Strange(), things={1, 2})


@check("odd/no-words", title="A sentence without its evidence", says="Found {lost} and {0}.", **ABOUT)
def no_words(page, context):
    """Why: Because.

    Fix: So.
    """
    yield fail(found=1)


@check("odd/raises", title="Raises", says="Found.", **ABOUT)
def raises(page, context):
    """Why: Because.

    Fix: So.
    """
    raise RuntimeError("odd")


QUERY = read_site_check("""
-- id: odd/query
-- title: No such table
-- tactic: T9
-- severity: low
-- says: Found.
-- source: https://odd.example/
-- grade: D
--
-- Why: Because.
--
-- Fix: So.

SELECT * FROM no_such_table
""".lstrip(), "odd.sql")


def section(crawl):
    raise RuntimeError("odd")
'''

ENTRIES = """
[smocrawl.checks]
absent = odd_plugin.absent
odd = odd_plugin

[smocrawl.report_sections]
odd = odd_plugin:section
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("odd")
    (folder / "odd_plugin.py").write_text(FAULTY, encoding="utf-8")
    info = folder / "odd_plugin-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: odd-plugin\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(ENTRIES, encoding="utf-8")
    return {"PYTHONPATH": os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH", ""))))}


@pytest.fixture(scope="module")
def ran(installed: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Ran:
    with Site({"/": page("Home", "/a"), "/a": page("A", "/")}) as site:
        return run(tmp_path_factory.mktemp("crawl"), "smo-crawl", site.host, environment=installed)


def test_the_crawl_ends_well_and_one_line_names_what_is_left_out(ran: Ran) -> None:
    assert ran.code == 0, ran.said
    assert ran.said.count("The plugin absent (odd_plugin.absent) is left out: it cannot be loaded") == 1
    assert ran.said.count("The report section of the plugin odd is left out: RuntimeError: odd") == 1


def test_what_could_be_judged_is(ran: Ran) -> None:
    counted = dict(ran.rows("SELECT check_id, count(*) FROM findings WHERE check_id LIKE 'odd/%' GROUP BY 1"))
    assert counted == {"odd/no-json": 2, "odd/no-words": 2}
    (evidence,) = {row[0] for row in ran.rows("SELECT evidence FROM findings WHERE check_id = 'odd/no-json'")}
    assert json.loads(evidence)["thing"] == "a strange thing"
    assert ran.rows("SELECT outcome, reason FROM site_outcome WHERE check_id = 'odd/query'") == [
        ("not-measured", "error")
    ]
    (report,) = ran.reports.glob("*/*/index.html")
    assert "og-image" in report.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_one_page_is_judged_too(installed: dict[str, str], tmp_path: Path, form: tuple[str, ...]) -> None:
    (tmp_path / "page.html").write_text(page("A page"), encoding="utf-8")
    done = run(tmp_path, "smo-check", str(tmp_path / "page.html"), *form, environment=installed)
    assert done.code == 0, done.said
    assert "Found a strange thing." in done.said
    assert "A sentence without its evidence" in done.said
    assert "Traceback" not in done.said.partition("could not judge")[0]
