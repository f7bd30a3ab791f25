"""Plays every host but the audited one: a proxy on loopback that answers for all of them itself."""

from __future__ import annotations

import datetime as dt
import ssl
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PAGE = "<!doctype html><html lang='en'><title>{title}</title><body><h1>{title}</h1><p>{words}</p></body></html>"


class OtherHosts:
    """A context manager; *environment* lets a command ask it for everything that is not on loopback.

    *answers*: by host and path, (status, words of the page); what is not named is a page that is there.
    """

    def __init__(self, folder: Path, answers: Mapping[str, tuple[int, str]] | None = None) -> None:
        self.answers = dict(answers or {})
        self.folder = folder
        self.asked: list[str] = []
        self._keys = _Keys(folder)

    def __enter__(self) -> Self:
        hosts = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            host = ""

            def do_CONNECT(self) -> None:
                self.send_response(200)
                self.end_headers()
                self.host = self.path.partition(":")[0]
                # Behind the tunnel the same handler goes on, now under TLS.
                self.connection = self.request = hosts._keys.context(self.host).wrap_socket(
                    self.connection, server_side=True
                )
                self.rfile = self.connection.makefile("rb")
                self.wfile = self.connection.makefile("wb", 0)
                self.close_connection = False

            def do_GET(self) -> None:
                status, body = hosts.answer(self.path if "://" in self.path else f"https://{self.host}{self.path}")
                self.send_response(status)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command == "GET":
                    self.wfile.write(body)

            def do_HEAD(self) -> None:
                self.do_GET()

            def finish(self) -> None:
                super().finish()
                # The server closes the socket that it handed over, and under TLS this is another one.
                self.rfile.close()
                self.wfile.close()
                self.connection.close()

            def log_message(self, *arguments: object) -> None:
                """The test says what matters."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._http.server_close()

    def answer(self, url: str) -> tuple[int, bytes]:
        self.asked.append(url)
        address = url.split("://", 1)[1]
        if address.endswith("/robots.txt"):
            return 404, b""
        status, words = self.answers.get(address, (200, "A page that is there."))
        return status, PAGE.format(title="Elsewhere", words=words).encode()

    @property
    def environment(self) -> dict[str, str]:
        proxy = f"http://127.0.0.1:{self._http.server_address[1]}"
        return {
            "http_proxy": proxy, "https_proxy": proxy, "no_proxy": "127.0.0.1", "SSL_CERT_FILE": str(self._keys.root),
        }  # fmt: skip


class _Keys:
    """A certificate authority of an afternoon, and a certificate for each host that is asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.root = folder, folder / "root.pem"
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Other hosts")])
        self._lock = threading.Lock()
        self._contexts: dict[str, ssl.SSLContext] = {}
        basic = x509.BasicConstraints(ca=True, path_length=0)
        signed = self._signed(self._name, self._key, basic)
        self.root.write_bytes(signed)

    def context(self, host: str) -> ssl.SSLContext:
        with self._lock:
            if host not in self._contexts:
                self._contexts[host] = self._made(host)
            return self._contexts[host]

    def _made(self, host: str) -> ssl.SSLContext:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host[:60])])
        signed = self._signed(name, key, x509.SubjectAlternativeName([x509.DNSName(host)]))
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        file = self.folder / f"{host}.pem"
        file.write_bytes(private + signed)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    def _signed(self, name: x509.Name, key: ec.EllipticCurvePrivateKey, extension: x509.ExtensionType) -> bytes:
        now = dt.datetime.now(dt.UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=1))
            .not_valid_after(now + dt.timedelta(days=1))
            .add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
            .sign(self._key, hashes.SHA256())
        )
        return certificate.public_bytes(serialization.Encoding.PEM)
