"""``clients.toml`` as a list of clients; whatever is wrong is said with the file, the line, the key and the remedy."""

from __future__ import annotations

import math
import re
import tomllib
import zoneinfo
from collections.abc import Callable, Mapping
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Any

from attrs import frozen

from smocrawl.clients.client import Client, ClientList
from smocrawl.clients.periods import Period, read_period
from smocrawl.clients.places import Places
from smocrawl.report import BrandError, load_brand
from smocrawl.report.language import available
from smocrawl.spiders.options import ArgumentError, read_options
from smocrawl.telling import FORMS, TellingError, mail_addresses, mail_server, web_address

FILE_BYTES = 10_000_000
"""No list that people keep is longer."""

TOP = ("timezone", "jobs", "reports", "defaults", "client")
MOST_JOBS = 64


class ClientsError(ValueError):
    """The list cannot be used; the text is the line for the user."""


@frozen
class Table:
    """One table of the file, for messages that point at a line."""

    file: Path
    places: Places
    name: str
    at: int
    said: Mapping[str, Any]

    def wrong(self, key: str, what: str) -> ClientsError:
        line = self.places.line(self.name, self.at, key) if self.name or key else 0
        place = f"{self.file}:{line}" if line else str(self.file)
        return ClientsError(f"{place}: {key} {what}." if key else f"{place}: {what}.")


