"""Failures of the network in one line each: a class of error and its reason, as the record and the user read it."""

from __future__ import annotations

import errno
import os
import re
from typing import Any
from urllib.parse import urlsplit

from scrapy import exceptions
from twisted.internet.error import ConnectError

from smocrawl.network import resolver


def reason_of(error: BaseException, url: str, *, got: int = 0) -> str:
    """``class: reason`` for an exception of the download, of which *got* bytes had come."""
    host = (urlsplit(url).hostname or "").lower()
    if isinstance(error, exceptions.CannotResolveHostError):
        if host in resolver.refused:
            return f"refused: {resolver.refused[host]}"
        return "dns: the name does not resolve"
    if isinstance(error, exceptions.DownloadTimeoutError):
        return f"timeout after {got:,} bytes"
    if isinstance(error, exceptions.DownloadConnectionRefusedError):
        return "connection refused"
    if isinstance(error, exceptions.DownloadCancelledError):
        return "too large"
    if isinstance(error, exceptions.UnsupportedURLSchemeError):
        return "refused: scheme"
    if isinstance(error, exceptions.DownloadFailedError):
        return _failed(error)
    if isinstance(error, ConnectError):
        return _unconnected(error.osError)
    if type(error).__name__ == "TunnelError":
        return "proxy: it opened no tunnel to the host"
    return f"{type(error).__name__}: {one_line(str(error))}".rstrip(": ")


def _unconnected(number: int | None) -> str:
    """Scrapy translates refusals and timeouts alone; the others have the system's *number*."""
    if number == errno.ECONNRESET:
        return "connection lost"
    return f"cannot connect: {os.strerror(number).lower()}" if number else "cannot connect"


TLS = re.compile(r"certificate|ssl|tls|handshake", re.IGNORECASE)


def _failed(error: BaseException) -> str:
    text = _text(error)
    if TLS.search(text):
        return f"tls: {tls_reason(text).removeprefix('ssl: ')}"
    if "lost" in text.lower() or "connection" in text.lower():
        return "connection lost"
    return f"failed: {text}"


CERTIFICATE = {
    "self": "self-signed certificate",
    "expired": "certificate expired",
    "hostname": "certificate for another host",
    "unable to get local issuer": "certificate of an unknown issuer",
    "subjectaltname": "certificate that names no host",
    "verificationerror": "certificate for another host",
    "mismatch": "certificate for another host",
    "verify failed": "certificate cannot be verified",
}


def tls_reason(text: str) -> str:
    lower = text.lower()
    return next((reason for sign, reason in CERTIFICATE.items() if sign in lower), text[:120])


def bad_certificate(error: BaseException) -> str | None:
    """Why the certificate was refused; None where that is not what went wrong."""
    reason = tls_reason(_text(error))
    return reason if reason in CERTIFICATE.values() else None


def _text(error: BaseException) -> str:
    """The message of what lies deepest: Scrapy wraps Twisted's exception, and that one a list of failures."""
    inner: Any = error
    for _ in range(DEEPEST):
        reasons = getattr(inner, "reasons", None)
        below = reasons[0].value if reasons else inner.__cause__
        if below is None:
            break
        inner = below
    messages = inner.args[0] if inner.args else None
    if isinstance(messages, list) and messages and isinstance(messages[0], tuple):
        # OpenSSL: [(library, function, reason)]
        return "ssl: " + one_line("; ".join(str(message[-1]) for message in messages))
    if type(inner).__name__ == "ParseError":
        return "the answer is no HTTP"
    return one_line(str(inner)) or type(inner).__name__


DEEPEST = 6


def one_line(text: str) -> str:
    """Control characters and line breaks out, at most 200 characters: it goes into records, logs and terminals."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", text).strip()[:200]
