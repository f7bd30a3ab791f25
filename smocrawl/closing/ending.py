"""How a crawl ended: the exit code of the contract and the lines that the user reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import frozen

from smocrawl.page import Page
from smocrawl.registry import all_checks, all_site_checks
from smocrawl.store import runs
from smocrawl.store.database import Database
from smocrawl.store.facts import unpack_if_readable

DONE, MISSED, USAGE, INCOMPLETE, NOTHING, FAULT = range(6)
"""Exit codes: done; a gate was missed; bad usage; finished but incomplete; nothing could be crawled; this machine or we failed."""


@frozen(kw_only=True)
class Ending:
    """What the command prints and returns."""

    code: int
    lines: tuple[str, ...]
    score: float | None = None
    pages: int = 0


def nothing(problems: list[str]) -> Ending:
    return Ending(code=NOTHING, lines=tuple(dict.fromkeys(problems)) or ("Nothing could be crawled.",))


def ended(database: Database, run: int, report: Path, *, interrupted: int | None, missing: list[str]) -> Ending:
    """The five lines after a crawl: score, pages, the worst three problems, where the report is."""
    pages = database.scalar("SELECT count(*) FROM page WHERE run = ? AND status = 200", run)
    other = database.scalar("SELECT count(*) FROM fetch WHERE run = ?", run) - pages
    score = database.rows("SELECT value FROM site_score WHERE run = ? AND scope = 'site'", run)
    links = database.rows("SELECT value FROM site_score WHERE run = ? AND scope = 'crosslink' AND key = 'total'", run)
    lines = [
        f"Score {_number(score)} of 100 for social sharing, cross-links {_number(links)}",
        f"{pages:,} pages read, {other:,} other addresses",
        f"Worst: {'; '.join(worst(database, run)) or 'nothing failed'}",
        f"Report: {(report / 'index.html').absolute()}",
    ]
    lines.insert(3, f"Not seen: {' '.join(missing)}" if missing else "Everything that was found was seen.")
    code = 128 + interrupted if interrupted else INCOMPLETE if missing else DONE
    return Ending(code=code, lines=tuple(lines), score=score[0][0] if score else None, pages=pages)


def _number(rows: list[Any]) -> str:
    return f"{rows[0][0]:.0f}" if rows and rows[0][0] is not None else "–"


def worst(database: Database, run: int, number: int = 3) -> list[str]:
    """Titles of the fixes that are worth most."""
    titles = {**all_checks(), **all_site_checks()}
    rows = database.rows(
        "SELECT check_id, sum(pages) AS pages FROM fix WHERE run = ? GROUP BY check_id ORDER BY min(rank) LIMIT ?",
        run,
        number,
    )
    found = []
    for row in rows:
        title = titles[row["check_id"]].title if row["check_id"] in titles else row["check_id"]
        found.append(f"{title} ({row['pages']:,} pages)" if row["pages"] else title)
    return found


# -- what stood in the way -------------------------------------------------------------------------


NO_CONTENT = (" instead of the page", " is empty.")
"""By which a line says that the home page, though it answered, has nothing of its own."""


def shows_nothing(problems: list[str]) -> bool:
    """Whether the home page showed nothing of its own: a wall, or no content at all."""
    return any(mark in line for line in problems for mark in NO_CONTENT)


def home_problems(database: Database, run: int, agent: str) -> list[str]:
    """One line for a home page that answered, but not as a page; empty where all is well."""
    home = runs.load(database, run).home
    rows = database.rows(
        "SELECT f.status, f.error, f.type, f.size, p.facts FROM fetch f JOIN url u ON u.id = f.url"
        " LEFT JOIN page p ON p.run = f.run AND p.url = f.url WHERE f.run = ? AND u.url = ?",
        run, home,
    )  # fmt: skip
    return list(_problems(home, rows[0], agent)) if rows else []


def _problems(home: str, row: Any, agent: str) -> Iterator[str]:
    status = row["status"]
    if status is None:
        if row["error"] == "robots":
            yield f"robots.txt forbids our crawler to read {home}. For your own site: -a ignore_robots=1"
        return
    if status in REFUSALS:
        yield f"{home} answers {status}: {REFUSALS[status]} Allow this user agent: {agent}"
    elif status >= 400:
        yield f"{home} answers {status}{' (the server has a fault)' if status >= 500 else ': there is no home page'}."
    elif row["facts"] is None and row["error"]:
        yield f"{home} answered, but could not be read: {row['error']}."
    elif row["facts"] is None and status == 200:
        kind = row["type"] or "something without a type"
        yield f"{home} is empty." if not row["size"] else f"{home} is not HTML but {kind}."
    elif row["facts"] is not None:
        page = unpack_if_readable(row["facts"], Page)
        if page is None:
            return
        if page.sharing.wall:
            yield f"{home} is {WALLS.get(page.sharing.wall, 'a wall')} instead of the page. Allow this user agent: {agent}"
        elif not row["size"]:
            yield f"{home} is empty."
        elif page.sharing.app_shell:
            yield f"{home} is drawn wholly by scripts: without them it holds no text and no links, and no network's bot runs them."


REFUSALS = {
    401: "it asks for a password (SMO_AUTH=user:password in the environment).",
    403: "the site refuses our crawler.",
    406: "the site refuses our crawler.",
    429: "the site asks us to slow down.",
    503: "the site is not available, or refuses our crawler.",
}

WALLS = {
    "login": "a login page",
    "consent": "a consent page",
    "age": "an age gate",
    "challenge": "a challenge that tells people from robots",
}


def missing_pages(database: Database, run: int) -> list[str]:
    """Sentences on pages of the site that should have been read and were not."""
    rows = database.rows(
        "SELECT CASE WHEN status IS NULL OR status = 200 THEN coalesce(error, 'no answer') ELSE 'answered ' || status END AS why,"
        " count(*) AS pages FROM fetch WHERE run = ? AND kind = 'page' AND ((status IS NULL AND error NOT LIKE 'robots%'"
        " AND error NOT LIKE 'budget%' AND error NOT LIKE 'refused%') OR status = 429 OR status >= 500"
        " OR (status = 200 AND error IS NOT NULL)) GROUP BY why ORDER BY pages DESC LIMIT 3",
        run,
    )  # fmt: skip
    return [f"{row['pages']:,} {'page' if row['pages'] == 1 else 'pages'}: {row['why']}." for row in rows]
