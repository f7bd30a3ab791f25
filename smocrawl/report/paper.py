"""The report on paper: an installed Chromium prints it to PDF.  Nothing is downloaded, and the page asks for nothing."""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

PAPERS = {"a4": "A4", "letter": "letter"}
"""By the names that users give them: the CSS name of the page size."""

NAMES = ("chromium", "chromium-browser", "google-chrome")
"""Of the program on PATH: Debian and Alpine, Ubuntu and Fedora, Google's own package."""

PATIENCE = 300
"""Seconds after which printing is given up; 30 pages take two."""

QUIET = (
    "--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-background-networking",
    "--disable-sync", "--no-pdf-header-footer", "--generate-pdf-document-outline",
)  # fmt: skip


class PaperError(Exception):
    """The report cannot be printed; the text is the line for the user."""


def chromium(named: str = "", *, wanted_by: str = "--pdf") -> str:
    """Path of the installed Chromium: the one that is *named*, or the first on PATH."""
    found = shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        missing = f"SMO_CHROMIUM={named!r} is no program" if named else f"{wanted_by} needs an installed Chromium"
        raise PaperError(f"{missing}: install one (Debian: apt install chromium), or name it with SMO_CHROMIUM.")
    return found


def print_pdf(page: Path, target: Path, *, program: str, paper: str = "a4") -> Path:
    """Print the report *page* to *target*, whole or not at all."""
    with tempfile.TemporaryDirectory(prefix="smocrawl-", ignore_cleanup_errors=True) as folder:
        sheet, printed = Path(folder) / "index.html", Path(folder) / "report.pdf"
        sheet.write_text(on_paper(page.read_text(encoding="utf-8"), paper), encoding="utf-8")
        said = _run(
            [
                program,
                *QUIET,
                *_sandbox(),
                f"--user-data-dir={folder}/profile",
                f"--print-to-pdf={printed}",
                sheet.as_uri(),
            ]
        )
        if not printed.is_file():
            last = said.strip().splitlines()[-1:] or ["it said nothing"]
            raise PaperError(f"{program} printed nothing: {last[0][:200]}")
        unfinished = target.with_name(f".{target.name}.{os.getpid()}")
        shutil.copyfile(printed, unfinished)
        unfinished.replace(target)
    return target


def on_paper(html: str, paper: str) -> str:
    """The page with the size of its paper, in a style that its own policy admits."""
    style = f"@page{{size:{PAPERS[paper]}}}"
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    html = html.replace("style-src ", f"style-src 'sha256-{digest}' ", 1)
    return html.replace("</head>", f"<style>{style}</style></head>", 1)


def _sandbox() -> tuple[str, ...]:
    """Chromium runs no sandbox for root; the page is our own and holds no foreign script."""
    return ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()


def _run(command: list[str]) -> str:
    try:
        ran = subprocess.run(  # noqa: S603 - the program that the user named, with our own words
            command, capture_output=True, timeout=PATIENCE, check=False, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired as error:
        raise PaperError(f"{command[0]} did not finish printing within {PATIENCE} s.") from error
    except OSError as error:
        raise PaperError(f"{command[0]} does not start: {error}") from error
    return ran.stderr.decode("utf-8", "replace")
