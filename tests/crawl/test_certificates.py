"""A host of the site with a bad certificate is read, without credentials, and said to have one; another host is not read."""

from __future__ import annotations

import datetime as dt
import ipaddress
import ssl
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from running import run
from serving import Site, page

from smocrawl.page import Page
from smocrawl.store.facts import unpack


@pytest.fixture(scope="module")
def self_signed(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


def test_the_sites_own_host_is_read_without_credentials(tmp_path: Path, self_signed: ssl.SSLContext) -> None:
    with Site({"/": page("Home", "/a"), "/a": page("A")}, tls=self_signed) as site:
        ran = run(tmp_path, "smo-crawl", site.url, environment={"SMO_AUTH": "user:very-secret"})
        assert {path for path in site.hits if not path.startswith("/favicon")} >= {"/", "/a"}
        assert not any("Authorization" in headers for _, headers in site.requests)
    assert ran.code in (0, 3), ran.said
    assert "Traceback" not in ran.said
    assert ran.crawled()[f"{site.url}/a"] == (200, None)
    for (facts,) in ran.rows("SELECT facts FROM page"):
        assert "certificate" in (unpack(facts, Page).certificate or "")


def test_the_picture_of_another_host_is_not(tmp_path: Path, self_signed: ssl.SSLContext) -> None:
    with Site({"/x.png": page("no picture")}, tls=self_signed) as other:
        picture = f"{other.url}/x.png"
        with Site({"/": page("Home", head=f'<meta property="og:image" content="{picture}">')}) as site:
            ran = run(tmp_path, "smo-crawl", site.host, environment={"SMO_ALLOW_PRIVATE": other.host})
        assert not other.hits
    assert "Traceback" not in ran.said
    status, error = ran.crawled()[picture]
    assert status is None
    assert error is not None
    assert error.startswith("tls: ")
    assert "certificate" in error
