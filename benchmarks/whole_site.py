"""What the analysis of a whole site costs: ``python -m benchmarks.whole_site PAGES [LINKS A PAGE]``.

A store is generated (pages with facts, links, findings, pictures, a sitemap), as a crawl of that size leaves it, and analysed
in a process of its own, whose processor time and peak of memory are printed.  Half of the links are the template's, the
others lead to pages nearby, as they do on real sites.

Three steps are told apart: the measures of the link graph; the laying out of what each page says to the checks of the site,
which in a crawl the workers do while they judge, with the facts of the page at hand, and which here one process does alone;
and all that follows, up to the scores and the list of fixes.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from attrs import evolve

from smocrawl import audience, site
from smocrawl.checks.base import Context
from smocrawl.extract import read_page
from smocrawl.page import Area, Link, Page
from smocrawl.review import Review, judge
from smocrawl.store import runs
from smocrawl.store.database import Database
from smocrawl.store.records import page_record
from smocrawl.store.reviews import Verdicts, finding_rows, review_row, save_verdicts

ORIGIN = "https://www.larkfold.example"
SECONDS, MEGABYTES = 60, 1_024
"""The goal for 100,000 pages with 5 million links, on two cores."""
NOW = datetime(2026, 11, 21, tzinfo=UTC)
BATCH = 2_000
KINDS = 12
"""Different pages that all others are made of."""
TEMPLATE_LINKS = 25


def main(pages: int, links: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "crawls.sqlite"
        began = time.monotonic()
        run = generate(path, pages, links)
        size = path.stat().st_size / 1e6
        print(
            f"{pages:,} pages with {pages * links:,} links generated in {time.monotonic() - began:.0f} s, {size:,.0f} MB"
        )
        command = (sys.executable, "-m", "benchmarks.whole_site", "--analyse", str(path), str(run))
        found = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    for name, seconds in found["seconds"].items():
        print(f"{name:12} {seconds:7.1f} s of processor time  {1e3 * seconds / pages:6.2f} ms a page")
    print(f"{'wall':12} {found['wall']:7.1f} s (goal for 100,000 pages: {SECONDS})")
    print(f"{'peak':12} {found['memory']:7.0f} MB (goal: {MEGABYTES:,})")
    print(f"{found['outcomes']} checks of the site answered, {found['fixes']} fixes, score {found['score']:.1f}")


# -- the store ----------------------------------------------------------------------------------------


def generate(path: Path, pages: int, links: int) -> int:
    database = Database(path)
    run = runs.begin(database, home=f"{ORIGIN}/", options={}, version="0", ruleset="r", algorithm=1, audience="general")
    kinds = [(page, judge(page, Context(now=NOW))) for page in map(_kind_of_page, range(KINDS))]
    numbers = random.Random(7)
    for start in range(0, pages, BATCH):
        batch = range(start, min(start + BATCH, pages))
        made = [(number, *kinds[number % KINDS], list(_targets(number, pages, links, numbers))) for number in batch]
        _save(database, run, made)
    with database.transaction() as connection:
        # What the pages' canonicals and pictures brought in is there already: ids are the numbers of the pages.
        connection.execute("INSERT INTO url (id, url) VALUES (?, ?)", (pages + 1, f"{ORIGIN}/sitemap.xml"))
        connection.execute(
            "INSERT INTO listed (run, url, source, kind, date) SELECT run, url, ?, 'sitemap', '2026-11-01' FROM page",
            (pages + 1,),
        )
        connection.execute("INSERT INTO url (id, url) VALUES (?, ?)", (pages + 2, f"{ORIGIN}/robots.txt"))
        connection.execute(
            "INSERT INTO fetch (run, url, kind, status, at) VALUES (?, ?, 'robots', 200, '')", (run, pages + 2)
        )
    database.close()
    return run


def _kind_of_page(number: int) -> Page:
    """A page of a usual head: share tags, structured data, accounts in the footer."""
    article = {
        "@context": "https://schema.org", "@type": "Article", "headline": f"A headline of the kind {number}",
        "datePublished": "2026-10-02", "author": {"@type": "Person", "name": f"Author {number % 5}"},
    }  # fmt: skip
    words = " ".join(f"word{(number * 37 + at) % 400}" for at in range(300))
    footer = "".join(
        f'<a href="https://{host}/larkfold">{host}</a>' for host in ("www.facebook.com", "x.com", "github.com")
    )
    html = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page of the kind {number} | Larkfold</title>
    <meta property="og:type" content="article"><meta property="og:title" content="Page of the kind {number}">
    <meta property="og:description" content="What the kind {number} of pages is about, in one sentence for all of them.">
    <meta property="og:image" content="{ORIGIN}/pictures/{number}.jpg"><meta name="twitter:card" content="summary">
    <meta property="article:published_time" content="2026-10-02T08:00:00Z">
    <link rel="alternate" type="application/rss+xml" href="/feed.xml"><link rel="icon" href="/favicon.ico">
    <script type="application/ld+json">{json.dumps(article)}</script></head>
    <body><header>Larkfold</header><main><article><h1>Page of the kind {number}</h1><p>{words}</p></article></main>
    <footer>{footer}</footer></body></html>"""
    headers = {"content-type": "text/html; charset=utf-8"}
    return read_page(f"{ORIGIN}/kind/{number}", html.encode(), headers=headers)


