"""Failures of the network in plain words."""

from __future__ import annotations

import errno

import pytest
from OpenSSL import SSL
from scrapy import exceptions
from twisted.internet.error import ConnectError, ConnectionLost, NoRouteError
from twisted.python.failure import Failure
from twisted.web._newclient import ParseError, ResponseNeverReceived

from smocrawl.network.errors import bad_certificate, one_line, reason_of

URL = "https://www.example.com/"


def wrapped(inner: Exception) -> exceptions.DownloadFailedError:
    """As Scrapy hands on what Twisted hands on."""
    error = exceptions.DownloadFailedError("...")
    error.__cause__ = ResponseNeverReceived([Failure(inner)])
    return error


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (exceptions.CannotResolveHostError(), "dns: the name does not resolve"),
        (exceptions.DownloadConnectionRefusedError(), "connection refused"),
        (exceptions.DownloadTimeoutError(), "timeout after 1,024 bytes"),
        (wrapped(ConnectionLost()), "connection lost"),
        (ConnectError(errno.ECONNRESET, "reset"), "connection lost"),
        (NoRouteError(errno.EHOSTUNREACH, "no route"), "cannot connect: no route to host"),
        (ConnectError(), "cannot connect"),
        (wrapped(ParseError("non-integer status code", b"HTTP/9.9 abc")), "failed: the answer is no HTTP"),
        (wrapped(SSL.Error([("SSL routines", "", "wrong version number")])), "tls: wrong version number"),
        (
            wrapped(SSL.Error([("SSL routines", "", "certificate verify failed")])),
            "tls: certificate cannot be verified",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_one_reason_each(error: Exception, reason: str) -> None:
    assert reason_of(error, URL, got=1024) == reason


def test_only_a_certificate_is_a_certificate() -> None:
    assert bad_certificate(wrapped(SSL.Error([("SSL routines", "", "certificate verify failed")])))
    assert bad_certificate(wrapped(SSL.Error([("SSL routines", "", "wrong version number")]))) is None
    assert bad_certificate(wrapped(ConnectionLost())) is None


def test_a_reason_is_one_plain_line() -> None:
    assert one_line("a\x1b[31m\nb\u2028c") == "a [31m b c"
    assert len(one_line("x" * 1_000)) == 200
