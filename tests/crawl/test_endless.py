"""A calendar without an end is cut with a reason for each address and one sentence for all; the pages behind it are read."""

from __future__ import annotations

import json
from pathlib import Path

from running import run
from serving import Answer, Site, page


def calendar(path: str) -> Answer | None:
    if path == "/":
        return Answer(page("Home", "/cal/day-1", "/story"))
    if path == "/story":
        return Answer(page("Story"))
    day = path.removeprefix("/cal/day-")
    if not day.isdecimal():
        return None
    links = "".join(f'<a href="/cal/day-{int(day) + step}">on</a>' for step in (1, 7, 30))
    return Answer(f"<!doctype html><title>Day {day}</title><h1>Day {day}</h1>{links}")


def test_a_calendar_without_an_end(tmp_path: Path) -> None:
    with Site(calendar) as site:
        ran = run(tmp_path, "smo-crawl", site.host, "-a", "sources=links")
        asked = sum(path.startswith("/cal/") for path in site.hits)
    assert ran.code == 0, ran.said
    assert 100 <= asked <= 200
    assert ran.crawled()[f"{site.url}/story"] == (200, None)
    cut = [error for _, error in ran.crawled().values() if error and error.startswith("budget")]
    assert set(cut) == {"budget: /cal/day-{n}"}
    ((notes,),) = ran.rows("SELECT notes FROM run")
    (sentence,) = [note for note in json.loads(notes) if "/cal/day-{n}" in note]
    assert sentence.startswith(f"{len(cut):,} addresses like")
