"""Runs the example projects as their owners would: by Scrapy's own command, in a folder of their own."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

from attrs import frozen

PROJECTS = Path(__file__).parent / "projects"
ADDED = '\nADDONS = {"smocrawl.addon.SmoAddon": 500}\n'


@frozen(kw_only=True)
class Run:
    """What a crawl of a project left behind."""

    folder: Path
    items: list[dict[str, Any]]
    stats: dict[str, Any]
    log: str

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Of the one store that was written."""
        (store,) = self.folder.glob("*/*/crawls.sqlite")
        connection = sqlite3.connect(store)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()


def environment(**more: str) -> dict[str, str]:
    """Without SMO_… of whoever runs the tests, and with the modules beside this one.

    SCRAPY_SETTINGS_MODULE goes as well: Scrapy sets it where a command ran in the tests' own process, inside our project.
    """
    own = {name: value for name, value in os.environ.items() if not name.startswith(("SMO_", "SCRAPY_"))}
    path = os.pathsep.join(filter(None, (str(Path(__file__).parent), own.get("PYTHONPATH", ""))))
    return {**own, "PYTHONPATH": path, **more}


def crawl(
    folder: Path,
    project: str,
    spider: str,
    site: str,
    *options: str,
    addon: bool = True,
    env: dict[str, str] | None = None,
) -> Run:
    """``scrapy crawl`` in a copy of *project*; with *addon* its settings name ours, by the one line of the docs."""
    place = folder / project
    if not place.exists():
        shutil.copytree(PROJECTS / project, place, ignore=shutil.ignore_patterns("__pycache__"))
    settings = place / project / "settings.py"
    plain = (PROJECTS / project / project / "settings.py").read_text(encoding="utf-8")
    settings.write_text(plain + ADDED if addon else plain, encoding="utf-8")
    for left in ("items.json", "stats.json"):
        (place / left).unlink(missing_ok=True)
    words = (
        "-s",
        "STATS_CLASS=stats_kept.KeptStats",
        "-s",
        "LOG_LEVEL=INFO",
        "-s",
        "TELNETCONSOLE_ENABLED=0",
        *options,
    )
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", spider, "-a", f"site={site}", "-O", "items.json", *words],
        cwd=place, env=environment(**(env or {})), capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return Run(
        folder=place,
        items=sorted(json.loads((place / "items.json").read_text(encoding="utf-8") or "[]"), key=repr),
        stats=json.loads((place / "stats.json").read_text(encoding="utf-8")),
        log=done.stderr,
    )


def script(folder: Path, text: str, *, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """A program of somebody who uses Scrapy without a project."""
    file = folder / "program.py"
    file.write_text(text, encoding="utf-8")
    return subprocess.run(
        [sys.executable, str(file)], cwd=folder, env=environment(**(env or {})), capture_output=True, text=True,
        timeout=300, check=False,
    )  # fmt: skip
