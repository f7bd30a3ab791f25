"""Who wants to be told of a crawl, and how: read from settings and environment before anything starts."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from attrs import field, frozen

FORMS = ("smocrawl", "slack", "teams", "discord", "google-chat")
"""What a webhook sends: all that is known as JSON of our own, or a message in the words of a chat."""

SECRETS = ("SMO_WEBHOOK", "SMO_WEBHOOK_SECRET", "SMO_SMTP_USER", "SMO_SMTP_PASSWORD")
"""Read from the environment alone: arguments of a process are seen by every user of the machine.

The address of a webhook is one of them, because that of a chat is all it takes to write there.
"""

SHORTEST_SECRET = 16
"""Characters; the Standard Webhooks specification asks for 24 bytes, which its prefix ``whsec_`` announces."""

ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"\\]{1,64}@[^\s@<>()\[\],;:\"\\]{1,255}")
MOST_RECIPIENTS = 50

SERVER = re.compile(r"(smtps?|smtp\+unencrypted)://(\[[0-9a-fA-F:.]+\]|[\w.-]+)(?::(\d{1,5}))?/?")
PORTS = {"smtps": 465, "smtp": 587, "smtp+unencrypted": 25}
"""Ports of submission (RFC 8314, RFC 6409) and of a relay (RFC 5321)."""


class TellingError(ValueError):
    """A wish cannot be read; the text is the line for the user and holds no secret."""


@frozen(kw_only=True)
class Webhook:
    url: str = field(repr=False)
    form: str
    key: bytes | None = field(default=None, repr=False)
    """None = not signed."""


@frozen(kw_only=True)
class Server:
    """A mail server. scheme: smtps (TLS from the first byte), smtp (STARTTLS, or nothing is sent), smtp+unencrypted."""

    scheme: str
    host: str
    port: int


@frozen(kw_only=True)
class Mail:
    server: Server
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    sender: str
    to: tuple[str, ...]
    attach: bool = False


@frozen(kw_only=True)
class Wishes:
    """Nobody, by default."""

    webhook: Webhook | None = None
    mail: Mail | None = None
    report_url: str = ""
    """Where the folder of the reports is served; empty = it is not."""
    language: str = "en"

    def __bool__(self) -> bool:
        return self.webhook is not None or self.mail is not None


def read_wishes(settings: Mapping[str, Any], environment: Mapping[str, str]) -> Wishes:
    """Wishes of one crawl; :class:`TellingError` names the setting that is wrong."""
    for name in SECRETS:
        if settings.get(name):
            raise TellingError(
                f"{name} is taken from the environment alone, where no other user of this machine sees it."
            )
    url = str(settings.get("SMO_REPORT_URL") or "")
    return Wishes(
        webhook=_webhook(settings, environment),
        mail=_mail(settings, environment),
        report_url=web_address("SMO_REPORT_URL", url) if url else "",
        language=str(settings.get("SMO_LANGUAGE") or "en"),
    )


def _webhook(settings: Mapping[str, Any], environment: Mapping[str, str]) -> Webhook | None:
    form = str(settings.get("SMO_WEBHOOK_FORM") or FORMS[0])
    if form not in FORMS:
        raise TellingError(f"SMO_WEBHOOK_FORM {form!r} is not known; known are {', '.join(FORMS)}.")
    url = environment.get("SMO_WEBHOOK", "").strip()
    secret = environment.get("SMO_WEBHOOK_SECRET", "").strip()
    if not url:
        return None
    return Webhook(url=web_address("SMO_WEBHOOK", url), form=form, key=_key(secret) if secret else None)


def _key(secret: str) -> bytes:
    if secret.startswith("whsec_"):
        try:
            return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
        except binascii.Error:
            raise TellingError("SMO_WEBHOOK_SECRET begins with whsec_, but no base64 follows.") from None
    if len(secret) < SHORTEST_SECRET:
        raise TellingError(f"SMO_WEBHOOK_SECRET is shorter than {SHORTEST_SECRET} characters: it could be guessed.")
    return secret.encode()


def web_address(name: str, text: str) -> str:
    """*text* where it is an http or https address; the message about another shows no more of it than its scheme."""
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    if parts.scheme not in ("http", "https") or not host or not text.isprintable() or " " in text:
        raise TellingError(f"{name} must be an address that begins with https://.")
    if parts.username or parts.password:
        raise TellingError(f"{name} holds a user and a password; no address that is asked may.")
    return text


def mail_addresses(name: str, text: str) -> tuple[str, ...]:
    """``a@example.com,b@example.com``."""
    found = tuple(filter(None, (part.strip() for part in text.split(","))))
    for one in found:
        if not ADDRESS.fullmatch(one):
            raise TellingError(f"{name} {one!r} is no mail address; several are written with commas between them.")
    if not 0 < len(found) <= MOST_RECIPIENTS:
        raise TellingError(f"{name} must name one to {MOST_RECIPIENTS} mail addresses.")
    return found


def mail_server(name: str, text: str) -> Server:
    found = SERVER.fullmatch(text.strip())
    port = int(found[3] or PORTS[found[1]]) if found else 0
    if not found or not 0 < port < 65_536:
        raise TellingError(
            f"{name} must be smtps://mail.example.com (TLS), smtp://mail.example.com:587 (STARTTLS) or"
            " smtp+unencrypted://localhost:25; user and password belong into SMO_SMTP_USER and SMO_SMTP_PASSWORD."
        )
    return Server(scheme=found[1], host=found[2].strip("[]"), port=port)


def _mail(settings: Mapping[str, Any], environment: Mapping[str, str]) -> Mail | None:
    to = str(settings.get("SMO_MAIL_TO") or "")
    if not to:
        return None
    for name in ("SMO_SMTP", "SMO_MAIL_FROM"):
        if not settings.get(name):
            raise TellingError(f"SMO_MAIL_TO is set, so {name} is needed too.")
    server = mail_server("SMO_SMTP", str(settings["SMO_SMTP"]))
    user, password = environment.get("SMO_SMTP_USER", ""), environment.get("SMO_SMTP_PASSWORD", "")
    if user and server.scheme == "smtp+unencrypted":
        raise TellingError(
            "SMO_SMTP_USER is set, but SMO_SMTP is not encrypted: the password would be read on its way."
        )
    return Mail(
        server=server, user=user, password=password,
        sender=mail_addresses("SMO_MAIL_FROM", str(settings["SMO_MAIL_FROM"]))[0],
        to=mail_addresses("SMO_MAIL_TO", to), attach=_is_on(settings.get("SMO_MAIL_ATTACH")),
    )  # fmt: skip


def _is_on(value: Any) -> bool:
    return str(value or "").lower() in ("1", "true", "yes", "on")
