"""A crawl tells at its end; that somebody could not be told is said, and changes nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from receiving import MailServer, Receiver
from running import run
from scrapy.cmdline import execute
from serving import Site, page

SECRET = "a secret of sixteen letters or more"


def test_a_crawl_tells_and_who_cannot_be_told_is_named(tmp_path: Path) -> None:
    pages = {"/": page("Home", "/a"), "/a": page("A", "/")}
    refuses = MailServer(answer=lambda address: "550 no such user")
    with Site(pages) as site, Receiver() as hook, refuses as mail:
        words = ("smo-crawl", site.host, "-s", "SMO_MAIL_TO=a@client.example", "-s", "SMO_MAIL_FROM=b@agency.example")
        wishes = {
            "SMO_WEBHOOK": hook.url, "SMO_WEBHOOK_SECRET": SECRET,
            "SMO_SMTP": f"smtp+unencrypted://127.0.0.1:{mail.port}", "SMO_REPORT_URL": "https://reports.example",
        }  # fmt: skip
        ran = run(tmp_path, *words, environment=wishes)
    assert ran.code in (0, 3), ran.said
    assert f"Told the webhook at 127.0.0.1:{hook.server.server_port}." in ran.out
    assert "The mail was not sent: 127.0.0.1 refuses a@client.example." in ran.err
    (posted,) = hook.posted
    assert posted.json["data"]["pages"] == 2
    report = Path(posted.json["data"]["report"])
    assert (report / "index.html").is_file()
    assert posted.json["data"]["report_url"].startswith("https://reports.example/127.0.0.1_")
    for file in ran.reports.rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        assert SECRET.encode() not in content, file
        assert b"T0-secret" not in content, file


def test_a_wish_that_cannot_be_read_is_said_before_the_crawl(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        execute(["scrapy", "smo-crawl", "127.0.0.1:9", "-s", "SMO_MAIL_TO=nobody"])
    assert ended.value.code == 2
    assert capfd.readouterr().err == "SMO_MAIL_TO is set, so SMO_SMTP is needed too.\n"
    assert list(tmp_path.iterdir()) == []
