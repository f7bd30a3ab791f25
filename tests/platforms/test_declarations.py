"""What each platform must say of itself, and which ones should be looked at again."""

import warnings
from datetime import UTC, date, datetime, timedelta

import pytest

from smocrawl.platforms.base import Certainty, Platform
from smocrawl.registry import all_platforms

YEAR = timedelta(days=365)


def checked_before(day: date) -> list[Platform]:
    return sorted((one for one in all_platforms().values() if one.checked_on < day), key=lambda one: one.checked_on)


@pytest.mark.filterwarnings("default::UserWarning")
def test_platforms_not_checked_for_a_year_are_named():
    """A warning, not a failure: nobody's work stops because a rule may have changed elsewhere."""
    for one in checked_before(datetime.now(UTC).date() - YEAR):
        warnings.warn(
            f"{one.name} was checked on {one.checked_on}, against {one.sources[0]}: look whether it still holds.",
            UserWarning,
            stacklevel=1,
        )


def test_a_platform_grows_old():
    assert checked_before(date(2026, 1, 1)) == []
    assert len(checked_before(date(2100, 1, 1))) == len(all_platforms())


@pytest.mark.parametrize("platform", all_platforms().values(), ids=all_platforms())
def test_declaration_is_complete(platform):
    assert platform.sources
    assert all(one.startswith("https://") for one in platform.sources)
    assert isinstance(platform.certainty, Certainty)
    assert platform.checked_on <= datetime.now(UTC).date()
    assert platform.bot.name
    assert platform.bot.agent
    assert platform.title
    assert platform.needs


@pytest.mark.parametrize("platform", all_platforms().values(), ids=all_platforms())
def test_owner_is_told_how_long_a_card_lives_and_how_to_renew_it(platform):
    assert platform.cache.endswith(".")
    assert platform.refresh.startswith("https://") or platform.refresh.endswith(".")


@pytest.mark.parametrize("platform", all_platforms().values(), ids=all_platforms())
def test_what_no_declaration_says_is_told_in_words(platform):
    """The docs are written from these docstrings."""
    told = [platform.layout, platform.tidy, platform.follow]
    assert all((one.__doc__ or "").strip().endswith(".") for one in told if one.__name__ not in {"pass_on", "nowhere"})


@pytest.mark.parametrize("platform", all_platforms().values(), ids=all_platforms())
def test_code_is_only_claimed_where_code_can_be_read(platform):
    hosts = ("https://github.com/", "https://git.pleroma.social/")
    if platform.certainty is Certainty.CODE:
        assert platform.sources[0].startswith(hosts)
