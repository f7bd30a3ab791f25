from __future__ import annotations

import os
import shutil

import pytest

from smocrawl.rendering.wanted import NAMES


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of Chromium; where there is none, nothing can be rendered."""
    pytest.importorskip("playwright.async_api", reason="playwright is not installed")
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        pytest.skip("no Chromium is installed")
    return found


@pytest.fixture(scope="session")
def rendering(chromium: str) -> dict[str, str]:
    """Environment of a crawl that renders; as root, as in a container, without the sandbox that root cannot have."""
    return {"SMO_RENDER": "5", "SMO_CHROMIUM": chromium, "SMO_CHROMIUM_SANDBOX": str(int(os.geteuid() != 0))}
