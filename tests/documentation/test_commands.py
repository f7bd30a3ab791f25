"""Every command of ours that the documentation shows is run as it stands there, on example.com behind a proxy on loopback."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from example_site import ExampleSite, article

from smocrawl.report.paper import PaperError, chromium

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
OURS = re.compile(r"^(?: {4})?((?:smocrawl|scrapy (?:smo-|crawl smo)).*)$")
DOCUMENTS = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/*.md")])
MAY_MISS = ("gate",)
"""Commands whose exit code 1 is an answer, not a fault."""
NEEDS_BROWSER = ("--pdf", "SMO_RENDER")


def commands(document: Path) -> Iterator[str]:
    """Lines of code blocks that begin with one of our commands; what stands behind a pipe is not ours."""
    fenced = False
    for line in document.read_text(encoding="utf-8").splitlines():
        if line.startswith("```"):
            fenced = not fenced
        elif (fenced or line.startswith("    ")) and (found := OURS.match(line)):
            yield found[1].partition(" | ")[0].strip()


def shown() -> dict[Path, list[str]]:
    """Each command at the first of its places."""
    found: dict[Path, list[str]] = {}
    known: set[str] = set()
    for document in DOCUMENTS:
        found[document] = [line for line in commands(document) if line not in known]
        known.update(found[document])
    return found


SHOWN = shown()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ExampleSite]:
    with ExampleSite(tmp_path_factory.mktemp("tls")) as site:
        yield site


def run(words: list[str], folder: Path, site: ExampleSite) -> subprocess.CompletedProcess[str]:
    clean = {
        name: value for name, value in os.environ.items() if "proxy" not in name.lower() and not name.startswith("SMO_")
    }
    ours = {
        "PATH": f"{BIN}:{os.environ['PATH']}",
        "SMO_WORKERS": "0",
        "SMO_CHROMIUM_SANDBOX": str(int(os.geteuid() != 0)),
    }
    return subprocess.run(
        [BIN / words[0], *words[1:]], cwd=folder, env={**clean, **site.environment, **ours}, capture_output=True,
        text=True, timeout=300, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip


@pytest.fixture(scope="module")
def crawled(site: ExampleSite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three crawls of example.com with a change between the first two, on the days that the documentation names, and today."""
    folder = tmp_path_factory.mktemp("crawled")
    described = "How rye bread is baked in a small oven, step by step."
    for description in (None, described, described):
        site.put("/rye", article("/rye", "Rye bread", description=description))
        done = run(["smocrawl", "crawl", "example.com"], folder, site)
        assert done.returncode == 0, done.stdout + done.stderr
    with sqlite3.connect(folder / "reports/example.com/crawls.sqlite") as store:
        for number, day in ((1, "2026-10-01"), (2, "2026-11-01")):
            store.execute("UPDATE run SET started = ? || substr(started, 11) WHERE id = ?", (day, number))
    store.close()
    for other in ("rival.example", "other.example"):
        shutil.copytree(folder / "reports/example.com", folder / "reports" / other)
    listed = (ROOT / "docs/scheduling.md").read_text(encoding="utf-8").partition("```toml\n")[2].partition("```")[0]
    (folder / "clients.toml").write_text(listed, encoding="utf-8")
    public = folder / "public"
    public.mkdir()
    (public / "index.html").write_text(article("/", "The bread oven"), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def browser() -> bool:
    try:
        return bool(chromium())
    except PaperError:
        return False


@pytest.mark.parametrize("document", [one for one, found in SHOWN.items() if found], ids=lambda one: one.stem)
def test_commands_of_the_documentation_work(
    document: Path, site: ExampleSite, crawled: Path, browser: bool, tmp_path: Path
) -> None:
    shutil.copytree(crawled, tmp_path, dirs_exist_ok=True)
    left_out = []
    for line in SHOWN[document]:
        if not browser and any(word in line for word in NEEDS_BROWSER):
            left_out.append(line)
            continue
        words = shlex.split(line, comments=True)
        done = run(words, tmp_path, site)
        accepted = {0, 1} if words[1] in MAY_MISS else {0}
        assert done.returncode in accepted, f"{line}\n{done.stdout}{done.stderr}"
        assert "Traceback" not in done.stdout + done.stderr, line
        assert done.stdout.strip(), f"{line} says nothing"
    if left_out:
        pytest.skip(f"no Chromium for {left_out}")


def test_the_documentation_shows_every_command() -> None:
    said = "\n".join(line for lines in SHOWN.values() for line in lines)
    for name in ("crawl", "check", "report", "diff", "gate", "explain", "demo"):
        assert re.search(rf"(smocrawl {name}|scrapy smo-{name})\b", said), f"no page shows {name}"
