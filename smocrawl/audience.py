"""Audience profiles: which platforms, networks and tactics matter to the people a site is for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from difflib import get_close_matches
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from smocrawl.checks.base import Audience, Suppression, Tactic
from smocrawl.checks.thresholds import Range, Threshold, all_thresholds
from smocrawl.page import Kind

DEFAULT = "general"
FOLDER = "audiences"


class AudienceError(ValueError):
    """A profile cannot be used; the text names the file, the line, the key and what would be right."""


def names() -> tuple[str, ...]:
    """The profiles that come with the package."""
    folder = resources.files("smocrawl").joinpath(FOLDER)
    return tuple(sorted(file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml")))


def load(name_or_path: str = DEFAULT) -> Audience:
    """One of :func:`names`, or a client's own TOML file."""
    if name_or_path.endswith(".toml"):
        return _from_file(Path(name_or_path))
    if name_or_path not in names():
        raise AudienceError(
            f"There is no audience {name_or_path!r}. Known: {', '.join(names())}; or name a .toml file."
        )
    return _builtin(name_or_path)


@cache
def _builtin(name: str) -> Audience:
    file = resources.files("smocrawl").joinpath(FOLDER, f"{name}.toml")
    return read(file.read_text(encoding="utf-8"), id=name, origin=f"{name}.toml")


def _from_file(path: Path) -> Audience:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise AudienceError(f"{path} cannot be read: {error}") from error
    return read(text, id=path.stem, origin=str(path))


