"""A mail with the summary in plain words and as HTML, the report attached or linked."""

from __future__ import annotations

import smtplib
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path

from smocrawl.report.language import load
from smocrawl.report.message import Message
from smocrawl.report.message_words import html, lines, subject
from smocrawl.telling.wishes import Mail, Server

WAITS = (2.0, 10.0)
"""Seconds before each further try; what the server refuses for good (5xx) is not tried again."""

SILENCE = 20.0
"""Seconds without an answer after which a connection is given up."""

MOST_ATTACHED = 10_000_000
"""Bytes of a report that is attached: many servers take mails of 20 to 25 MB, and base64 makes it a third larger."""

Sleep = Callable[[float], object]


class NotMailed(Exception):  # noqa: N818 - the state of the mail
    """It did not leave; the text names the server, never a password."""


def compose_mail(mail: Mail, message: Message, language: str) -> EmailMessage:
    """The mail as it is sent."""
    said = load(language)
    made = EmailMessage()
    made["Subject"] = subject(message, said)
    made["From"] = _address(mail.sender)
    made["To"] = [_address(one) for one in mail.to]
    made["Date"] = formatdate(usegmt=True)
    made["Message-ID"] = make_msgid(domain=mail.sender.rpartition("@")[2])
    made["Auto-Submitted"] = "auto-generated"  # RFC 3834: no answer of an absent person comes back
    report = _attachable(message) if mail.attach else None
    too_large = mail.attach and message.report is not None and report is None
    made.set_content("\n".join(lines(message, said, attached=report is not None, too_large=too_large)) + "\n")
    made.add_alternative(html(message, said, attached=report is not None, too_large=too_large), subtype="html")
    if report is not None:
        name = f"{message.domain}-{message.started:%Y-%m-%d}{report.suffix}"
        if report.suffix == ".pdf":
            made.add_attachment(report.read_bytes(), maintype="application", subtype="pdf", filename=name)
        else:  # as bytes: text would have its line ends changed on the way
            letters = {"charset": "utf-8"}
            made.add_attachment(report.read_bytes(), maintype="text", subtype="html", params=letters, filename=name)
    return made


def _address(text: str) -> Address:
    user, _, domain = text.rpartition("@")
    return Address(username=user, domain=domain)


def _attachable(message: Message) -> Path | None:
    """The report as PDF where it was printed, else its page where that is whole without the folder beside it."""
    if message.report is None:
        return None
    page, paper = message.report / "index.html", message.report / "report.pdf"
    for file in (paper, page):
        if (
            file.is_file()
            and file.stat().st_size <= MOST_ATTACHED
            and (file is paper or not (message.report / "data").is_dir())
        ):
            return file
    return None


def send(
    mail: Mail, message: Message, language: str, *, waits: Sequence[float] = WAITS, sleep: Sleep = time.sleep
) -> str:
    """Sends it; gives the server that took it.  :class:`NotMailed` says why it did not."""
    server, made, why = mail.server, compose_mail(mail, message, language), ""
    for wait in (*waits, None):
        try:
            return _hand_over(mail, made)
        except smtplib.SMTPAuthenticationError:
            raise NotMailed(f"{server.host} refuses SMO_SMTP_USER and SMO_SMTP_PASSWORD") from None
        except smtplib.SMTPNotSupportedError as error:
            raise NotMailed(f"{server.host}: {_unsupported(error)}") from None
        except smtplib.SMTPRecipientsRefused as error:
            codes = {code for code, _ in error.recipients.values()}
            why = f"{server.host} refuses {', '.join(sorted(error.recipients))}"
            if all(code >= 500 for code in codes):
                break
        except smtplib.SMTPResponseException as error:
            why = f"{server.host} {_answered(error.smtp_code)}"
            if error.smtp_code >= 500:
                break
        except ssl.SSLCertVerificationError as error:
            raise NotMailed(f"{server.host}: its certificate is not trusted ({error.verify_message})") from None
        except (OSError, smtplib.SMTPException) as error:
            why = f"{server.host}:{server.port} did not answer ({_reason(error)})"
        if wait is not None:
            sleep(wait)
    raise NotMailed(why)


WANTS_LOGIN = 530
"""Answer of a server that takes nothing from strangers (RFC 4954, section 6)."""


def _answered(code: int) -> str:
    known = code == WANTS_LOGIN
    return "wants a login (SMO_SMTP_USER, SMO_SMTP_PASSWORD)" if known else f"answered {code}"


def _unsupported(error: smtplib.SMTPNotSupportedError) -> str:
    said = str(error).rstrip(".")
    if "STARTTLS" not in said:
        return said
    return "it offers no STARTTLS; name it as smtps://…, or a relay on this machine as smtp+unencrypted://…"


def _reason(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def _hand_over(mail: Mail, made: EmailMessage) -> str:
    with _connected(mail.server) as connection:
        if mail.user:
            connection.login(mail.user, mail.password)
        refused = connection.send_message(made, mail.sender, list(mail.to))
    if refused:
        raise NotMailed(f"{mail.server.host} took the mail, but not for {', '.join(sorted(refused))}")
    return mail.server.host


def _connected(server: Server) -> smtplib.SMTP:
    name = "localhost" if _is_local(server.host) else ""  # our own name, which a look-up can be slow to find
    if server.scheme == "smtps":
        return smtplib.SMTP_SSL(
            server.host, server.port, name or None, timeout=SILENCE, context=ssl.create_default_context()
        )
    connection = smtplib.SMTP(server.host, server.port, name or None, timeout=SILENCE)
    if server.scheme == "smtp":
        try:
            connection.starttls(context=ssl.create_default_context())
        except BaseException:
            connection.close()
            raise
    return connection


def _is_local(host: str) -> bool:
    return host in ("localhost", "::1") or host.startswith("127.") or host == socket.gethostname()
