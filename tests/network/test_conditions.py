"""When a server is asked whether anything has changed, and when its «no» is believed."""

from __future__ import annotations

import pytest

from smocrawl.network.conditions import Validators, asked_as, contradicts, is_the_same, validators_of

DATE = "Sat, 21 Nov 2026 20:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "conditions"),
    [
        ({}, {}),
        ({"etag": '"abc"'}, {"If-None-Match": '"abc"'}),
        ({"etag": 'W/"abc"'}, {"If-None-Match": 'W/"abc"'}),
        ({"etag": '"abc"', "last-modified": "Sat, 21 Nov 2026 10:00:00 GMT", "date": DATE}, {"If-None-Match": '"abc"'}),
        (
            {"last-modified": "Sat, 21 Nov 2026 10:00:00 GMT", "date": DATE},
            {"If-Modified-Since": "Sat, 21 Nov 2026 10:00:00 GMT"},
        ),
        # It may have changed again within the second in which it was sent.
        ({"last-modified": DATE, "date": DATE}, {}),
        ({"last-modified": "Sat, 21 Nov 2026 19:59:01 GMT", "date": DATE}, {}),
        ({"last-modified": "Sat, 21 Nov 2026 20:30:00 GMT", "date": DATE}, {}),
        ({"last-modified": "Sat, 21 Nov 2026 10:00:00 GMT"}, {}),
        ({"last-modified": "yesterday", "date": DATE}, {}),
        ({"etag": '"abc"', "vary": "*"}, {}),
        ({"etag": '"abc"', "vary": "Accept-Encoding, Cookie"}, {"If-None-Match": '"abc"'}),
        ({"etag": "abc"}, {}),
        ({"etag": '"a"b"'}, {}),
        ({"etag": '"ü"'}, {}),
        ({"etag": '"a"\r\nX: y'}, {}),
        ({"etag": '"' + "a" * 300 + '"'}, {}),
    ],
)
def test_the_surest_of_what_a_server_gives(headers: dict[str, str], conditions: dict[str, str]) -> None:
    assert validators_of(headers).conditions() == conditions


@pytest.mark.parametrize(
    ("known", "sent", "same"),
    [
        ('"a"', {"etag": '"a"'}, True),
        ('"a"', {"etag": 'W/"a"'}, True),
        ('W/"a"', {"etag": '"a"'}, True),
        ('"a"', {}, True),
        ('"a"', {"etag": '"b"'}, False),
        (None, {"etag": '"b"'}, True),
    ],
)
def test_weak_comparison(known: str | None, sent: dict[str, str], same: bool) -> None:
    assert is_the_same(Validators(etag=known), sent) is same


def test_a_304_may_leave_out_headers_but_not_change_those_that_facts_are_read_from() -> None:
    known = {"content-type": "text/html", "link": "</a>; rel=canonical"}
    assert not contradicts(known, {"cache-control": "max-age=60"})
    assert not contradicts(known, {"link": "</a>; rel=canonical"})
    assert contradicts(known, {"link": "</b>; rel=canonical"})
    assert contradicts(known, {"content-language": "de"})


def test_validators_hold_for_the_same_question_to_the_same_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SMO_AUTH", raising=False)
    settings = {"USER_AGENT": "smocrawl", "DEFAULT_REQUEST_HEADERS": {"Accept-Language": "en"}}
    first = asked_as(settings, "https://a.example/x", {"Accept": "text/html"})
    assert asked_as(settings, "https://a.example/y?z", {"Accept": "text/html"}) == first
    others = {
        asked_as({**settings, "USER_AGENT": "other"}, "https://a.example/x", {"Accept": "text/html"}),
        asked_as({**settings, "DEFAULT_REQUEST_HEADERS": {}}, "https://a.example/x", {"Accept": "text/html"}),
        asked_as(settings, "https://b.example/x", {"Accept": "text/html"}),
        asked_as(settings, "https://a.example/x", {"Accept": "*/*"}),
    }
    monkeypatch.setenv("SMO_AUTH", "user:password")
    others.add(asked_as(settings, "https://a.example/x", {"Accept": "text/html"}))
    assert len(others - {first}) == 5
