"""Webhooks as a receiver sees them."""

from __future__ import annotations

import base64
import json
import socket
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from receiving import Posted, Receiver, server_side

from smocrawl.network.gate import Refused
from smocrawl.report.message import Message
from smocrawl.telling import FORMS, Wishes, tell, webhook
from smocrawl.telling.forms import body_of
from smocrawl.telling.webhook import NotTold, send
from smocrawl.telling.wishes import Webhook

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
KEY = base64.b64decode(SECRET.removeprefix("whsec_"))


def hook(url: str, form: str = "smocrawl") -> Webhook:
    return Webhook(url=url, form=form, key=KEY)


class Naps(list):
    """Instead of sleeping: how long it would have been."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def is_signed(posted: Posted, secret: str) -> bool:
    """By the code that docs/notifications.md gives to receivers."""
    page = (Path(__file__).parents[2] / "docs" / "notifications.md").read_text(encoding="utf-8")
    names: dict[str, Any] = {}
    exec(page.partition("```python\n")[2].partition("```")[0], names)
    headers = {name.lower(): value for name, value in posted.headers.items()}
    return names["is_genuine"](headers, posted.body, secret)


def test_the_whole_message_signed(message: Message) -> None:
    with Receiver() as receiver:
        send(hook(receiver.url), message, "en")
    (posted,) = receiver.posted
    assert posted.path == "/hook/T0-secret"
    assert is_signed(posted, SECRET)
    assert not is_signed(posted, "another key that is long enough")
    assert not is_signed(Posted(posted.path, posted.headers, posted.body + b" "), SECRET)
    told = posted.json
    assert (told["type"], told["format"]) == ("crawl.finished", 1)
    data = told["data"]
    assert data["domain"] == "hollow-mill.example"
    assert data["moved"] == pytest.approx(data["score"] - data["before"])
    assert data["turned"]["fixed"]["total"] == 13
    assert data["turned"]["fixed"]["first"][0]["pages"] == 6
    assert data["report_url"] == "https://reports.example/x/hollow-mill.example/2026-11-18_093000/index.html"


def test_what_was_kept_for_long_is_stale(message: Message) -> None:
    with Receiver() as receiver:
        send(hook(receiver.url), message, "en")
    (posted,) = receiver.posted
    old = str(int(posted.headers["webhook-timestamp"]) - 3600)
    assert not is_signed(Posted(posted.path, {**posted.headers, "webhook-timestamp": old}, posted.body), SECRET)


def test_a_signature_of_the_specification() -> None:
    """The example of the Standard Webhooks specification's own libraries."""
    body = b'{"test": 2432232314}'
    found = webhook.signature(KEY, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert found == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_again_where_that_may_help_with_the_same_id(message: Message) -> None:
    naps = Naps()
    with Receiver(503, (429, {"Retry-After": "7"}), 200) as receiver:
        send(hook(receiver.url), message, "en", sleep=naps)
    assert naps == [1.0, 7.0]
    assert len({posted.headers["webhook-id"] for posted in receiver.posted}) == 1
    assert all(is_signed(posted, SECRET) for posted in receiver.posted)


@pytest.mark.parametrize(
    ("answers", "tries", "said"),
    [
        ((500,), 4, "answered 500"),
        ((404,), 1, "answered 404"),
        (((302, {"Location": "http://127.0.0.1:1/"}),), 1, "answered 302"),
        (((503, {"Retry-After": "86400"}),), 1, "answered 503"),
        (((503, {"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}), 404), 2, "answered 404"),
    ],
)
def test_who_does_not_take_it_is_told_of_by_host_alone(message: Message, answers, tries: int, said: str) -> None:
    with Receiver(*answers) as receiver, pytest.raises(NotTold) as told:
        send(hook(receiver.url), message, "en", sleep=Naps())
    assert len(receiver.posted) == tries
    assert said in str(told.value)
    assert "secret" not in str(told.value)


def test_nobody_there(message: Message) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    naps = Naps()
    with pytest.raises(NotTold, match=f"127.0.0.1:{port} did not answer"):
        send(hook(f"http://127.0.0.1:{port}/"), message, "en", sleep=naps)
    assert len(naps) == 3


def test_a_receiver_that_drips_is_given_up(message: Message, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "WHOLE", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with pytest.raises(NotTold, match="did not answer"):
            send(hook(address), message, "en", waits=(), sleep=Naps())


def test_certificates_are_verified(message: Message, trusted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Receiver(tls=server_side(trusted)) as receiver:
        with pytest.raises(NotTold, match="its certificate is not trusted"):
            send(hook(receiver.url), message, "en", sleep=Naps())
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        send(hook(receiver.url), message, "en", sleep=Naps())
    assert len(receiver.posted) == 1


def test_the_gate_of_the_crawl_holds_here_too(message: Message, monkeypatch: pytest.MonkeyPatch) -> None:
    """A public name that turns to a private address is refused; one that was private when it was typed is the operator's."""
    import ipaddress

    public, private = ipaddress.ip_address("93.184.215.14"), ipaddress.ip_address("127.0.0.1")
    answers = iter([frozenset({public}), frozenset({private})])
    monkeypatch.setattr(webhook, "addresses_of", lambda host: next(answers))
    with pytest.raises(NotTold, match="private address"):
        send(hook("https://hooks.example/x"), message, "en", sleep=Naps())
    monkeypatch.setattr(webhook, "addresses_of", lambda host: frozenset({public}))
    with pytest.raises(Refused, match="https is needed"):
        send(hook("http://hooks.example/x"), message, "en", sleep=Naps())


def test_what_fails_is_a_line_and_no_exception(message: Message) -> None:
    with Receiver(404) as receiver:
        told, failed = tell(Wishes(webhook=hook(receiver.url)), message)
    assert told == []
    assert failed == [f"The webhook was not told: 127.0.0.1:{receiver.server.server_port} answered 404."]


def test_a_proxy_is_asked_where_one_is_set(message: Message, monkeypatch: pytest.MonkeyPatch) -> None:
    with Receiver() as proxy:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.server.server_port}")
        monkeypatch.setenv("no_proxy", "")
        with pytest.raises(Refused, match="https is needed"):
            send(hook("http://hooks.example/x"), message, "en", sleep=Naps())
        assert proxy.posted == []


# -- forms ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", ["en", "de"])
def test_every_form_is_plain_json(message: Message, form: str, language: str) -> None:
    text = json.dumps(body_of(form, message, "id", language))
    assert "hollow-mill" in text.lower() or "Hollow Mill" in text
    assert len(text) < 20_000


def test_slack(message: Message) -> None:
    told = body_of("slack", message, "id", "en")
    assert told["text"].startswith("The Hollow Mill: 73 of 100 for social sharing (+2.9)")
    head, section, action = told["blocks"]
    assert head["text"]["text"] == "The Hollow Mill: 73 of 100 for social sharing (+2.9)"
    assert section["text"]["type"] == "plain_text"
    assert len(section["text"]["text"]) < 3000
    assert action["elements"][0]["url"] == message.report_url


def test_teams(message: Message) -> None:
    (attachment,) = body_of("teams", message, "id", "de")["attachments"]
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert (
        attachment["content"]["body"][0]["text"] == "The Hollow Mill: 73 von 100 fürs Teilen in sozialen Netzen (+2,9)"
    )
    assert attachment["content"]["actions"][0]["url"] == message.report_url


@pytest.mark.parametrize("form", ["slack", "teams", "discord", "google-chat"])
def test_a_site_calls_nobody_in_a_chat(message: Message, form: str) -> None:
    evil = evolve(message, name="<!channel> @everyone <@U123> [x](https://evil.example)", not_seen=("@here <@&1>",))
    told = body_of(form, evil, "id", "en")
    text = json.dumps(told, ensure_ascii=False)
    if form == "slack":
        # Blocks are plain text there; only the fallback text is read for marks.
        text = told["text"]
        assert "<!channel>" not in text
        assert "<@U123>" not in text
    elif form == "teams":
        # A mention needs an entity of its own in a card; a link needs no more than brackets.
        assert "[x](" not in text
    else:
        assert "@everyone" not in text
        assert "@here" not in text
        assert "<@U123>" not in text
