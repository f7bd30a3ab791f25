"""A webhook: one POST, signed by the Standard Webhooks specification, through the gate, again where that may help.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import http.client
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from attrs import frozen

from smocrawl.network.gate import Address, Gate, Refused, is_public
from smocrawl.report import safe
from smocrawl.report.message import Message
from smocrawl.spiders.opening import addresses_of
from smocrawl.telling.forms import body_of
from smocrawl.telling.wishes import Webhook

WAITS = (1.0, 5.0, 20.0)
"""Seconds before each further try."""

LONGEST_WAIT = 60.0
"""Seconds that a receiver may ask us to wait (Retry-After); who wants more is told no more."""

PASSES = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers that another try may better."""

SILENCE = 10.0
"""Seconds without a byte after which a connection is given up."""

WHOLE = 20.0
"""Seconds for one try, however the bytes drip."""

Sleep = Callable[[float], object]


class NotTold(Exception):  # noqa: N818 - the state of the message
    """The webhook did not take it; the text names the host alone, the rest of an address may open a door."""


@frozen
class _Answer:
    status: int
    retry_after: str


def signature(key: bytes, id: str, moment: int, body: bytes) -> str:
    """``v1,`` and the base64 of HMAC-SHA256 over ``id.timestamp.body``."""
    digest = hmac.new(key, b".".join((id.encode(), str(moment).encode(), body)), hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def send(
    hook: Webhook, message: Message, language: str, *, waits: Sequence[float] = WAITS, sleep: Sleep = time.sleep
) -> str:
    """Delivers *message*; gives the host that took it.  :class:`NotTold` says why it did not."""
    host = urlsplit(hook.url).netloc
    # The same in every try, so that a receiver that has seen it can drop the second.
    name = f"smo_{message.domain}_{message.run}_{message.event}"
    text = json.dumps(body_of(hook.form, message, name, language), ensure_ascii=False)
    body = safe.mask(safe.clean(text)).encode()
    gate, why = _Gated(hook.url), ""
    for wait in (*waits, None):
        answer: _Answer | None = None
        try:
            answer = _post(gate, hook, name, body)
        except Refused as error:
            raise NotTold(f"{host}: {error}") from None
        except ssl.SSLCertVerificationError as error:
            raise NotTold(f"{host}: its certificate is not trusted ({error.verify_message})") from None
        except (OSError, http.client.HTTPException) as error:
            why = f"{host} did not answer ({str(error) or type(error).__name__})"
        if answer is not None:
            if 200 <= answer.status < 300:
                return host
            why = f"{host} answered {answer.status}"
            if answer.status not in PASSES:
                break
        if wait is None or (pause := _pause(answer, wait)) > LONGEST_WAIT:
            break
        sleep(pause)
    raise NotTold(why)


def _pause(answer: _Answer | None, wait: float) -> float:
    asked = answer.retry_after if answer else ""
    return max(wait, float(asked)) if asked.isdecimal() else wait


class _Gated:
    """Where the operator's address leads, by the rules of the crawl's own gate: what was private from the start, or never."""

    def __init__(self, url: str) -> None:
        self.parts = urlsplit(url)
        self.host = (self.parts.hostname or "").lower()
        self.secure = self.parts.scheme == "https"
        self.port = self.parts.port or (443 if self.secure else 80)
        self.proxy = self._proxy()
        self.gate = Gate(proxied=self.proxy is not None)
        first = frozenset() if self.proxy else addresses_of(self.host)
        self.gate.audited(self.host, self.port, first)
        self.gate.check(url)
        if not self.secure and (self.proxy or any(is_public(one) for one in first)):
            raise Refused("https is needed where others can read on the way")

    def _proxy(self) -> tuple[str, int] | None:
        known = getproxies()
        text = known.get(self.parts.scheme) or known.get("all") or ""
        if not text or proxy_bypass(self.host):
            return None
        parts = urlsplit(text if "://" in text else f"http://{text}")
        return (parts.hostname or "", parts.port or 80)

    def address(self) -> Address:
        """One that may be connected to, looked up anew: a name that has turned to a private address since is refused."""
        found = addresses_of(self.host)
        if not found:
            raise OSError("no such host")
        passing = [one for one in found if self.gate.passes(self.host, self.port, one)]
        if not passing:
            raise Refused("private address")
        return min(passing, key=lambda one: (one.version, one))

    def connection(self) -> http.client.HTTPConnection:
        """Not connected yet.  A certificate must be the host's, whatever address is connected to."""
        kind = http.client.HTTPSConnection if self.secure else http.client.HTTPConnection
        if self.proxy:
            through = kind(*self.proxy, timeout=SILENCE)
            if self.secure:
                through.set_tunnel(self.host, self.port)
            return through
        made = kind(self.host, self.port, timeout=SILENCE)
        address = str(self.address())
        # The library has no other place for an address that is not what the host's name would give.
        made._create_connection = lambda _, *rest: socket.create_connection((address, self.port), *rest)  # type: ignore[attr-defined]  # noqa: SLF001
        return made

    @property
    def target(self) -> str:
        path = f"{self.parts.path or '/'}{'?' + self.parts.query if self.parts.query else ''}"
        return f"http://{self.parts.netloc}{path}" if self.proxy and not self.secure else path


def _post(gated: _Gated, hook: Webhook, id: str, body: bytes) -> _Answer:
    moment = int(time.time())
    headers = {
        "Content-Type": "application/json; charset=utf-8", "User-Agent": "smocrawl-webhook/1",
        "webhook-id": id, "webhook-timestamp": str(moment),
        **({"webhook-signature": signature(hook.key, id, moment, body)} if hook.key else {}),
    }  # fmt: skip
    connection = gated.connection()
    with _limited(connection):
        connection.request("POST", gated.target, body, headers)
        response = connection.getresponse()
        return _Answer(response.status, (response.getheader("Retry-After") or "").strip()[:10])


@contextlib.contextmanager
def _limited(connection: http.client.HTTPConnection) -> Iterator[None]:
    """Ends a try after WHOLE seconds: a time-out of the socket alone begins anew with each byte."""

    def end() -> None:
        with contextlib.suppress(OSError, AttributeError):
            connection.sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(WHOLE, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        connection.close()
