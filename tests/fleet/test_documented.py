"""The commands that docs/fleet.md shows work as they stand there."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from servers import PostgreSQL
from test_fleet import Gated, Town

DOCUMENT = Path(__file__).parents[2] / "docs" / "fleet.md"
SHOWN = {words.split()[2]: words for words in re.findall(r"`(smocrawl fleet [^`]+)`", DOCUMENT.read_text("utf-8"))}


@pytest.mark.parametrize("added", [True, False], ids=["added by hand", "found by the worker"])
def test_the_commands_of_the_page_crawl_a_site(tmp_path: Path, fresh: PostgreSQL, *, added: bool) -> None:
    shared = tmp_path / "shared"

    def run(line: str) -> str:
        words = shlex.split(line)
        done = subprocess.run(
            [Path(sys.executable).with_name(words[0]), *words[1:]], cwd=tmp_path, env=town.environment, text=True,
            stdin=subprocess.DEVNULL, capture_output=True, timeout=600, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        assert "Traceback" not in done.stdout + done.stderr, line
        return done.stdout + done.stderr

    with Gated("A bakery") as site:
        town = Town(tmp_path, fresh, [site], str(shared), {})
        assert sorted(SHOWN) == ["add", "status", "worker"]
        if added:
            assert "1 of 1 sites were added." in run(SHOWN["add"])
        assert site.host in run(SHOWN["status"])
        # Without this option, of which the page speaks as well, it would work on for ever.
        run(f"{SHOWN['worker']} --until-empty")
        assert site.host in run(SHOWN["status"])
    assert list(shared.glob(f"{town.home(site)}/*/index.html"))
    assert (shared / "index.html").is_file()
    assert (shared / "overview.json").is_file()
