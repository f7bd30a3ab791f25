"""Whether pages are to be rendered, and whether this machine can: said before the crawl starts."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from typing import Any

from attrs import frozen

from smocrawl.network.errors import one_line
from smocrawl.report.paper import PaperError, chromium
from smocrawl.spiders.options import ArgumentError

START_SECONDS = 60

MOST_A_TEMPLATE = 50


@frozen(kw_only=True)
class Wish:
    """Rendering as the settings want it."""

    pages: int
    """Pages of each template; 0 = none at all."""
    chromium: str = ""
    """Path of the program."""
    sandbox: bool = True


def read_wish(settings: Mapping[str, Any]) -> Wish:
    """SMO_RENDER, SMO_CHROMIUM and SMO_CHROMIUM_SANDBOX; :class:`ArgumentError` where they cannot be met."""
    pages = _pages(str(settings.get("SMO_RENDER") or "0"))
    if not pages:
        return Wish(pages=0)
    if importlib.util.find_spec("playwright") is None:
        raise ArgumentError("SMO_RENDER needs the package playwright: pip install 'smocrawl[render]'")
    try:
        path = chromium(str(settings.get("SMO_CHROMIUM") or ""), wanted_by="SMO_RENDER")
    except PaperError as problem:
        raise ArgumentError(str(problem)) from None
    sandbox = str(settings.get("SMO_CHROMIUM_SANDBOX", "1")).lower() not in ("0", "false", "no")
    if sandbox and os.geteuid() == 0:
        raise ArgumentError(AS_ROOT)
    return Wish(pages=pages, chromium=path, sandbox=sandbox)


AS_ROOT = (
    "SMO_RENDER: Chromium runs no sandbox for root. Crawl as another user; only where a container holds"
    " the whole crawl, SMO_CHROMIUM_SANDBOX=0 does without."
)


def _pages(text: str) -> int:
    if not re.fullmatch(r"\d{1,9}", text) or int(text) > MOST_A_TEMPLATE:
        raise ArgumentError(f"SMO_RENDER={text[:80]!r}: a number of pages of each template, 0 to {MOST_A_TEMPLATE}.")
    return int(text)


def try_out(wish: Wish) -> None:
    """Start Playwright, and Chromium for an empty page; :class:`ArgumentError` with its own words where one does not."""
    if not wish.pages:
        return
    # Its driver is a program of its own, which wants libraries that a small system may lack.
    _run("Playwright", [sys.executable, "-m", "playwright", "--version"], dict(os.environ))
    command = [wish.chromium, "--headless", "--disable-gpu", *([] if wish.sandbox else ["--no-sandbox"])]
    with tempfile.TemporaryDirectory(prefix="smocrawl-", ignore_cleanup_errors=True) as home:
        words = [*command, f"--user-data-dir={home}", "--dump-dom", "about:blank"]
        shown = _run(wish.chromium, words, {"HOME": home, "PATH": os.defpath})
    if b"<html" not in shown:
        raise ArgumentError(f"SMO_RENDER: {wish.chromium} does not start: it shows no page")


def _run(name: str, command: list[str], environment: dict[str, str]) -> bytes:
    """What the program says; :class:`ArgumentError` with its last words where it fails."""
    try:
        ran = subprocess.run(  # noqa: S603 - the program that the user named, with our own words
            command, env=environment, capture_output=True, timeout=START_SECONDS, check=False, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ArgumentError(f"SMO_RENDER: {name} does not start: {one_line(str(error))}") from error
    if ran.returncode:
        last = ran.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or [f"it ended with {ran.returncode}"]
        raise ArgumentError(f"SMO_RENDER: {name} does not start: {one_line(last[0])}")
    return ran.stdout
