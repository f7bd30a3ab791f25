"""What holds for all tests.  Where nothing may be skipped (CI), a skipped test fails the run."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# No verdict by the clock: on a machine that has much else to do, every example is slow.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

WHOLE = "SMO_TEST_NOTHING_SKIPPED"


@pytest.fixture(autouse=True)
def no_project_left() -> Iterator[None]:
    """Scrapy names the project of a command in the environment, where the commands of later tests would take it for theirs."""
    yield
    os.environ.pop("SCRAPY_SETTINGS_MODULE", None)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = len(reporter.stats.get("skipped", [])) if reporter else 0
    if skipped and os.environ.get(WHOLE):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.write_line(
            f"{skipped} skipped, but {WHOLE} is set: everything that the tests need must be installed.", red=True
        )
