"""Pages whose cards changed, as the platforms' own tools take them."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from scrapy.settings import Settings

sys.path.insert(0, str(Path(__file__).parent))
from crawls import HOME, Crawls, html, site

from smocrawl.commands.smo_rescrape import Command
from smocrawl.history import compare
from smocrawl.history.rescrape import plain_list, rescrape_lines, stale
from smocrawl.platforms.base import Rescrape
from smocrawl.registry import all_platforms
from smocrawl.report.render import render


@pytest.fixture
def crawls(tmp_path):
    return Crawls(tmp_path / "reports" / "mill.example")


def changed(*numbers):
    return {f"a{number}": html(f"Another title for number {number}", links=["/"]) for number in numbers}


def found(crawls, before, now):
    return stale(crawls.database, compare(crawls.database, before, now))


def tool(lists, name):
    return next(one for one in lists.tools if one.id == name)


def test_an_unchanged_site_lists_nothing(crawls):
    lists = found(crawls, crawls.crawl(site()), crawls.crawl(site()))
    assert (lists.tools, lists.waits, lists.urls) == ((), (), frozenset())
    assert list(rescrape_lines(lists)) == ["No card changed between the two crawls: nothing is out of date anywhere."]


def test_each_tool_takes_the_changed_pages_in_its_own_form(crawls):
    lists = found(crawls, crawls.crawl(site()), crawls.crawl(site(**changed(1, 3))))
    urls = (f"{HOME}a1", f"{HOME}a3")
    assert tool(lists, "facebook").urls == urls
    assert tuple(plain_list(tool(lists, "facebook"))) == urls
    assert set(tool(lists, "facebook").names) == {"Facebook", "Instagram", "Threads", "Messenger"}
    inspected = [f"https://www.linkedin.com/post-inspector/inspect/{quote(url, safe='')}" for url in urls]
    assert list(plain_list(tool(lists, "linkedin"))) == inspected
    assert "https%3A%2F%2Fmill.example%2Fa1" in inspected[0]
    assert [one.urls for one in lists.waits if one.id == "slack"] == [urls]
    assert all(one.remedy and one.cache for one in lists.waits)


def test_messages_hold_as_many_addresses_as_the_bot_takes(crawls):
    before = crawls.crawl(site(14))
    lists = found(crawls, before, crawls.crawl(site(14, **changed(*range(12)))))
    assert [len(one) for one in tool(lists, "telegram").lists()] == [10, 2]
    lines = list(plain_list(tool(lists, "telegram")))
    assert lines.index("") == 10
    assert len(lines) == 13


def test_another_picture_under_the_same_address_is_another_card_where_it_is_shown(crawls):
    pages = site(a2=html("Oat flour number a2", image=None, links=["/"]))
    before = crawls.crawl(pages, images={"pic.jpg": {"size": 90_000}})
    lists = found(crawls, before, crawls.crawl(pages, images={"pic.jpg": {"size": 91_234}}))
    urls = tool(lists, "facebook").urls
    assert f"{HOME}a1" in urls
    assert f"{HOME}a2" not in urls


def test_the_forms_of_all_tools_can_be_filled():
    tools = {name: one.rescrape for name, one in all_platforms().items() if one.rescrape}
    assert tools.keys() >= {"facebook", "linkedin", "pinterest", "telegram", "kakaotalk", "line"}
    for name, one in tools.items():
        assert isinstance(one, Rescrape)
        assert one.how, name
        assert bool(one.link) <= (one.most == 1 and "{url}" in one.link), name


def test_the_same_lists_stand_beside_the_report(crawls, tmp_path):
    crawls.crawl(site())
    now = crawls.crawl(site(**changed(1)))
    same = crawls.crawl(site(**changed(1)))
    render(crawls.database, now, tmp_path / "report")
    render(crawls.database, same, tmp_path / "unchanged")
    assert (tmp_path / "report/rescrape/facebook.txt").read_text(encoding="utf-8") == f"{HOME}a1\n"
    assert {file.stem for file in (tmp_path / "report/rescrape").iterdir()} >= {"facebook", "linkedin", "telegram"}
    assert not (tmp_path / "unchanged/rescrape").exists()


@pytest.fixture
def ask(crawls, tmp_path, monkeypatch, capsys):
    """``scrapy smo-rescrape WORDS…`` in this process: (exit code, output, errors)."""
    monkeypatch.setenv("SMO_REPORTS", str(tmp_path / "reports"))
    monkeypatch.setenv("SMO_WORKERS", "0")

    def asked(*words):
        command = Command()
        command.settings = Settings()
        parser = argparse.ArgumentParser()
        command.add_options(parser)
        opts, args = parser.parse_known_args(words)
        command.run(args, opts)
        out, err = capsys.readouterr()
        return command.exitcode, out, err

    return asked


def test_the_command_tells_writes_and_lists(crawls, ask):
    crawls.crawl(site())
    assert ask("mill.example")[0] == 4
    crawls.crawl(site(**changed(1)))
    code, out, _ = ask("mill.example")
    assert code == 0
    assert "Cards of 1 pages changed" in out
    assert "Batch Invalidator" in out
    assert "Discord, 1 pages: Discord keeps a card for about 30 minutes." in out
    assert ask("mill.example", "--platform", "threads", "--format", "list") == (0, f"{HOME}a1\n", "")
    code, out, _ = ask("mill.example", "--platform", "slack")
    assert (code, "Share the link again" in out, "Batch Invalidator" in out) == (0, True, False)
    said = json.loads(ask("mill.example", "--format", "json")[1])
    assert {one["id"] for one in said["tools"]} >= {"facebook", "linkedin"}


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ((), "Name one crawled site"),
        (("mill.example", "--platform", "myspace"), "--platform 'myspace': known are"),
        (("mill.example", "--format", "xml"), "--format 'xml'"),
        (("mill.example", "--format", "list"), "name it with --platform"),
        (("mill.example", "--from", "1999-01-01"), "1999-01-01"),
    ],
)
def test_what_is_wrong_is_said(crawls, ask, words, line):
    crawls.crawl(site(2))
    crawls.crawl(site(2, **changed(1)))
    code, _, err = ask(*words)
    assert code == 2
    assert line in err
