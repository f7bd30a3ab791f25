"""Who wants to be told is read and checked before anything starts; secrets come from the environment alone."""

from __future__ import annotations

import pytest

from smocrawl.telling import TellingError, read_wishes

MAIL = {
    "SMO_MAIL_TO": "a@example.com, b@example.com",
    "SMO_MAIL_FROM": "smo@example.com",
    "SMO_SMTP": "smtps://mail.example.com",
}


def test_nobody_by_default() -> None:
    assert not read_wishes({}, {})


def test_a_mail_and_a_webhook() -> None:
    secrets = {"SMO_WEBHOOK": "https://hooks.example/T0/secret", "SMO_SMTP_USER": "u", "SMO_SMTP_PASSWORD": "hunter22"}
    secrets["SMO_WEBHOOK_SECRET"] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    wishes = read_wishes({**MAIL, "SMO_MAIL_ATTACH": "1", "SMO_REPORT_URL": "https://r.example/"}, secrets)
    assert wishes.mail
    assert wishes.webhook
    assert wishes.mail.to == ("a@example.com", "b@example.com")
    assert (wishes.mail.server.host, wishes.mail.server.port, wishes.mail.attach) == ("mail.example.com", 465, True)
    assert len(wishes.webhook.key or b"") == 24
    # Whatever prints or logs it shows no secret.
    assert "hunter22" not in repr(wishes)
    assert "T0" not in repr(wishes)


@pytest.mark.parametrize(
    ("settings", "environment", "said"),
    [
        ({"SMO_WEBHOOK": "https://h.example/"}, {}, "SMO_WEBHOOK is taken from the environment alone"),
        ({"SMO_SMTP_PASSWORD": "x"}, {}, "SMO_SMTP_PASSWORD is taken from the environment alone"),
        ({}, {"SMO_WEBHOOK": "h.example"}, "SMO_WEBHOOK must be an address that begins with https://"),
        ({}, {"SMO_WEBHOOK": "https://u:p@h.example/"}, "holds a user and a password"),
        ({}, {"SMO_WEBHOOK": "https://h.example:x/"}, "must be an address"),
        ({}, {"SMO_WEBHOOK": "https://h.example/", "SMO_WEBHOOK_SECRET": "hunter2"}, "shorter than 16"),
        ({}, {"SMO_WEBHOOK": "https://h.example/", "SMO_WEBHOOK_SECRET": "whsec_!"}, "no base64 follows"),
        ({"SMO_WEBHOOK_FORM": "irc"}, {}, "SMO_WEBHOOK_FORM 'irc' is not known"),
        ({**MAIL, "SMO_SMTP": ""}, {}, "SMO_MAIL_TO is set, so SMO_SMTP is needed too"),
        ({**MAIL, "SMO_MAIL_FROM": ""}, {}, "SMO_MAIL_FROM is needed too"),
        ({**MAIL, "SMO_SMTP": "mail.example.com:25"}, {}, "SMO_SMTP must be smtps://"),
        ({**MAIL, "SMO_SMTP": "smtp://mail.example.com:99999"}, {}, "SMO_SMTP must be"),
        ({**MAIL, "SMO_SMTP": "smtp://u:pw@mail.example.com"}, {}, "SMO_SMTP must be"),
        ({**MAIL, "SMO_SMTP": "smtp+unencrypted://mail.example.com"}, {"SMO_SMTP_USER": "somebody"}, "would be read on its way"),
        ({**MAIL, "SMO_MAIL_TO": "a@example.com\nBcc: x@example.com"}, {}, "is no mail address"),
        ({**MAIL, "SMO_MAIL_TO": "a"}, {}, "'a' is no mail address"),
        ({**MAIL, "SMO_MAIL_TO": ",".join(["a@example.com"] * 51)}, {}, "one to 50"),
        ({"SMO_REPORT_URL": "reports"}, {}, "SMO_REPORT_URL must be an address"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_by_name_and_without_secrets(settings, environment, said: str) -> None:
    with pytest.raises(TellingError) as told:
        read_wishes(settings, environment)
    assert said in str(told.value)
    for secret in environment.values():
        assert secret not in str(told.value)
