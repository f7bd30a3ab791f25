"""Mails as a mail server takes them."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve
from receiving import MailServer, server_side

from smocrawl.report.message import Message
from smocrawl.telling import Wishes, mail_server, tell
from smocrawl.telling import mail as mailing
from smocrawl.telling.mail import NotMailed, send
from smocrawl.telling.wishes import Mail

LOGIN = ("postman", "hunter2")


def wish(port: int, scheme: str = "smtp+unencrypted", **more) -> Mail:
    server = mail_server("SMO_SMTP", f"{scheme}://127.0.0.1:{port}")
    return Mail(
        **{"server": server, "sender": "smo@agency.example", "to": ("a@client.example", "b@client.example"), **more}
    )


def quickly(mail: Mail, message: Message, language: str = "en") -> str:
    return send(mail, message, language, waits=(0, 0), sleep=lambda seconds: None)


def test_plain_words_html_and_the_report(message: Message) -> None:
    with MailServer() as server:
        quickly(wish(server.port, attach=True), message)
    (mail,) = server.mails
    assert mail["Subject"] == "The Hollow Mill: 73 of 100 for social sharing (+2.9)"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert server.recipients == [["a@client.example", "b@client.example"]]
    plain = mail.get_body(("plain",)).get_content()
    assert "2.9 points more than on 20 October 2026." in plain
    assert "Mended: 13" in plain.splitlines()
    assert "- The share image is a stand-in: 6 pages" in plain.splitlines()
    assert "- and 6 more" in plain.splitlines()
    assert message.report_url in plain
    html = mail.get_body(("html",)).get_content()
    assert f'<a href="{message.report_url}">' in html
    assert "<script" not in html
    (attached,) = mail.iter_attachments()
    assert attached.get_filename() == "hollow-mill.example-2026-11-18.html"
    assert attached.get_content() == (message.report / "index.html").read_text(encoding="utf-8")


def test_in_german(message: Message) -> None:
    with MailServer() as server:
        quickly(wish(server.port), message, "de")
    (mail,) = server.mails
    assert mail["Subject"] == "The Hollow Mill: 73 von 100 fürs Teilen in sozialen Netzen (+2,9)"
    assert "Das Bild zum Teilen ist ein Platzhalter: 6 Seiten" in mail.get_body(("plain",)).get_content()
    assert list(mail.iter_attachments()) == []


@pytest.mark.parametrize(("scheme", "implicit"), [("smtp", False), ("smtps", True)])
def test_encrypted_and_with_a_login(
    message: Message, trusted: Path, monkeypatch: pytest.MonkeyPatch, scheme: str, implicit: bool
) -> None:
    with MailServer(tls=server_side(trusted), implicit=implicit, login=LOGIN) as server:
        known = wish(server.port, scheme, user=LOGIN[0], password=LOGIN[1])
        with pytest.raises(NotMailed, match="its certificate is not trusted"):
            quickly(known, message)
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        with pytest.raises(NotMailed) as told:
            quickly(evolve(known, password="wrong-secret"), message)
        assert "refuses SMO_SMTP_USER and SMO_SMTP_PASSWORD" in str(told.value)
        assert "wrong-secret" not in str(told.value)
        quickly(known, message)
    assert len(server.mails) == 1


def test_a_server_that_wants_a_login_says_so(message: Message, trusted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    with (
        MailServer(tls=server_side(trusted), login=LOGIN) as server,
        pytest.raises(NotMailed, match=r"wants a login \(SMO_SMTP_USER, SMO_SMTP_PASSWORD\)"),
    ):
        quickly(wish(server.port, "smtp"), message)
    assert server.mails == []


def test_a_server_without_starttls_gets_nothing(message: Message) -> None:
    with MailServer() as server, pytest.raises(NotMailed, match=r"offers no STARTTLS; name it as smtps://"):
        quickly(wish(server.port, "smtp"), message)
    assert server.tries == 0


def test_a_recipient_that_is_refused_is_named(message: Message) -> None:
    refuse = lambda address: "550 no such user" if address.startswith("b@") else "250 OK"  # noqa: E731 - a word for an answer
    with MailServer(answer=refuse) as server:
        told, failed = tell(Wishes(mail=wish(server.port)), message)
    assert told == []
    assert failed == ["The mail was not sent: 127.0.0.1 took the mail, but not for b@client.example."]
    assert server.recipients == [["a@client.example"]]


@pytest.mark.parametrize(("answer", "tries"), [("450 later", 3), ("550 never", 1)])
def test_again_only_where_that_may_help(message: Message, answer: str, tries: int) -> None:
    with MailServer(answer=lambda address: answer) as server, pytest.raises(NotMailed, match="refuses a@client"):
        quickly(wish(server.port), message)
    assert server.tries == tries


def test_nobody_there(message: Message) -> None:
    with MailServer() as server:
        port = server.port
    with pytest.raises(NotMailed, match=f"127.0.0.1:{port} did not answer"):
        quickly(wish(port), message)


def test_a_report_that_is_too_large_is_left_out_and_said(message: Message, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailing, "MOST_ATTACHED", 1000)
    with MailServer() as server:
        quickly(wish(server.port, attach=True), evolve(message, report_url=""))
    (mail,) = server.mails
    assert list(mail.iter_attachments()) == []
    assert "too large for a mail" in mail.get_body(("plain",)).get_content()


def test_texts_of_a_hostile_site_stay_texts(message: Message) -> None:
    evil = evolve(
        message, name="x\r\nBcc: z@evil.example\r\n\r\n<script>1</script>", not_seen=("<img src=x onerror=1>",),
    )  # fmt: skip
    with MailServer() as server:
        quickly(wish(server.port), evil)
    (mail,) = server.mails
    assert mail["Bcc"] is None
    assert server.recipients == [["a@client.example", "b@client.example"]]
    html = mail.get_body(("html",)).get_content()
    assert "<img" not in html
    assert "<script" not in html
