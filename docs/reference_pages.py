"""The pages of docs/reference/: commands, arguments, settings, audiences and the numbers of the score, written from the code."""

from __future__ import annotations

import argparse
import re
import tomllib
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

from scrapy.settings import Settings

from docs import report_pages, threshold_pages
from docs.platform_pages import table
from smocrawl import audience, settings
from smocrawl.platforms.base import Platform
from smocrawl.registry import all_platforms
from smocrawl.scoring import tables
from smocrawl.spiders.options import READERS

ROOT = Path(__file__).parent.parent
WRITTEN = "Written by `make docs`; do not edit by hand."

LISTED = {
    "WEIGHTS": "Weight of a check by its severity",
    "VALUES": "What an outcome earns of that weight",
    "GRADES": "Words for a score, from which value on",
    "KIND_WEIGHTS": "What a kind of page counts in the site's score, before the logarithm of its number",
    "PAGE_SHARE": "Share of a tactic that its pages decide; the checks of the whole site decide the rest",
    "CROSSLINK": "Parts of the cross-link score",
    "WAYS_BACK": 'Where an article may lead on, in the part "ways back"',
}
"""Tables of ``smocrawl.scoring.tables`` and their titles."""


def pages() -> Iterator[tuple[str, str]]:
    """(file name, text) of every generated page."""
    yield "README.md", index()
    yield "commands.md", commands()
    yield "arguments.md", arguments()
    yield "settings.md", all_settings()
    yield "audiences.md", audiences()
    yield "scores.md", scores()
    yield "thresholds.md", threshold_pages.page(WRITTEN)
    yield "report-files.md", report_pages.page()


def index() -> str:
    names = {
        "commands": "every command with its options",
        "arguments": "what `-a NAME=VALUE` takes",
        "settings": "what `-s NAME=VALUE` and the environment take",
        "audiences": "the profiles that come with the package",
        "scores": "the numbers of the score",
        "thresholds": "the numbers by which checks judge",
        "report-files": "columns of the tables beside a report, fields of its JSON",
    }
    lines = [f"- [{name.capitalize().replace('-', ' ')}]({name}.md): {what}" for name, what in names.items()]
    return "\n\n".join(["# Reference", WRITTEN, "\n".join(lines)]) + "\n"


def commands() -> str:
    parts = [
        "# Commands",
        f"`smocrawl NAME …` is the same as `scrapy smo-NAME …`. {WRITTEN}",
    ]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for name, place in sorted(project["entry-points"]["scrapy.commands"].items()):
        parts += _command(name, resolve_name(place)())
    return "\n\n".join(parts) + "\n"


def _command(name: str, command: Any) -> Iterator[str]:
    yield f"## {name}"
    yield f"{command.short_desc().rstrip('.')}."
    yield f"```text\nscrapy {name} {command.syntax()}\n```"
    parser = argparse.ArgumentParser(add_help=False)
    command.settings = Settings()
    own = _own_options(command, parser)
    if own:
        yield table(("option", "meaning"), own)


def _own_options(command: Any, parser: argparse.ArgumentParser) -> list[tuple[str, ...]]:
    """Those that the command adds; every Scrapy command has ``-s`` and the options of the log besides."""
    command.add_options(parser)
    rows = []
    for action in parser._actions:  # noqa: SLF001 - argparse offers no other way to list them
        group = next((one.title for one in parser._action_groups if action in one._group_actions), None)  # noqa: SLF001 - argparse tells its groups nowhere else
        if action.option_strings and group != "Global Options":
            value = f" {action.metavar}" if action.metavar and action.nargs != 0 else ""
            rows.append((f"`{', '.join(action.option_strings)}{value}`", _cell(action.help or "")))
    return rows


def arguments() -> str:
    described = dict(_rows_of("README.md", "argument"))
    missing = READERS.keys() - {name for words in described for name in re.findall(r"(\w+)=", words)}
    if missing:
        raise SystemExit(f"README.md does not describe the argument {', '.join(sorted(missing))}.")
    return (
        "\n\n".join(
            [
                "# Arguments of a crawl",
                f"As `-a NAME=VALUE` of `smocrawl crawl DOMAIN` or of `scrapy crawl smo`. {WRITTEN}",
                table(("argument", "meaning"), list(described.items())),
            ]
        )
        + "\n"
    )