def _targets(number: int, pages: int, links: int, numbers: random.Random) -> Iterator[int]:
    yield from range(min(TEMPLATE_LINKS, links, pages))
    for _ in range(links - TEMPLATE_LINKS):
        yield (number + numbers.randrange(1, 2_000)) % pages


def _address(number: int) -> str:
    return f"{ORIGIN}/" if number == 0 else f"{ORIGIN}/journal/{number // 500}/page-{number}"


def _save(database: Database, run: int, made: list[tuple[int, Page, Review, list[int]]]) -> None:
    reviews, findings = [], []
    with database.transaction() as connection:
        for number, kind, review, targets in made:
            page = evolve(
                kind,
                url=_address(number),
                title=f"{kind.title} {number}",
                links=tuple(
                    Link(url=_address(target), text="a page", in_main=True, area=Area.MAIN) for target in targets
                ),
                text=evolve(kind.text, simhash=random.Random(number).getrandbits(64)),
                dates=tuple(evolve(one, moment=NOW - timedelta(days=number % 900)) for one in kind.dates),
            )
            record = page_record(page, {}, shareable=True)
            columns = {"run": run, "url": number + 1, **record.columns, "depth": 1, "facts": record.facts}
            connection.execute("INSERT INTO url (id, url) VALUES (?, ?)", (number + 1, page.url))
            connection.execute(
                f"INSERT INTO page ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",
                tuple(columns.values()),
            )
            connection.execute(
                "INSERT INTO fetch (run, url, kind, status, type, size, latency, at)"
                " VALUES (?, ?, 'page', 200, 'text/html', 9000, 0.1, '')",
                (run, number + 1),
            )
            connection.executemany(
                "INSERT OR IGNORE INTO link (run, src, dst, areas, in_main, nofollow) VALUES (?, ?, ?, ?, ?, 0)",
                [
                    (run, number + 1, to + 1, 4 if at >= TEMPLATE_LINKS else 2, at >= TEMPLATE_LINKS)
                    for at, to in enumerate(targets)
                ],
            )
            connection.executemany(
                "INSERT INTO social (run, page, sort, platform, handle, url, area, in_main, rel_me, status)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [(run, number + 1, *row) for row in record.social],
            )
            reviews.append(review_row(run, number + 1, review))
            findings.extend(finding_rows(run, number + 1, review))
    save_verdicts(database, Verdicts(reviews=tuple(reviews), findings=tuple(findings)))


# -- the analysis -------------------------------------------------------------------------------------


def analyse(path: Path, run: int) -> None:
    """Runs in a process of its own, so that its memory is its own as well."""
    database = Database(path)
    began, seconds = time.monotonic(), {}
    steps = (
        ("graph", lambda: site.measure(database, run)),
        ("laying out", lambda: site.lay_out(database, run)),
        ("checks", lambda: site.analyse(database, run, audience.load(), NOW, begun=True)),
    )
    for name, step in steps:
        before = time.process_time()
        step()
        seconds[name] = time.process_time() - before
    print(json.dumps({
        "seconds": seconds,
        "wall": time.monotonic() - began,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "outcomes": database.scalar("SELECT count(*) FROM site_outcome WHERE run = ?", run),
        "fixes": database.scalar("SELECT count(*) FROM fix WHERE run = ?", run),
        "score": database.scalar("SELECT value FROM site_score WHERE run = ? AND scope = 'site'", run) or 0,
    }))  # fmt: skip


if __name__ == "__main__":
    if sys.argv[1:2] == ["--analyse"]:
        analyse(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main(int(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else 50)
