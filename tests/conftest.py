"""Where nothing may be skipped (CI), a skipped test fails the run."""

from __future__ import annotations

import os

import pytest

WHOLE = "SMO_TEST_NOTHING_SKIPPED"


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = len(reporter.stats.get("skipped", [])) if reporter else 0
    if skipped and os.environ.get(WHOLE):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.write_line(
            f"{skipped} skipped, but {WHOLE} is set: everything that the tests need must be installed.", red=True
        )