def all_settings() -> str:
    described = dict(_rows_of("README.md", "setting"))
    rows = []
    for name, default, comment in _declared(settings.__file__):
        what = described.get(f"`{name}`", comment)
        rows.append((f"`{name}`", f"`{default}`" if default else "empty", _cell(what)))
    environment = [
        (name, what) for name, what in described.items() if name.strip("`") not in {row[0].strip("`") for row in rows}
    ]
    return (
        "\n\n".join(
            [
                "# Settings",
                "As `-s NAME=VALUE`, in `settings.py`, or in the environment. Every setting of Scrapy works as well. "
                + WRITTEN,
                table(("setting", "default", "meaning"), rows),
                "## From the environment alone",
                table(("name", "meaning"), environment),
            ]
        )
        + "\n"
    )


def _declared(file: str | None) -> Iterator[tuple[str, str, str]]:
    """(name, default, comment) of each ``SMO_`` line of the settings."""
    for line in Path(file or "").read_text(encoding="utf-8").splitlines():
        if found := re.match(r"(SMO_\w+) = (.+?)(?:\s+# (.+))?$", line):
            yield found[1], found[2].strip('"'), found[3] or ""


def _rows_of(name: str, heading: str) -> Iterator[tuple[str, str]]:
    """The two cells of each row of the README's table that begins with *heading*."""
    inside = False
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if line.startswith(f"| {heading}"):
            inside = True
        elif inside and not line.startswith("|"):
            return
        elif inside and not line.startswith("|---"):
            left, _, right = line.strip("| ").partition(" | ")
            yield left.strip(), right.strip().replace("](docs/", "](../")


def audiences() -> str:
    platforms = all_platforms()
    parts = [
        "# Audiences",
        f"`-a audience=NAME`, or `-a audience=client.toml` with a file that names its `base` and what differs. {WRITTEN}",
    ]
    for name in audience.names():
        parts += _audience(name, platforms)
    return "\n\n".join(parts) + "\n"


def _audience(name: str, platforms: dict[str, Platform]) -> Iterator[str]:
    one = audience.load(name)
    yield f"## {one.label}\n\n`{name}`"
    yield table(
        ("", ""),
        [
            ("Key platforms", ", ".join(platforms[key].name for key in one.key)),
            ("Networks to be found on", ", ".join(one.must)),
            ("Networks that earn credit", ", ".join(one.good)),
            ("Weights", ", ".join(f"{_word(tactic)} {weight:g}" for tactic, weight in one.weights.items())),
        ],
    )


def scores() -> str:
    parts = [
        "# The numbers of the score",
        f"Rules {tables.RULESET}, formulas {tables.ALGORITHM}; stored with every score.",
        f"What they mean: [How scores are made](../how-scores-are-made.md). {WRITTEN}",
    ]
    for name, title in LISTED.items():
        rows = [(_word(key), f"{value:g}") for key, value in getattr(tables, name).items()]
        parts += [f"## {title}", table(("", ""), rows)]
    parts += ["## Limits and shares", table(("name", "value", "meaning"), list(_single_numbers()))]
    return "\n\n".join(parts) + "\n"


def _single_numbers() -> Iterator[tuple[str, ...]]:
    """The plain numbers, each with the sentence that stands below it in the code."""
    text = Path(tables.__file__).read_text(encoding="utf-8")
    for found in re.finditer(r'^([A-Z_]+(?:, [A-Z_]+)*) = ([^\n]+)\n"""(.+?)"""', text, re.MULTILINE | re.DOTALL):
        if found[1] not in ("ALGORITHM", "RULESET"):
            yield found[1].replace("_", " ").lower(), f"`{found[2]}`", _cell(found[3])


def _word(key: object) -> str:
    return str(key.value) if isinstance(key, Enum) else str(key)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
