"""clients.toml: what it may say, and how a mistake in it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from smocrawl.clients import ClientsError, read_clients
from smocrawl.clients.client import Shard, read_shard
from smocrawl.clients.places import Places
from smocrawl.clients.reading import READERS

WHOLE = """\
timezone = "Europe/Berlin"
jobs = 3
reports = "out"

[defaults]
period = "monthly"
language = "de"
mail_from = "smo@agency.example"
smtp = "smtp://mail.agency.example"
options = { max_pages = 100 }
webhook_env = "AGENCY_HOOK"

[[client]]
domain = "https://www.example.com/shop/"
name = "Example"
period = "0 6 * * mon"
audience = "news"
mail = ["a@example.com", "b@example.com"]
options = { exclude = "/cal/", sources = ["links", "feeds"], subdomains = true }
settings = { DOWNLOAD_DELAY = 0.5 }
auth_env = "EXAMPLE_AUTH"
hours = 1.5

[[client]]
domain = "other.example"
paused = true
webhook = "https://hooks.example/x"
reports = "elsewhere"
"""


def read(folder: Path, text: str):
    file = folder / "clients.toml"
    file.write_text(text, encoding="utf-8")
    return read_clients(file, folder / "reports")


def test_a_whole_list(tmp_path: Path) -> None:
    listed = read(tmp_path, WHOLE)
    assert (listed.jobs, str(listed.zone), listed.language, listed.reports) == (
        3,
        "Europe/Berlin",
        "de",
        tmp_path / "out",
    )
    first, second = listed.clients
    assert (first.name, first.folder, first.home) == ("Example", "example.com", tmp_path / "out" / "example.com")
    assert first.period.text == "0 6 * * mon"
    assert first.arguments == {
        "max_pages": "100", "exclude": "/cal/", "sources": "links,feeds", "subdomains": "1", "audience": "news",
    }  # fmt: skip
    assert first.settings == {
        "DOWNLOAD_DELAY": "0.5", "SMO_LANGUAGE": "de", "SMO_MAIL_TO": "a@example.com,b@example.com",
        "SMO_MAIL_FROM": "smo@agency.example", "SMO_SMTP": "smtp://mail.agency.example",
    }  # fmt: skip
    assert first.secrets == ("EXAMPLE_AUTH", "AGENCY_HOOK")
    assert first.hours == 1.5
    assert second.period.text == "monthly"
    assert second.paused
    assert (second.webhook, second.webhook_env) == ("https://hooks.example/x", "")
    assert second.home == tmp_path / "elsewhere" / "other.example"


def test_a_client_needs_no_more_than_its_domain(tmp_path: Path) -> None:
    (client,) = read(tmp_path, '[[client]]\ndomain = "example.com"\n').clients
    assert (client.name, client.period.text, client.home) == ("example.com", "weekly", tmp_path / "reports/example.com")


CLIENT = '[[client]]\ndomain = "example.com"\n'


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("[[client]\n", None, "(at line 1"),
        ("", None, "client names no site"),
        ("jobs = 0\n" + CLIENT, 1, "jobs must be a whole number from 1 to 64, not 0"),
        ("job = 1\n" + CLIENT, 1, "job is unknown here; known are timezone, jobs"),
        ('timezone = "Mars"\n' + CLIENT, 1, "timezone 'Mars' is not known"),
        ("[defaults]\ndomain = 'a.example'\n" + CLIENT, 2, "domain is unknown here"),
        ("[[client]]\nname = 'x'\n", 1, "this client has no domain"),
        (CLIENT + "peroid = 'weekly'\n", 3, "peroid is unknown here; known are domain, name, period"),
        (CLIENT + "period = 'fortnightly'\n", 3, "period 'fortnightly' is no period: daily, weekly"),
        (CLIENT + "period = '61 * * * *'\n", 3, "is no period"),
        (CLIENT + "paused = 'yes'\n", 3, "paused must be true or false, not 'yes'"),
        (CLIENT + "hours = -1\n", 3, "hours must be a number of hours"),
        (CLIENT + "hours = nan\n", 3, "hours must be a number of hours"),
        (CLIENT + "language = 'fr'\n", 3, "language 'fr' is not there; known are en, de"),
        (CLIENT + "brand = 'none.toml'\n", 3, "brand cannot be used"),
        (CLIENT + "audience = 'everybody'\n", 3, "There is no audience 'everybody'"),
        (CLIENT + "options = { max_page = 3 }\n", 3, "There is no argument 'max_page'"),
        (CLIENT + "[client.options]\n\nmax_pages = 'many'\n", 5, "max_pages cannot be used"),
        (CLIENT + "options = { domain = 'b.example' }\n", 2, "domain is a key of the client itself"),
        (CLIENT + "settings = { SMO_AUTH = 'user:pw' }\n", 3, "SMO_AUTH is not set here: use auth_env"),
        (CLIENT + "settings = { SMO_SMTP_PASSWORD = 'pw' }\n", 3, "it is read from the environment alone"),
        (CLIENT + "settings = { delay = 1 }\n", 3, "delay is no setting"),
        (CLIENT + "settings = { DOWNLOAD_DELAY = [1] }\n", 3, "DOWNLOAD_DELAY must be a text, a number"),
        (CLIENT + "webhook = 'ftp://hooks.example/'\n", 3, "webhook must be an address that begins with https://"),
        (CLIENT + "webhook_secret_env = 'whsec_abcdef'\n", 3, "webhook_secret_env must be the name of an environment"),
        (CLIENT + "webhook_form = 'irc'\n", 3, "webhook_form 'irc' is not known; known are smocrawl, slack"),
        (CLIENT + "mail = ['a@example.com', 'nobody']\n", 3, "mail 'nobody' is no mail address"),
        (CLIENT + "smtp = 'mail.example.com'\n", 3, "smtp must be smtps://mail.example.com"),
        (CLIENT + "domain2 = 1\n[[client]]\ndomain = 'b.example'\n", 3, "domain2 is unknown here"),
        (CLIENT + "[[client]]\ndomain = 'b.example'\n[[client]]\ndomain = 'a b'\n", 6, "domain cannot be used"),
        (CLIENT + "[[client]]\ndomain = 'https://www.example.com/x/'\n", 4, "has the same folder as the client of line 1"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_key_and_line(tmp_path: Path, text: str, line: int | None, said: str) -> None:
    with pytest.raises(ClientsError) as told:
        read(tmp_path, text)
    place, _, rest = str(told.value).partition("clients.toml")
    assert place == f"{tmp_path}/"
    assert rest.startswith(f":{line}: " if line else ": ")
    assert said in rest
    assert "\n" not in rest


def test_a_list_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ClientsError, match=r"none\.toml cannot be read: No such file"):
        read_clients(tmp_path / "none.toml", tmp_path)
    (tmp_path / "latin.toml").write_bytes('[[client]]\ndomain = "müller.example"'.encode("latin-1"))
    with pytest.raises(ClientsError, match="is not written in UTF-8"):
        read_clients(tmp_path / "latin.toml", tmp_path)


def test_a_message_shows_no_secret_of_an_address(tmp_path: Path) -> None:
    with pytest.raises(ClientsError) as told:
        read(tmp_path, CLIENT + 'webhook = "https://user:hunter2@hooks.example/T0/secret"\n')
    assert "hunter2" not in str(told.value)
    assert "secret" not in str(told.value).replace(str(tmp_path), "")


def test_the_documentation_names_every_key_and_its_list_is_read(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "scheduling.md").read_text(encoding="utf-8")
    assert [key for key in READERS if f"`{key}`" not in page] == []
    listed = read(tmp_path, page.partition("```toml\n")[2].partition("```")[0])
    assert [one.domain for one in listed.clients] == ["example.com", "other.example"]


def test_lines_of_keys() -> None:
    places = Places('a = 1\n[[x]]\n"b c" = 2 # x\n[x.in]\nd = { e = 3 }\n[[x]]\n# b = 1\nb.c = 4\n')
    assert places.line("", 0, "a") == 1
    assert places.line("x", 0, "b c") == 3
    assert places.line("x", 0, "d") == 5
    assert places.line("x", 0, "e") == 5
    assert places.line("x", 1, "b") == 8
    assert places.line("x", 1, "z") == 6


def test_shards_share_all_clients_and_each_once(tmp_path: Path) -> None:
    text = "".join(f'[[client]]\ndomain = "site{number}.example"\n' for number in range(60))
    clients = read(tmp_path, text).clients
    shares = [[one.domain for one in clients if Shard(number, 5).holds(one)] for number in range(1, 6)]
    assert sorted(domain for share in shares for domain in share) == sorted(one.domain for one in clients)
    assert all(4 <= len(share) <= 22 for share in shares)
    fewer = read(tmp_path, text.replace('[[client]]\ndomain = "site3.example"\n', "")).clients
    assert {one.domain for one in fewer if Shard(2, 5).holds(one)} == set(shares[1]) - {"site3.example"}


@pytest.mark.parametrize("text", ["", "0/5", "6/5", "a/b", "1", "1/0", "-1/5", "1/99999"])
def test_shards_that_are_none(text: str) -> None:
    with pytest.raises(ValueError, match="such as 2/5"):
        read_shard(text)
