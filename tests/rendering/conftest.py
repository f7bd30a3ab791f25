from __future__ import annotations

import os

import pytest

from smocrawl.report.paper import PaperError
from smocrawl.report.paper import chromium as installed


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of Chromium; where there is none, nothing can be rendered."""
    pytest.importorskip("playwright.async_api", reason="playwright is not installed")
    try:
        return installed()
    except PaperError:
        pytest.skip("no Chromium is installed")


@pytest.fixture(scope="session")
def rendering(chromium: str) -> dict[str, str]:
    """Environment of a crawl that renders; as root, as in a container, without the sandbox that root cannot have."""
    return {"SMO_RENDER": "5", "SMO_CHROMIUM": chromium, "SMO_CHROMIUM_SANDBOX": str(int(os.geteuid() != 0))}
