"""What the report of a large site costs, and how soon its reader sees and searches it: ``python -m benchmarks.report N``.

The demo site is crawled once; its judged pages are copied, with their facts, cards, findings and links, until the store
holds N pages.  Rendering runs in a process of its own.  The page is then opened in Chromium from the disk, several times.
"""

from __future__ import annotations

import argparse
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.goals import Goal
from smocrawl.garbage import search_seldom
from smocrawl.report import render
from smocrawl.report.paper import chromium
from smocrawl.store import runs
from smocrawl.store.database import Database

COPIED = (
    ("page", ("url",)), ("fetch", ("url",)), ("review", ("url",)), ("measure", ("url",)), ("finding", ("url",)),
    ("asset_use", ("page",)), ("social", ("page",)), ("link", ("src", "dst")),
)  # fmt: skip
"""Tables with rows of pages, and their columns that name a page; pictures and feeds stay the same few."""

ROUNDS = 5

FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"

SEARCH = """async (text) => {
  // From the start of the navigation to the rows of a search: scripts run, every page indexed, the table drawn.
  const box = document.getElementById("search"), status = document.getElementById("status"), before = status.textContent;
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  if (status.textContent === before) throw new Error("the search changed nothing");
  document.querySelector("#explorer tbody").getBoundingClientRect();
  return performance.now();
}"""


@dataclass(frozen=True)
class Rendered:
    """One rendering: processor seconds, most bytes held, bytes written."""

    cpu: float
    peak: int
    size: int


@dataclass(frozen=True)
class Opened:
    """Milliseconds from the start of the navigation."""

    painted: float
    searched: float


def main() -> None:
    options = arguments()
    if options.render:
        print(*one_rendering(options.render, options.pages))
        return
    with tempfile.TemporaryDirectory(prefix="smocrawl-bench-") as made:
        store = options.store or crawl_demo(Path(made))
        if not options.store:
            print(f"{grow(store, options.pages):,} pages in a store of {store.stat().st_size / 1e6:.0f} MB", flush=True)
        found = measure(store, options.pages)
        page = store.parent / "r" / "index.html"
        print(f"rendered in {found.cpu:.1f} s of processor time, {found.size / 1e6:.1f} MB in all")
        print(f"{page.stat().st_size / 1e6:.1f} MB to open first", flush=True)
        opened = list(open_often(page, options.rounds))
        print("\n".join(map(str, goals(options.pages, found, opened))))


def goals(pages: int, found: Rendered, opened: list[Opened]) -> Iterator[Goal]:
    yield Goal("rendering, CPU-ms a page", found.cpu / pages * 1e3, at_most=3)
    yield Goal("rendering, most memory held, MB", found.peak / 1e6, at_most=300)
    yield Goal("first paint, ms", median(one.painted for one in opened), at_most=1000)
    yield Goal("a search answered, ms from the start", median(one.searched for one in opened), at_most=2000)


def crawl_demo(folder: Path) -> Path:
    """The store of a crawl of the demo site."""
    scrapy = str(Path(sys.executable).with_name("scrapy"))
    command = (scrapy, "smo-demo", "-s", "LOG_LEVEL=ERROR", "-s", "SMO_PROGRESS=0", "-s", f"SMO_REPORTS={folder}")
    subprocess.run(command, capture_output=True, check=True)
    (store,) = folder.glob("*/crawls.sqlite")
    return store


def grow(store: Path, pages: int) -> int:
    """Copy the pages of the latest run, whole copies of the site at a time, to *pages*; how many there are then."""
    connection = sqlite3.connect(store)
    with connection:
        connection.execute("PRAGMA synchronous = OFF")
        (run,) = connection.execute("SELECT max(id) FROM run").fetchone()
        (last,) = connection.execute("SELECT max(id) FROM url").fetchone()
        connection.execute(
            "CREATE TEMP TABLE model AS SELECT url AS id FROM page WHERE run = ? AND status = 200 AND kind != 'home'",
            (run,),
        )
        (each,) = connection.execute("SELECT count(*) FROM model").fetchone()
        missing = (
            pages - connection.execute("SELECT count(*) FROM page WHERE run = ? AND status = 200", (run,)).fetchone()[0]
        )
        for number in range(1, -(-missing // each) + 1):
            if missing - (number - 1) * each < each:
                connection.execute(
                    "DELETE FROM model WHERE id NOT IN (SELECT id FROM model LIMIT ?)", (missing - (number - 1) * each,)
                )
            _copy_site(connection, run, number, number * (last + 1))
        connection.execute("ANALYZE")
    found: int = connection.execute("SELECT count(*) FROM page WHERE run = ? AND status = 200", (run,)).fetchone()[0]
    connection.close()
    return found


def _copy_site(connection: sqlite3.Connection, run: int, number: int, by: int) -> None:
    """One more copy of the model's pages; *by*: how far its ids lie from those of the model."""
    connection.execute(
        "INSERT INTO url (id, url) SELECT id + ?, rtrim(url, '/') || '/' || ? || '/' FROM url WHERE id IN (SELECT id FROM model)",
        (by, number),
    )
    for table, keys in COPIED:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        values = ", ".join(f"{name} + {by}" if name in keys else name for name in columns)
        where = " AND ".join(f"{key} IN (SELECT id FROM model)" for key in keys)
        connection.execute(
            f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} WHERE run = ? AND {where}",
            (run,),
        )


def measure(store: Path, pages: int) -> Rendered:
    """Rendering in a process that does nothing else."""
    command = (sys.executable, "-m", __spec__.name, str(pages), "--render", str(store))
    said = subprocess.run(command, capture_output=True, check=True, text=True).stdout.split()
    return Rendered(float(said[0]), int(said[1]), int(said[2]))


def one_rendering(store: Path, pages: int) -> tuple[float, int, int]:
    search_seldom()  # as the commands do
    database = Database(store)
    run = runs.latest(database)
    assert run is not None
    before = time.process_time()
    folder = render(database, run.id, store.parent / "r").parent
    cpu = time.process_time() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    return cpu, peak, size


def open_often(page: Path, rounds: int) -> Iterator[Opened]:
    """Each time in a new tab, whose caches hold nothing of the page."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - rendering alone does without it

    with sync_playwright() as started:
        browser = started.chromium.launch(
            executable_path=chromium(os.environ.get("SMO_CHROMIUM", "")), args=["--no-sandbox"]
        )
        for _ in range(rounds + 1):
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            tab = context.new_page()
            tab.goto(page.as_uri(), wait_until="load")
            searched = tab.evaluate(SEARCH, "1")
            tab.wait_for_function(FIRST_PAINT)
            opened = Opened(tab.evaluate(FIRST_PAINT), searched)
            context.close()
            if _:
                yield opened
        browser.close()


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.report", description=__doc__)
    parser.add_argument("pages", type=int, metavar="N", help="pages of the site")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="times that the page is opened")
    parser.add_argument("--store", type=Path, help="use this store, and leave its report beside it")
    parser.add_argument("--render", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
