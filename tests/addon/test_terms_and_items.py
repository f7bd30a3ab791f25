"""How the add-on is told what to do, and the one thing that it does to items if it is asked to."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from guesting import end, html, see, watch
from scrapy import Field, Item, Request
from scrapy.http import Response
from scrapy.settings import Settings
from scrapy.utils.test import get_crawler

from smocrawl.addon import ITEM_PLACE, SmoAddon, is_trial
from smocrawl.addon.items import ItemScore
from smocrawl.addon.terms import TermsError, read_terms
from smocrawl.addon.watch import Watch
from smocrawl.commands.running import own_settings

# -- settings --------------------------------------------------------------------------------------


def test_it_adds_one_extension_and_leaves_every_other_setting_alone() -> None:
    settings = Settings(
        {
            "EXTENSIONS": {"scrapy.extensions.logstats.LogStats": 1},
            "ITEM_PIPELINES": {"host.Pipe": 1},
            "CONCURRENT_REQUESTS": 3,
        }
    )
    before = {name: settings[name] for name in settings}
    SmoAddon().update_settings(settings)
    changed = {name for name in settings if settings[name] != before.get(name)}
    assert changed == {"EXTENSIONS"}
    assert dict(settings["EXTENSIONS"]) == {"scrapy.extensions.logstats.LogStats": 1, Watch: 500}


def test_the_score_of_items_is_asked_for_by_name() -> None:
    settings = Settings({"SMO_ITEM_SCORE": "1"})
    SmoAddon().update_settings(settings)
    assert settings["SPIDER_MIDDLEWARES"][ItemScore] == ITEM_PLACE


@pytest.mark.parametrize(("wish", "gives_way"), [("0", True), ("1", False)])
def test_workers_give_way_to_the_host_unless_its_items_wait_for_them(wish: str, gives_way: bool) -> None:
    assert (read_terms(Settings({"SMO_ITEM_SCORE": wish})).niceness > 0) is gives_way


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ({"SMO_ENABLED": 0}, "SMO_ENABLED is off"),
        ({"SMO_WORKERS": "many"}, "SMO_WORKERS='many': a whole number"),
        ({"SMO_AUDIENCE": "martians"}, "There is no audience 'martians'"),
        ({"SMO_STORE": "postgres://x"}, "SMO_STORE='postgres://x'"),
        ({"SMO_ITEM_SCORE": "perhaps"}, "SMO_ITEM_SCORE='perhaps': say 1 or 0."),
    ],
)
def test_a_setting_that_cannot_be_used_costs_the_audit_not_the_crawl(
    settings: dict[str, Any], line: str, caplog: pytest.LogCaptureFixture
) -> None:
    crawler = get_crawler(settings_dict={"ADDONS": {"smocrawl.addon.SmoAddon": 500}, **settings})
    assert line in caplog.text
    assert not any(isinstance(one, Watch) for one in crawler.extensions.middlewares)


def test_the_environment_goes_before_the_project_and_the_command_line_before_both(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SMO_WORKERS", "3")
    settings = Settings({"SMO_WORKERS": 2})
    assert read_terms(settings).workers == 3
    settings.set("SMO_WORKERS", 5, priority="cmdline")
    assert read_terms(settings).workers == 5
    settings.set("SMO_CLOSE_SECONDS", "soon", priority="cmdline")
    with pytest.raises(TermsError, match="SMO_CLOSE_SECONDS='soon'"):
        read_terms(settings)


def test_our_commands_hear_the_project_where_it_speaks_to_us() -> None:
    project = Settings({"SMO_LANGUAGE": "de", "SMO_REPORTS": "audits", "USER_AGENT": "host", "SMO_AUTH": "a:b"})
    settings = own_settings(project, {"SMO_REPORTS": "elsewhere"})
    assert (settings["SMO_LANGUAGE"], settings["SMO_REPORTS"]) == ("de", "elsewhere")
    assert settings["USER_AGENT"].startswith("smocrawl/")
    assert settings.get("SMO_AUTH") is None


@pytest.mark.parametrize(
    ("words", "is_one"),
    [
        (["/venv/bin/scrapy", "parse", "https://site.example/"], True),
        (["/lib/scrapy/__main__.py", "--nolog", "shell"], True),
        (["/venv/bin/scrapy", "crawl", "check"], False),
        (["/venv/bin/scrapy"], False),
        (["/lib/other/__main__.py", "check"], False),
        (["fetch.py"], False),
        ([""], False),
        ([], False),
    ],
)
def test_what_is_tried_is_nobody_s_crawl(words: list[str], is_one: bool) -> None:
    assert is_trial(words) is is_one


def test_a_trial_says_nothing_of_us(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr("sys.argv", ["scrapy", "shell"])
    crawler = get_crawler(settings_dict={"ADDONS": {"smocrawl.addon.SmoAddon": 500}})
    assert not any(isinstance(one, Watch) for one in crawler.extensions.middlewares)
    assert "Disabled" not in caplog.text


# -- the field of items ----------------------------------------------------------------------------


class Bare(Item):
    name = Field()


def marked(one: Watch, response: Response, *results: Any, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What leaves the middleware of *results*, which a callback gave for *response*."""
    monkeypatch.setattr(one.crawler, "get_extension", lambda wanted: one)

    async def given() -> Any:
        for result in results:
            yield result

    async def collected() -> list[Any]:
        return [result async for result in ItemScore(one.crawler).process_spider_output(response, given())]

    return asyncio.run(collected())


def test_items_bear_the_score_of_their_page_and_requests_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, page, other = watch(tmp_path), html(), html("https://site.example/never-seen")
    see(one, page)
    request = Request("https://site.example/next")
    first, second, passed = marked(one, page, {"a": 1}, {"b": 2}, request, monkeypatch=monkeypatch)
    assert passed is request
    assert isinstance(first["smo_score"], float)
    assert first["smo_score"] == second["smo_score"]
    assert marked(one, other, {"a": 1}, monkeypatch=monkeypatch) == [{"a": 1, "smo_score": None}]
    end(one)


def test_an_item_without_the_field_passes_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    one, page, item = watch(tmp_path), html(), Bare(name="x")
    see(one, page)
    assert marked(one, page, item, Bare(name="y"), monkeypatch=monkeypatch)[0] is item
    assert dict(item) == {"name": "x"}
    assert end(one)["items_without_score"] == 2
    assert caplog.text.count("an item of Bare has no smo_score") == 1
