"""Runs the command as a user does, in a process of its own, and reads what it left behind."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

LONGEST = 600.0
"""Seconds after which a command is taken to hang, also on a machine that has much else to do."""

SCRAPY = str(Path(sys.executable).with_name("scrapy"))


@dataclass
class Ran:
    code: int
    out: str
    err: str
    reports: Path

    @property
    def said(self) -> str:
        return self.out + self.err

    def rows(self, sql: str, *values: object) -> list[tuple]:
        (store,) = self.reports.glob("*/crawls.sqlite")
        connection = sqlite3.connect(store)
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.close()

    def crawled(self) -> dict[str, tuple[int | None, str | None]]:
        return {url: (status, error) for url, status, error in self.rows("SELECT url, status, error FROM crawled")}


def run(folder: Path, *words: str, environment: dict[str, str] | None = None, timeout: float = LONGEST) -> Ran:
    """``scrapy WORDS…`` with its reports in *folder*; no proxy, no colours, pages read in the process itself."""
    clean = {
        name: value for name, value in os.environ.items() if "proxy" not in name.lower() and not name.startswith("SMO_")
    }
    done = subprocess.run(
        [SCRAPY, *words],
        cwd=folder,
        env={**clean, "SMO_REPORTS": str(folder / "reports"), "SMO_WORKERS": "0", **(environment or {})},
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return Ran(done.returncode, done.stdout, done.stderr, folder / "reports")
