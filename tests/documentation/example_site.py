"""example.com as the documentation means it: a small site behind a proxy on loopback, with a certificate for its name."""

from __future__ import annotations

import datetime as dt
import io
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from PIL import Image

HOST = "example.com"
ORIGIN = f"https://{HOST}"
WORDS = "Plain words about bread and how it is baked, so that a reader finds something to read here. " * 12


def article(
    path: str, title: str, *, description: str | None = "How bread is baked in a small oven, step by step."
) -> str:
    tag = f'<meta property="og:description" content="{description}">' if description else ""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<link rel="canonical" href="{ORIGIN}{path}"><meta property="og:title" content="{title}">{tag}'
        f'<meta property="og:url" content="{ORIGIN}{path}"><meta property="og:image" content="{ORIGIN}/bread.png">'
        '<meta name="viewport" content="width=device-width"></head>'
        f'<body><header><nav><a href="/">Home</a> <a href="/article">Bread</a> <a href="/rye">Rye</a></nav></header>'
        f"<main><article><h1>{title}</h1><p>{WORDS}</p></article></main></body></html>"
    )


def picture() -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (1200, 630), (180, 120, 60)).save(held, "PNG")
    return held.getvalue()


class ExampleSite:
    """A context manager; :attr:`environment` leads any command's requests to it."""

    def __init__(self, folder: Path) -> None:
        self.pages: dict[str, tuple[str, bytes]] = {"/bread.png": ("image/png", picture())}
        for path, title in (("/", "The bread oven"), ("/article", "White bread"), ("/rye", "Rye bread")):
            self.put(path, article(path, title))
        authority, chain = certificates(folder)
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(chain)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self.server.daemon_threads = True
        self.server.site = self  # type: ignore[attr-defined]  # an attribute of our own
        proxy = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.environment = {"http_proxy": proxy, "https_proxy": proxy, "SSL_CERT_FILE": str(authority)}

    def put(self, path: str, html: str) -> None:
        self.pages[path] = ("text/html; charset=utf-8", html.encode())

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *fault: object) -> None:
        self.server.shutdown()
        self.server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_CONNECT(self) -> None:
        self.send_response_only(200)
        self.end_headers()
        try:
            self.connection = self.server.site.tls.wrap_socket(self.connection, server_side=True)  # type: ignore[attr-defined]  # an attribute of our own
        except ssl.SSLError:  # another host's name: the client does not believe the certificate
            return
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", buffering=0)
        self.close_connection = False

    def do_GET(self) -> None:
        path = self.path.removeprefix(f"http://{HOST}").removeprefix(f"http://www.{HOST}") or "/"
        kind, body = self.server.site.pages.get(path, (None, b"<title>Not found</title>"))  # type: ignore[attr-defined]  # an attribute of our own
        self.send_response(200 if kind else 404)
        self.send_header("Content-Type", kind or "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def finish(self) -> None:
        super().finish()
        # Inside a tunnel this is another socket than the one that the server closes.
        self.connection.close()

    def log_message(self, *arguments: object) -> None:
        """The commands say what matters."""


def certificates(folder: Path) -> tuple[Path, Path]:
    """(the authority to trust, the server's key and certificate), good for two days."""
    now = dt.datetime.now(dt.UTC)
    authority_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))

    def named(name: str, public: ec.EllipticCurvePublicKey, *extensions: x509.ExtensionType) -> x509.Certificate:
        builder = (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
            .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Bread authority")]))
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=1))
            .not_valid_after(now + dt.timedelta(days=1))
        )
        for extension in extensions:
            builder = builder.add_extension(extension, critical=False)
        return builder.sign(authority_key, hashes.SHA256())

    authority = named("Bread authority", authority_key.public_key(), x509.BasicConstraints(ca=True, path_length=None))
    names = x509.SubjectAlternativeName([x509.DNSName(HOST), x509.DNSName(f"www.{HOST}")])
    own = named(HOST, key.public_key(), names)
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    trusted, chain = folder / "authority.pem", folder / "server.pem"
    trusted.write_bytes(authority.public_bytes(pem))
    chain.write_bytes(private + own.public_bytes(pem))
    return trusted, chain
