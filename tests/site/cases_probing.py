"""Stores in which checks of the site fail and pass. What probes and look-ups answered."""

from __future__ import annotations

from attrs import evolve
from build import at, profile_of, words
from cases import case

from smocrawl.page import Kind
from smocrawl.registry import all_platforms


def spelled(store, *answers):
    """*answers*: (other spelling of /guide/, status, canonical) as it answered."""
    store.probed("variants")
    store.page("guide/", text=words(50), metas=(), title="Guide")
    text = words(50).sha1
    for path, status, canonical in answers:
        facts = {"title": "Guide", "canonical": canonical, "text": text} if status == 200 else {}
        store.probe("variants", path, about="guide/", status=status, facts=facts)


@case("url-variants-collapse", "failed")
def _(store):
    spelled(store, ("guide", 200, None), ("guide/index.html", 404, None), ("GUIDE/", 404, None))


@case("url-variants-collapse", "failed")
def _(store):
    spelled(store, ("guide", 200, at("guide")), ("guide/index.html", 404, None))


@case("url-variants-collapse", "warned")
def _(store):
    spelled(store, ("guide", 200, None), *((f"guide/{n}", 404, None) for n in range(9)))


@case("url-variants-collapse", "passed")
def _(store):
    spelled(store, ("guide", 301, None), ("guide/index.html", 200, at("guide/")), ("GUIDE/", 404, None))


@case("url-variants-collapse", "not-measured")
@case("social-bots-http", "not-measured")
@case("bot-compression", "not-measured")
@case("profile-link-alive", "not-measured")
@case("profile-link-back", "not-measured")
def _(store):
    store.page("")


AGENTS = {name: all_platforms()[name].bot.agent for name in ("facebook", "whatsapp", "x")}
CARD = {"tags": {"og:title": "Bindery", "og:image": "https://site.example/a.jpg?v=1"}, "title": "Bindery", "wall": None}


def bots_are_given(store, **answers):
    """*answers*: by platform the status, and what else differs from what a browser is given."""
    store.probed("bots")
    store.page("", kind=Kind.HOME)
    store.probe("bots", "", about="", agent="Mozilla", status=200, facts=CARD, coding="gzip", size=30_000)
    for name, agent in AGENTS.items():
        answer = {"status": 200, "facts": CARD, "coding": "gzip", "size": 30_000, **answers.get(name, {})}
        store.probe("bots", "", about="", agent=agent, **answer)


@case("social-bots-http", "failed")
def _(store):
    bots_are_given(store, whatsapp={"status": 403, "facts": {}})


@case("social-bots-http", "warned")
def _(store):
    bots_are_given(store, facebook={"status": 403, "facts": {}})


@case("social-bots-http", "warned")
def _(store):
    bots_are_given(store, x={"facts": {"tags": {"og:title": "Just a moment"}, "wall": "challenge"}})


@case("social-bots-http", "warned")
def _(store):
    bots_are_given(store, x={"facts": {"tags": {"og:title": "Bindery"}, "wall": None}})


@case("social-bots-http", "passed")
@case("bot-compression", "passed")
def _(store):
    signed = {"og:title": "Bindery", "og:image": "https://site.example/a.jpg?v=2"}
    bots_are_given(store, x={"facts": {**CARD, "tags": signed}, "coding": "deflate"})


@case("bot-compression", "failed")
def _(store):
    bots_are_given(store, facebook={"coding": "br"})


@case("bot-compression", "failed")
def _(store):
    bots_are_given(store, **{name: {"coding": None, "size": 100_000} for name in AGENTS})


@case("bot-compression", "warned")
def _(store):
    bots_are_given(store, **{name: {"coding": None, "size": 99_999} for name in AGENTS})


def accounts_answer(store, **answers):
    store.probed("profiles")
    own = {
        "mastodon": "https://social.example/@bindery",
        "github": "https://github.com/bindery",
        "x": "https://x.com/b",
    }
    social = tuple(evolve(profile_of(name, url.rpartition("/")[2].lstrip("@")), url=url) for name, url in own.items())
    for n in range(3):
        store.page(f"{n}", social=social)
    for name, answer in answers.items():
        store.probe("profiles", f"https://api.example/{name}", about=own[name], **answer)


@case("profile-link-alive", "failed")
def _(store):
    accounts_answer(store, mastodon={"status": 404}, github={"status": 200})


@case("profile-link-alive", "failed")
def _(store):
    accounts_answer(store, github={"status": 200, "facts": {"not_found": True}})


@case("profile-link-alive", "warned")
def _(store):
    accounts_answer(store, github={"status": 200, "target": "https://github.com/folder", "hops": 1})


@case("profile-link-alive", "passed")
@case("profile-link-back", "passed")
def _(store):
    moved = {"status": 200, "target": "https://github.com/Bindery", "hops": 1, "facts": {"links_back": True}}
    accounts_answer(store, mastodon={"status": 403}, github=moved, x={"status": 404})


@case("profile-link-back", "failed")
def _(store):
    accounts_answer(store, mastodon={"status": 200, "facts": {"links_back": False}})


@case("profile-link-back", "warned")
def _(store):
    accounts_answer(
        store,
        mastodon={"status": 200, "facts": {"links_back": False}},
        github={"status": 200, "facts": {"links_back": True}},
    )


@case("profile-link-back", "not-applicable")
def _(store):
    accounts_answer(store, mastodon={"status": 404}, github={"error": "timeout after 0 bytes"})
