"""A pytest plugin: the fixture ``smo`` reads, judges and draws what a test client got, and fails in words.

Everything else is imported with the first use of the fixture: pytest loads this module in every test run.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from smocrawl.platforms.base import Card
    from smocrawl.review import Review

BASE_URL, AUDIENCE = "smo_base_url", "smo_audience"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini(BASE_URL, "Origin under which the tested pages will stand, e.g. https://www.example.com/", default="")
    parser.addini(AUDIENCE, "Audience profile of smocrawl, by name or as a TOML file", default="general")


@pytest.fixture(scope="session")
def smo(request: pytest.FixtureRequest) -> Smo:
    """Judges pages as social networks will see them: ``smo.assert_ready(client.get("/"))``."""
    return Smo(base_url=str(request.config.getini(BASE_URL)), audience=str(request.config.getini(AUDIENCE)))


class Smo:
    """What the fixture ``smo`` is; *page* is HTML, a file, or the response of any of the usual test clients."""

    def __init__(self, *, base_url: str = "", audience: str = "general") -> None:
        from smocrawl import audience as audiences  # noqa: PLC0415 - see above
        from smocrawl.testing.responses import BASE  # noqa: PLC0415 - see above

        self.base_url = base_url or BASE
        self.audience = audiences.load(audience)

    def review(self, page: Any, url: str | None = None) -> Review:
        """Everything that *page* says without the network: facts, cards, outcomes, findings, score."""
        from smocrawl.checks.base import Context  # noqa: PLC0415 - see above
        from smocrawl.extract import read_page  # noqa: PLC0415 - see above
        from smocrawl.review import judge  # noqa: PLC0415 - see above
        from smocrawl.testing.responses import served  # noqa: PLC0415 - see above

        one = served(page, url, base=self.base_url)
        read = read_page(one.url, one.body, headers=one.headers, status=one.status)
        return judge(read, Context(audience=self.audience))

    def assert_ready(
        self, page: Any, url: str | None = None, *, severity: str = "high", checks: Collection[str] = (),
        ignore: Collection[str] = (), warnings: bool = False, score: float | None = None,
    ) -> Review:  # fmt: skip
        """Fails where *page* is not ready to be shared; see :func:`smocrawl.testing.assert_ready`."""
        __tracebackhide__ = True
        from smocrawl.testing.readiness import assert_ready  # noqa: PLC0415 - see above

        review = self.review(page, url)
        return assert_ready(review, severity=severity, checks=checks, ignore=ignore, warnings=warnings, score=score)

    def card(
        self, platform: str, page: Any, url: str | None = None, *,
        resources: Mapping[str, tuple[int, Mapping[str, str], bytes]] | None = None,
    ) -> Card | None:  # fmt: skip
        """What *platform* (``slack``, ``facebook`` …) draws of *page*; None = nothing."""
        from smocrawl.previews import preview  # noqa: PLC0415 - see above
        from smocrawl.testing.responses import served  # noqa: PLC0415 - see above

        one = served(page, url, base=self.base_url)
        return preview(platform, one.url, one.body, one.headers, one.status, resources)
