"""What is told of a crawl, out of its store."""

from __future__ import annotations

from pathlib import Path

import pytest
import sample_stores

from smocrawl.report.language import load
from smocrawl.report.message import Message, compose
from smocrawl.report.message_words import lines, subject
from smocrawl.store import runs
from smocrawl.store.database import Database


def test_the_second_crawl_tells_what_moved(composed: Message) -> None:
    assert (composed.event, composed.name, composed.comparable) == ("finished", "The Hollow Mill", True)
    assert composed.moved == pytest.approx((composed.score or 0) - (composed.before or 0))
    assert composed.moved is not None
    assert composed.moved > 0
    assert "og-image-generic" in {one.check for one in composed.turned["fixed"].first}
    assert (composed.new_pages, composed.gone_pages) == (1, 1)
    assert composed.cards_changed > 5
    assert composed.report
    assert (composed.report / "index.html").is_file()


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_first_crawl(tmp_path: Path, language: str) -> None:
    store = sample_stores.rich(tmp_path / "crawls.sqlite")
    message = compose(store.database, tmp_path, name="Mill")
    store.database.close()
    assert message
    assert (message.moved, message.turned, message.report) == (None, {}, None)
    text = "\n".join(lines(message, load(language)))
    assert {"en": "This is the first crawl.", "de": "Das ist der erste Crawl."}[language] in text


def test_a_crawl_that_came_to_nothing(tmp_path: Path) -> None:
    store = sample_stores.without_pages(tmp_path / "crawls.sqlite")
    message = compose(store.database, tmp_path, problem="https://a.example/ cannot be reached: time-out")
    store.database.close()
    assert message
    assert (message.event, message.score) == ("nothing", None)
    said = load("en")
    assert subject(message, said) == f"{tmp_path.name}: nothing could be crawled"
    assert "https://a.example/ cannot be reached: time-out" in list(lines(message, said))


def test_a_crawl_that_broke_off_tells_nothing_of_the_one_before(crawled: Path) -> None:
    database = Database(crawled / "crawls.sqlite", read_only=True)
    try:
        message = compose(database, crawled, problem="killed by SIGKILL")
    finally:
        database.close()
    assert message
    assert (message.event, message.score, message.report, message.worst) == ("failed", None, None, ())
    assert subject(message, load("de")) == "hollow-mill.example: der Crawl ist gescheitert"


def test_a_store_without_a_crawl(tmp_path: Path) -> None:
    database = Database(tmp_path / "crawls.sqlite")
    assert compose(database, tmp_path) is None
    database.close()


def test_texts_of_a_hostile_store_are_one_line_each(tmp_path: Path) -> None:
    store = sample_stores.hostile(tmp_path / "crawls.sqlite")
    runs.note(store.database, store.run, "one\r\ntwo\x1b[31m \u202e three")
    message = compose(store.database, tmp_path)
    store.database.close()
    assert message
    for line in (subject(message, load("en")), *lines(message, load("en"))):
        assert line.isprintable()
        assert "SECRET1" not in line
