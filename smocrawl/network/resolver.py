"""Resolves each host once a connection and drops every address that the gate refuses, so that none can be reached."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import Any

from scrapy.crawler import Crawler
from twisted.internet.interfaces import IAddress, IHostnameResolver, IResolutionReceiver
from zope.interface import implementer

from smocrawl.network.gate import Gate

gate = Gate()
"""The gate of this process.  Twisted has one resolver a reactor, so there is one gate as well."""

refused: dict[str, str] = {}
"""Host -> why its addresses were dropped, for the record of the failed request."""


def install_gate(new: Gate) -> None:
    global gate  # noqa: PLW0603 - one reactor, one resolver, one gate
    gate = new
    refused.clear()


@implementer(IResolutionReceiver)
class _Filter:
    """Hands on only addresses that pass."""

    def __init__(self, receiver: Any, host: str, port: int) -> None:
        self.receiver = receiver
        self.host = host
        self.port = port
        self.waiting: list[IAddress] = []
        self.bad = False

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802 - Twisted's name
        self.receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:  # noqa: N802 - Twisted's name
        if gate.passes(self.host, self.port, ipaddress.ip_address(address.host.split("%")[0])):
            self.waiting.append(address)
        else:
            self.bad = True

    def resolutionComplete(self) -> None:  # noqa: N802 - Twisted's name
        # A name with one private answer among public ones is a rebinding try: none of its answers is used.
        if self.bad:
            refused[self.host.lower()] = "private address"
        else:
            for address in self.waiting:
                self.receiver.addressResolved(address)
        self.receiver.resolutionComplete()


@implementer(IHostnameResolver)
class GatedResolver:
    """Scrapy's TWISTED_DNS_RESOLVER: the only place where this process turns names into addresses."""

    def __init__(self, reactor: Any) -> None:
        self.reactor = reactor
        self.original = reactor.nameResolver

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> GatedResolver:
        return cls(reactor)

    def install_on_reactor(self) -> None:
        self.reactor.installNameResolver(self)

    def resolveHostName(  # noqa: N802 - Twisted's name
        self,
        receiver: Any,
        hostName: str,  # noqa: N803 - Twisted's name
        portNumber: int = 0,  # noqa: N803 - Twisted's name
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803 - Twisted's name
        transportSemantics: str = "TCP",  # noqa: N803 - Twisted's name
    ) -> Any:
        return self.original.resolveHostName(
            _Filter(receiver, hostName, portNumber), hostName, portNumber, addressTypes, transportSemantics
        )