def read_clients(file: Path, reports: Path) -> ClientList:
    """The list in *file*; *reports* is the folder of the reports where it names none.  Paths in it are relative to it."""
    text = _text(file)
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ClientsError(f"{file}: {error}") from error
    places = Places(text)
    top = Table(file, places, "", 0, said)
    for key in said:
        if key not in TOP:
            raise top.wrong(key, f"is unknown here; known are {', '.join(TOP)}")
    defaults = Table(file, places, "defaults", 0, _table(top, "defaults"))
    inherited = _read(defaults, without=("domain", "name"))
    folder = _path(top, "reports", said["reports"]) if "reports" in said else reports
    listed = said.get("client", [])
    if not isinstance(listed, list) or not listed or not all(isinstance(one, dict) for one in listed):
        raise top.wrong("client", 'names no site: write [[client]], and domain = "example.com" below it')
    tables = [Table(file, places, "client", at, one) for at, one in enumerate(listed)]
    return ClientList(
        file=file, clients=_apart([_client(table, inherited, folder) for table in tables], tables), zone=_zone(top),
        jobs=_whole(1, MOST_JOBS)(top, "jobs", said.get("jobs", 2)), reports=folder,
        language=inherited.get("language", ""), brand=inherited.get("brand", ""),
    )  # fmt: skip


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > FILE_BYTES:
            raise ClientsError(f"{file} is longer than {FILE_BYTES:,} bytes: no list of clients.")
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ClientsError(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise ClientsError(f"{file} is not written in UTF-8: {error}.") from error


def _client(table: Table, inherited: Mapping[str, Any], reports: Path) -> Client:
    own = _read(table)
    if "domain" not in own:
        raise table.wrong("", 'this client has no domain: domain = "example.com"')
    values = {
        **inherited,
        **own,
        **{key: {**inherited.get(key, {}), **own.get(key, {})} for key in ("options", "settings")},
    }
    if "webhook" in own or "webhook_env" in own:  # its own address, however the default was given
        values |= {"webhook": own.get("webhook", ""), "webhook_env": own.get("webhook_env", "")}
    arguments = {**values["options"], **({"audience": values["audience"]} if "audience" in values else {})}
    try:
        options = read_options({"domain": values["domain"], **arguments})
    except ArgumentError as error:
        raise table.wrong(_culprit(str(error), arguments), f"cannot be used: {str(error).rstrip('.')}") from error
    return Client(
        domain=values["domain"], name=values.get("name", options.folder), folder=options.folder,
        reports=values.get("reports", reports), period=values.get("period") or read_period("weekly"),
        line=table.places.line("client", table.at), paused=values.get("paused", False), hours=values.get("hours", 24.0),
        arguments=arguments, settings=_settings(values),
        **{key: values.get(key, "") for key in ("auth_env", "webhook", "webhook_env", "webhook_secret_env")},
    )  # fmt: skip


def _culprit(error: str, arguments: Mapping[str, str]) -> str:
    return next((name for name in arguments if f"-a {name}=" in error or f"argument {name!r}" in error), "domain")


def _settings(values: Mapping[str, Any]) -> Mapping[str, str]:
    named = {setting: values[key] for key, setting in SETTINGS.items() if key in values}
    return {**values["settings"], **{name: str(value) for name, value in named.items()}}


def _apart(clients: list[Client], tables: list[Table]) -> tuple[Client, ...]:
    """No two clients in one folder: they would share a store, and each crawl would call the other's pages gone."""
    known: dict[Path, Client] = {}
    for client, table in zip(clients, tables, strict=True):
        other = known.setdefault(client.home.absolute(), client)
        if other is not client:
            raise table.wrong(
                "domain", f"{client.domain!r} has the same folder as the client of line {other.line} ({other.domain}):"
                f" {client.home}. Give one of them a folder of its own by reports",
            )  # fmt: skip
    return tuple(clients)


def _zone(top: Table) -> tzinfo:
    name = _string(top, "timezone", top.said.get("timezone", "UTC"))
    if name == "UTC":
        return UTC  # without a look into the system's tables, which a slim container lacks
    try:
        return zoneinfo.ZoneInfo(name)
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        raise top.wrong("timezone", f"{name!r} is not known; write it as Europe/Berlin") from None


# -- one table ------------------------------------------------------------------------------------------


def _read(table: Table, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """The values of *table*, each by its reader."""
    found: dict[str, Any] = {"options": {}, "settings": {}}
    for key, value in table.said.items():
        if key not in READERS or key in without:
            known = ", ".join(name for name in READERS if name not in without)
            raise table.wrong(key, f"is unknown here; known are {known}")
        found[key] = READERS[key](table, key, value)
    return found


def _table(table: Table, key: str) -> Mapping[str, Any]:
    value = table.said.get(key, {})
    if not isinstance(value, dict):
        raise table.wrong(key, f"must be a table: [{key}]")
    return value


def _string(table: Table, key: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise table.wrong(key, f"must be a text in one line, not {value!r}")
    return value.strip()


def _truth(table: Table, key: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise table.wrong(key, f"must be true or false, not {value!r}")
    return value


def _whole(least: int, most: int) -> Callable[[Table, str, Any], int]:
    def read(table: Table, key: str, value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise table.wrong(key, f"must be a whole number from {least} to {most}, not {value!r}")
        return value

    return read


def _hours(table: Table, key: str, value: Any) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value) or value <= 0:
        raise table.wrong(key, f"must be a number of hours, not {value!r}")
    return float(value)


def _period(table: Table, key: str, value: Any) -> Period:
    try:
        return read_period(_string(table, key, value))
    except ValueError as error:
        raise table.wrong(key, str(error)) from error


def _path(table: Table, key: str, value: Any) -> Path:
    return table.file.parent / Path(_string(table, key, value)).expanduser()


def _brand(table: Table, key: str, value: Any) -> str:
    path = _path(table, key, value)
    try:
        load_brand(path)
    except BrandError as error:
        raise table.wrong(key, f"cannot be used: {str(error).rstrip('.')}") from error
    return str(path.absolute())


def _language(table: Table, key: str, value: Any) -> str:
    if value not in available():
        raise table.wrong(key, f"{value!r} is not there; known are {', '.join(available())}")
    return str(value)


def _audience(table: Table, key: str, value: Any) -> str:
    text = _string(table, key, value)
    return str(_path(table, key, text).absolute()) if text.endswith(".toml") else text


def _environment_name(table: Table, key: str, value: Any) -> str:
    name = _string(table, key, value)
    if not re.fullmatch(r"[A-Z][A-Z0-9_]*", name):
        raise table.wrong(
            key, "must be the name of an environment variable, such as ACME_WEBHOOK, never the secret itself"
        )
    return name


def _told_by(check: Callable[[str, str], object]) -> Callable[[Table, str, Any], str]:
    """A text that *check* of the telling accepts; a list is joined by commas."""

    def read(table: Table, key: str, value: Any) -> str:
        text = ",".join(_string(table, key, one) for one in (value if isinstance(value, list) else [value]))
        try:
            check(key, text)
        except TellingError as error:
            raise table.wrong(key, str(error).removeprefix(f"{key} ").rstrip(".")) from error
        return text

    return read


def _form(table: Table, key: str, value: Any) -> str:
    if value not in FORMS:
        raise table.wrong(key, f"{value!r} is not known; known are {', '.join(FORMS)}")
    return str(value)


def _options(table: Table, key: str, value: Any) -> dict[str, str]:
    """Arguments of the crawl; a list becomes what ``-a`` wants, paths are those of the list's folder."""
    if not isinstance(value, dict):
        raise table.wrong(key, "must be a table such as { max_pages = 500 }")
    found = {}
    for name, one in value.items():
        if name in TOLD_ELSEWHERE or name.startswith("_"):
            raise table.wrong(
                name, "is a key of the client itself, no option" if name in TOLD_ELSEWHERE else "is no option"
            )
        text = ",".join(map(str, one)) if isinstance(one, list) else _plain(table, name, one)
        found[name] = str(_path(table, name, text).absolute()) if name in PATHS else text
    return found


TOLD_ELSEWHERE = ("domain", "audience")
PATHS = ("urls", "site")
"""Options that name a file or folder."""


def _plain(table: Table, key: str, value: Any) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, str | int | float):
        return str(value)
    raise table.wrong(key, f"must be a text, a number, or true or false, not {value!r}")


def _more_settings(table: Table, key: str, value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise table.wrong(key, "must be a table such as { CONCURRENT_REQUESTS_PER_DOMAIN = 4 }")
    for name in value:
        if name in KEYS_OF:
            raise table.wrong(name, f"is not set here: {KEYS_OF[name]}")
        if not re.fullmatch(r"[A-Z][A-Z0-9_]*", name):
            raise table.wrong(name, "is no setting: names such as DOWNLOAD_DELAY are wanted")
    return {name: _plain(table, name, one) for name, one in value.items()}


SETTINGS = {
    "language": "SMO_LANGUAGE", "brand": "SMO_BRAND", "report_url": "SMO_REPORT_URL", "webhook_form": "SMO_WEBHOOK_FORM",
    "mail": "SMO_MAIL_TO", "mail_from": "SMO_MAIL_FROM", "mail_attach": "SMO_MAIL_ATTACH", "smtp": "SMO_SMTP",
}  # fmt: skip
"""Keys that are settings by another name."""

KEYS_OF = {
    **{setting: f"use the key {key}" for key, setting in SETTINGS.items()},
    "SMO_REPORTS": "use the key reports",
    "SMO_STORE": "the store lies in the client's folder below reports",
    "SMO_AUTH": "use auth_env with the name of an environment variable",
    "SMO_WEBHOOK": "use webhook or webhook_env",
    "SMO_WEBHOOK_SECRET": "use webhook_secret_env with the name of an environment variable",
    "SMO_SMTP_USER": "it is read from the environment alone",
    "SMO_SMTP_PASSWORD": "it is read from the environment alone",
    "SMO_TELL": "leave out webhook and mail",
}

READERS: Mapping[str, Callable[[Table, str, Any], Any]] = {
    "domain": _string,
    "name": _string,
    "period": _period,
    "paused": _truth,
    "hours": _hours,
    "audience": _audience,
    "language": _language,
    "brand": _brand,
    "reports": _path,
    "options": _options,
    "settings": _more_settings,
    "auth_env": _environment_name,
    "webhook": _told_by(web_address),
    "webhook_env": _environment_name,
    "webhook_form": _form,
    "webhook_secret_env": _environment_name,
    "mail": _told_by(mail_addresses),
    "mail_from": _told_by(mail_addresses),
    "mail_attach": _truth,
    "smtp": _told_by(mail_server),
    "report_url": _told_by(web_address),
}