def read(text: str, *, id: str, origin: str) -> Audience:
    """The profile written in *text*; a key ``base`` names the profile that it changes."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise AudienceError(f"{origin}: {error}") from error
    source = _Source(text, origin)
    base = said.pop("base", None)
    if base is not None and base not in names():
        raise source.wrong("base", f"{base!r} is no profile; known are {', '.join(names())}")
    facts = _facts_of(_builtin(base)) if base else {}
    for key, value in said.items():
        if key not in READERS:
            raise source.wrong(key, f"is unknown; known are {', '.join(sorted(READERS))}")
        facts[key] = READERS[key](source, key, value)
    if "weights" not in facts:
        facts["weights"] = _builtin(DEFAULT).weights
    return Audience(id=id, base=base or (id if id in names() else DEFAULT), **{"label": id, **facts})


def _facts_of(audience: Audience) -> dict[str, Any]:
    return {key: getattr(audience, key) for key in READERS if key != "label"}


class _Source:
    """The text of a profile, for messages that point at a line."""

    def __init__(self, text: str, origin: str) -> None:
        self.lines = text.splitlines()
        self.origin = origin

    def wrong(self, key: str, what: str) -> AudienceError:
        begins = re.compile(rf'\s*\[*"?{re.escape(key)}"?\s*[\].=]')
        line = next((number for number, line in enumerate(self.lines, 1) if begins.match(line)), None)
        if line is None:
            # A value: the id of a check behind check = …
            held = re.compile(rf"=\s*[\"']{re.escape(key)}[\"']")
            line = next((number for number, line in enumerate(self.lines, 1) if held.search(line)), None)
        place = f"{self.origin}:{line}" if line else self.origin
        return AudienceError(f"{place}: {key} {what}.")


Reader = Callable[[_Source, str, Any], Any]


def _text(source: _Source, key: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise source.wrong(key, f"must be a text, not {value!r}")
    return value.strip()


def _texts(source: _Source, key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise source.wrong(key, f'must be a list of names such as ["facebook", "x"], not {value!r}')
    return tuple(one.strip().lower() for one in value)


def _number(least: int) -> Reader:
    def read_number(source: _Source, key: str, value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise source.wrong(key, f"must be a whole number from {least}, not {value!r}")
        return value

    return read_number


def _months(source: _Source, key: str, value: Any) -> int | None:
    return _number(0)(source, key, value) or None


def _weights(source: _Source, key: str, value: Any) -> Mapping[str, float]:
    tactics = [tactic.value for tactic in Tactic]
    if not isinstance(value, dict):
        raise source.wrong(key, f"must be a table of {tactics[0]} to {tactics[-1]}")
    for tactic, weight in value.items():
        if tactic not in tactics:
            raise source.wrong(tactic, f"is no tactic; the tactics are {', '.join(tactics)}")
        if not isinstance(weight, int | float) or isinstance(weight, bool) or not 0 <= weight <= 100:
            raise source.wrong(tactic, f"must be a number from 0 to 100, not {weight!r}")
    if missing := [tactic for tactic in tactics if tactic not in value]:
        raise source.wrong(key, f"lacks {', '.join(missing)}")
    if not any(value.values()):
        raise source.wrong(key, "must hold at least one weight above 0")
    return {tactic: float(value[tactic]) for tactic in tactics}


def _suppressions(source: _Source, key: str, value: Any) -> tuple[Suppression, ...]:
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise source.wrong(key, "must be written as [[suppress]] tables with check, url, kind and why")
    return tuple(_suppression(source, one) for one in value)


def _suppression(source: _Source, said: Mapping[str, Any]) -> Suppression:
    for name in said:
        if name not in ("check", "url", "kind", "why"):
            raise source.wrong(name, "is unknown in [[suppress]]; known are check, url, kind, why")
    if "check" not in said:
        raise source.wrong("suppress", "lacks check, the id of the check whose findings are accepted")
    texts = {name: _text(source, name, value) for name, value in said.items()}
    try:
        re.compile(texts.get("url", ""))
    except re.error as error:
        raise source.wrong("url", f"is no regular expression: {error}") from error
    try:
        kind = Kind(texts.pop("kind")) if "kind" in texts else None
    except ValueError as error:
        raise source.wrong("kind", f"must be one of {', '.join(Kind)}") from error
    return Suppression(kind=kind, **texts)


def _thresholds(source: _Source, key: str, value: Any) -> Mapping[str, Threshold]:
    """Numbers of page checks; those of the whole site, ``check-id.limit``, are told apart by their dot."""
    if not isinstance(value, dict):
        raise source.wrong(key, "must be a table of names and numbers")
    known = all_thresholds()
    found: dict[str, Threshold] = {}
    for name, said in value.items():
        if name not in known:
            near = get_close_matches(name, known, n=3) or sorted(known)[:3]
            raise source.wrong(name, f"is no threshold; near it are {', '.join(near)}; docs/audiences.md lists all")
        found[name] = _threshold(source, name, said, known[name])
    return found


def _threshold(source: _Source, name: str, said: Any, ours: Threshold) -> Threshold:
    if isinstance(ours, Range):
        if not _are_numbers(said, 4) or not said[2] <= said[0] <= said[1] <= said[3]:
            raise source.wrong(
                name, "must be [good from, good to, fair from, fair to], the good span inside the fair one"
            )
        return Range(*said)
    if isinstance(ours, tuple):
        if not _are_numbers(said, 2):
            raise source.wrong(name, f"must be [width, height] in pixels, not {said!r}")
        return (said[0], said[1])
    if not _are_numbers([said], 1):
        raise source.wrong(name, f"must be a number such as {ours}, not {said!r}")
    return float(said) if isinstance(ours, float) else int(said)


def _are_numbers(said: Any, number: int) -> bool:
    return (
        isinstance(said, list)
        and len(said) == number
        and all(isinstance(one, int | float) and not isinstance(one, bool) and one >= 0 for one in said)
    )


def _limits(source: _Source, key: str, value: Any) -> Mapping[str, Mapping[str, float]]:
    """``[limits.og-title-unique]``; that checks and names exist is seen where the checks are known."""
    if not isinstance(value, dict) or not all(isinstance(one, dict) for one in value.values()):
        raise source.wrong(key, "must be written as tables, [limits.CHECK], of names and numbers")
    for check, numbers in value.items():
        for name, said in numbers.items():
            if not _are_numbers([said], 1):
                raise source.wrong(name, f"of {check} must be a number, not {said!r}")
    return {check: {name: float(said) for name, said in numbers.items()} for check, numbers in value.items()}


def check_names(name_or_path: str, checks: Collection[str], limits: Mapping[str, Collection[str]]) -> None:
    """Refuse a client's file that speaks of *checks* that there are none of, or of other *limits* of site checks."""
    if not name_or_path.endswith(".toml"):
        return
    audience = load(name_or_path)
    source = _Source(Path(name_or_path).read_text(encoding="utf-8"), name_or_path)
    for one in audience.suppress:
        if one.check != "*" and one.check not in checks:
            near = get_close_matches(one.check, checks, n=3)
            hint = f"; near it are {', '.join(near)}" if near else ""
            raise source.wrong(one.check, f"is no check{hint}")
    for check, numbers in audience.limits.items():
        if check not in limits:
            raise source.wrong(f"limits.{check}", "is no check of the whole site")
        for name in numbers:
            if name not in limits[check]:
                known = ", ".join(limits[check]) or "none"
                raise source.wrong(name, f"is no limit of {check}; it has {known}")


READERS: Mapping[str, Reader] = {
    "label": _text,
    "key": _texts,
    "must": _texts,
    "good": _texts,
    "min_profiles": _number(0),
    "feed_age_days": _number(1),
    "cadence_items": _number(0),
    "cadence_gap_days": _number(1),
    "aging_months": _months,
    "weights": _weights,
    "opt_out": _texts,
    "domains": _texts,
    "suppress": _suppressions,
    "thresholds": _thresholds,
    "limits": _limits,
}
"""How each key of a profile is read."""
