"""Where a crawl may go, and where never, in all the spellings that pages have tried."""

from __future__ import annotations

import ipaddress

import pytest

from smocrawl.network.gate import Gate, Refused, as_address, is_public

REFUSED = {
    "file:///etc/passwd": "scheme file",
    "ftp://example.com/": "scheme ftp",
    "http://user:secret@example.com/": "credentials",
    "http://localhost/": "private name",
    "http://printer/": "private name",
    "http://nas.local/": "private name",
    "http://wiki.internal/": "private name",
    "http://127.0.0.1/": "private address",
    "http://2130706433/": "private address",
    "http://0x7f000001/": "private address",
    "http://0177.0.0.1/": "private address",
    "http://127.1/": "private address",
    "http://0/": "private address",
    "http://[::1]/": "private address",
    "http://[::ffff:127.0.0.1]/": "private address",
    "http://[64:ff9b::7f00:1]/": "private address",
    "http://10.1.2.3/": "private address",
    "http://169.254.169.254/latest/meta-data/": "private address",
    "http://example.com:8080/": "port 8080",
    "http://example.com:99999/": "no valid URL",
    "http:///nothing": "no host",
    "http://%31%32%37.0.0.1/": "no valid host",
    "http://a b.example/": "no valid host",
}


@pytest.mark.parametrize(("url", "reason"), REFUSED.items())
def test_refused_by_its_spelling(url: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        Gate().check(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/",
        "https://xn--bcher-kva.example/",
        "http://my_shop.example.com/",
        "http://example.com:443/x",
        "https://93.184.216.34/",
    ],
)
def test_the_public_web_passes(url: str) -> None:
    Gate().check(url)


def test_the_audited_origin_passes_with_its_own_port_alone() -> None:
    gate = Gate()
    home = ipaddress.ip_address("127.0.0.1")
    gate.audited("127.0.0.1", 8000, frozenset({home}))
    gate.check("http://127.0.0.1:8000/page")
    assert gate.passes("127.0.0.1", 8000, home)
    with pytest.raises(Refused):
        gate.check("http://127.0.0.1:8001/")
    assert not gate.passes("127.0.0.1", 8001, home)


def test_a_public_origin_that_later_resolves_to_a_private_address_is_refused() -> None:
    gate = Gate()
    gate.audited("shop.example.com", 443, frozenset({ipaddress.ip_address("93.184.216.34")}))
    assert gate.passes("shop.example.com", 443, ipaddress.ip_address("93.184.216.34"))
    assert not gate.passes("shop.example.com", 443, ipaddress.ip_address("10.0.0.7"))


def test_what_the_user_names_passes_by_host_and_port() -> None:
    gate = Gate(frozenset({("10.0.0.7", 8080)}))
    gate.check("http://10.0.0.7:8080/")
    assert gate.passes("10.0.0.7", 8080, ipaddress.ip_address("10.0.0.7"))
    with pytest.raises(Refused):
        gate.check("http://10.0.0.7/")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("0x7f.1", "127.0.0.1"),
        ("017700000001", "127.0.0.1"),
        ("1.2.3", "1.2.0.3"),
        ("example.com", None),
        ("999.1.1.1", None),
    ],
)
def test_addresses_in_every_spelling(text: str, address: str | None) -> None:
    assert as_address(text) == (ipaddress.ip_address(address) if address else None)


@pytest.mark.parametrize("text", ["224.0.0.1", "100.64.0.1", "fc00::1", "fe80::1", "2002:7f00:1::", "240.0.0.1", "::"])
def test_not_public(text: str) -> None:
    assert not is_public(ipaddress.ip_address(text))
