"""A name is looked up once a connection, and an address that is not public is never handed on."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from twisted.internet.address import IPv4Address

from smocrawl.network import resolver
from smocrawl.network.gate import Gate

PUBLIC, PRIVATE = "93.184.216.34", "127.0.0.2"


class Answers:
    """A resolver that answers each question with the next list of addresses."""

    def __init__(self, *lists: list[str]) -> None:
        self.lists = list(lists)
        self.asked = 0

    def resolveHostName(self, receiver: Any, name: str, port: int, *others: Any) -> None:  # noqa: N802 - the name that its caller calls
        self.asked += 1
        receiver.resolutionBegan(None)
        for host in self.lists.pop(0):
            receiver.addressResolved(IPv4Address("TCP", host, port))
        receiver.resolutionComplete()


class Receiver:
    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.complete = False

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802 - the name that its caller calls
        """Nothing to keep."""

    def addressResolved(self, address: IPv4Address) -> None:  # noqa: N802 - the name that its caller calls
        assert not self.complete
        self.addresses.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802 - the name that its caller calls
        self.complete = True


@pytest.fixture(autouse=True)
def gate() -> Iterator[Gate]:
    made = Gate()
    resolver.install_gate(made)
    yield made
    resolver.install_gate(Gate())


def resolve(answers: Answers, name: str = "cdn.example.com", port: int = 80) -> list[str]:
    receiver = Receiver()
    resolver.GatedResolver(SimpleNamespace(nameResolver=answers)).resolveHostName(receiver, name, port)
    assert receiver.complete
    return receiver.addresses


def test_public_addresses_are_handed_on() -> None:
    assert resolve(Answers([PUBLIC, "1.1.1.1"])) == [PUBLIC, "1.1.1.1"]


@pytest.mark.parametrize("answer", [[PRIVATE], [PUBLIC, PRIVATE], [PRIVATE, PUBLIC], ["169.254.169.254"]])
def test_a_name_with_a_private_address_has_none(answer: list[str]) -> None:
    assert resolve(Answers(answer)) == []
    assert resolver.refused == {"cdn.example.com": "private address"}


def test_what_was_public_at_the_first_look_is_checked_again_at_the_second() -> None:
    answers = Answers([PUBLIC], [PRIVATE])
    assert resolve(answers) == [PUBLIC]
    assert resolve(answers) == []
    assert answers.asked == 2


def test_the_audited_origin_keeps_the_private_address_that_it_had(gate: Gate) -> None:
    import ipaddress

    gate.audited("shop.test", 8000, frozenset({ipaddress.ip_address(PRIVATE)}))
    assert resolve(Answers([PRIVATE]), "shop.test", 8000) == [PRIVATE]
    assert resolve(Answers(["127.0.0.3"]), "shop.test", 8000) == []
    assert resolve(Answers([PRIVATE]), "shop.test", 8001) == []
