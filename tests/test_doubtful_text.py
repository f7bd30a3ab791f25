"""Where most of a page's prose lies outside what was taken for its main text, nothing is compared with it."""

from __future__ import annotations

import pytest
from attrs import evolve
from checks.cases import FOLDER, read_case

from smocrawl.checks.base import Outcome
from smocrawl.registry import all_checks


@pytest.mark.parametrize(("share", "outcome"), [(0.4, Outcome.NOT_APPLICABLE), (0.9, Outcome.FAILED)])
def test_a_description_is_held_against_a_whole_text_alone(share: float, outcome: Outcome) -> None:
    case = read_case(FOLDER / "description-honest" / "slogan-of-the-site.html")
    page = evolve(case.page, text=evolve(case.page.text, paragraph_share=share))
    assert all_checks()["description-honest"](page, case.context)[0] is outcome
