"""The console script by itself: what there is, what is installed, and a word that is no command."""

from __future__ import annotations

from importlib.metadata import version

import pytest

from smocrawl.commands.console import COMMANDS, main


def test_help_tells_each_command_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--help"])
    said = capsys.readouterr().out
    lines = {line.split()[0]: line for line in said.splitlines() if line.startswith("  ")}
    assert set(lines) == set(COMMANDS)
    assert all(len(line.split()) > 3 for line in lines.values())


def test_version_names_what_a_report_of_a_fault_needs(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--version"])
    said = capsys.readouterr().out
    assert said.startswith(f"smocrawl {version('smocrawl')}, Scrapy {version('scrapy')}, Python 3.")


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["crawll", "example.com"], "There is no command 'crawll'. Did you mean crawl?"),
        (["frobnicate"], "There is no command 'frobnicate'. smocrawl --help"),
        ([], "smocrawl crawl | check | "),
    ],
)
def test_what_is_no_command_is_said_with_the_remedy(
    words: list[str], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    told = capsys.readouterr()
    assert told.err.startswith(line)
    assert not told.out
