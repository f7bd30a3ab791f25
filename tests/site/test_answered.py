"""How addresses answered, asked for many at a time: redirects followed to their end, what was never asked left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from build import HOME, Built, at

from smocrawl.closing import answered
from smocrawl.closing.answered import LONGEST_CHAIN, Answered
from smocrawl.spiders.options import read_options
from smocrawl.spiders.scope import Scope


@pytest.fixture
def built(tmp_path: Path) -> Built:
    made = Built(tmp_path / "crawls.sqlite")
    made.page("end")
    made.redirect("old", "older")
    made.redirect("older", "end")
    made.redirect("lost", "never-asked")
    made.redirect("round", "round-again")
    made.redirect("round-again", "round")
    made.file("logo.png", "image", status=404)
    made.file("https://cdn.example/a.png", "image", type="image/png")
    return made


def of(built: Built) -> Answered:
    return Answered(
        built.database, built.run, Scope(read_options({"domain": HOME})), frozenset({"https://cdn.example"})
    )


def test_each_address_under_the_pages_own_spelling_and_in_its_order(built: Built) -> None:
    named = [at("old#top"), at("logo.png"), at("end?utm_source=x"), at("missing"), at("end"), "mailto:a@site.example"]
    found = of(built).to(named)
    assert [(url, one.status, one.hops, one.final_url) for url, one in found.items()] == [
        (at("old#top"), 200, 2, at("end")),
        (at("logo.png"), 404, 0, at("logo.png")),
        (at("end?utm_source=x"), 200, 0, at("end")),
        (at("end"), 200, 0, at("end")),
    ]


def test_a_redirect_whose_target_was_not_asked_tells_nothing(built: Built) -> None:
    assert not of(built).to([at("lost")])


def test_a_round_of_redirects_is_an_error(built: Built) -> None:
    found = of(built).to([at("round")])[at("round")]
    assert (found.status, found.error, found.hops, found.final_url) == (
        None, "redirect loop", LONGEST_CHAIN, at("round"),
    )  # fmt: skip


def test_of_other_sites_only_those_are_looked_up_that_were_asked_for_anything(built: Built) -> None:
    asked = of(built)
    assert asked.spelled("https://elsewhere.example/a.png") is None
    assert list(asked.to(["https://elsewhere.example/a.png", "https://cdn.example/a.png"])) == [
        "https://cdn.example/a.png"
    ]


def test_one_by_one_and_together_they_answer_alike(built: Built) -> None:
    together = of(built).to([at("old"), at("end"), at("logo.png")])
    assert {url: of(built).one(url) for url in together} == together
    assert of(built).one(at("missing")) is None


def test_what_is_kept_at_hand_is_bounded(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answered, "MOST", 2)
    asked = of(built)
    for round_ in range(3):
        found = asked.to([at("old"), at("end"), at("logo.png"), at(f"missing-{round_}")])
        assert [one.status for one in found.values()] == [200, 200, 404]
    assert asked.one(at("end")) == found[at("end")]
