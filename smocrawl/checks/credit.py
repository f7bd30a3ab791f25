"""Credit: are the people who write and make the content named, linked and tied to their accounts?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from smocrawl.checks.addresses import cut, split
from smocrawl.checks.applies import NOWHERE, is_article, of_kind
from smocrawl.checks.authors import stated_authors
from smocrawl.checks.base import NOT_APPLICABLE, Context, Said, Severity, Tactic, check, fail, warn
from smocrawl.checks.schema_table import GUIDE, PROFILE, missing
from smocrawl.checks.structured_data import article_entity, has_article_entity
from smocrawl.checks.wording import squeezed
from smocrawl.page import SITE_OF_TITLE, Entity, Kind, Page, Recognised

X_MARKUP = "https://developer.x.com/en/docs/x-for-websites/cards/overview/markup"
FEDIVERSE = frozenset({"mastodon", "fediverse", "pixelfed", "peertube", "misskey", "lemmy", "pleroma"})
ACCOUNT = re.compile(r"@[\w.-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+", re.IGNORECASE)
"""user@server as Mastodon writes it."""
X_HANDLE = re.compile(r"@\w{1,15}")
E_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)
SIGNED = re.compile(r"\b(?i:by|von|par|por)\s+([A-Z][\w'’-]+ [A-Z][\w'’-]+)")
OPENING = 200
"""Characters of the text among which "Posted by Ada Moss" signs it in plain words."""
NOBODY = frozenset((
    "admin", "administrator", "webmaster", "root", "user", "user1", "test", "demo", "wordpress", "anonymous",
    "author", "editor", "staff", "guest", "siteadmin", "wpadmin", "superuser", "sysadmin", "autor", "redakteur",
))  # fmt: skip
"""Accounts that a system makes, and roles without a person."""
GONE = frozenset({404, 410})


def _authors(entity: Entity) -> tuple[Entity, ...]:
    return entity.entities("author") or entity.entities("creator")


@check(
    "author-url",
    title="The article's markup does not lead to its author",
    tactic=Tactic.T5,
    severity=Severity.MEDIUM,
    says="The article's structured data names no author.",
    warns="The structured data names {author}, but gives no address of a page about the author.",
    causes={
        "gone": "The structured data names {url} as the page about {author}, but there is no such page.",
        "relative": "The structured data names “{url}” as the page about {author}; that is no full address.",
    },
    source=f"{GUIDE}article",
    source_name="Google Search: Article, author.url",
    grade="A",
    applies=has_article_entity,
    kinds=(Kind.ARTICLE,),
    platforms=("google-discover", "mastodon"),
)
def author_url(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: Two writers can bear one name. Only an address tells machines who is meant, and gives the writer the
    readers that the article wins.

    Fix: Add to the author in the JSON-LD the address (url) of the author's page, or of the About page for a desk.

    Accept: The structured data gives the author an absolute address that opens.
    """
    entity = article_entity(page)
    if entity is None or not (entity.text("headline") or entity.text("name") or entity.text("author")):
        # An empty shell, which some themes print: what it lacks is told by article-schema.
        yield NOT_APPLICABLE
        return
    name = entity.text("author") or entity.text("creator")
    addresses = [url for one in _authors(entity) if (url := _address(one))]
    working = [url for url in addresses if split(url) and not _is_gone(url, context)]
    author = cut(name or "–", 80)
    if name is None and not addresses:
        yield fail()
    elif working:
        return
    elif gone := next((url for url in addresses if _is_gone(url, context)), None):
        yield fail(cause="gone", author=author, url=cut(gone))
    elif addresses:
        yield warn(cause="relative", author=author, url=cut(addresses[0]))
    else:
        yield warn(author=author)


def _address(author: Entity) -> str | None:
    named = author.url("url") or author.url("sameAs")
    return named or (author.id if author.id and split(author.id) else None)


def _is_gone(url: str, context: Context) -> bool:
    answer = context.fetched.get(url)
    return answer is not None and answer.status in GONE


@check(
    "author-sameas",
    title="The author's accounts are not named in the markup",
    tactic=Tactic.T5,
    severity=Severity.MEDIUM,
    says="Of {author} the structured data names only accounts that do not exist any more: {accounts}.",
    warns="The structured data names no account of {author} (author.sameAs).",
    source=f"{GUIDE}profile-page",
    source_name="Google Search: ProfilePage and Article, sameAs",
    grade="A",
    applies=of_kind(Kind.ARTICLE, Kind.PROFILE),
    kinds=(Kind.ARTICLE, Kind.PROFILE),
    platforms=("x", "linkedin", "mastodon", "google-discover"),
    revision=2,
)
def author_sameas(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: sameAs ties the article to the accounts under which the author is known, so that readers can follow a
    person and not only a site.

    Fix: List the author's public accounts in author.sameAs, if the author agrees.

    Accept: The author's entry names at least one account that exists.
    """
    people = [one for one in _people(page) if one.is_a("Person") and one.text("name")]
    if not people:
        yield NOT_APPLICABLE
        return
    known = {one.url: one for one in page.same_as}
    accounts = [str(value) for one in people for value in one.values("sameAs") if isinstance(value, str)]
    accounts += [url for one in people if (url := one.url("url")) and _is_account(known.get(url))]
    author = cut(people[0].text("name") or "", 80)
    usable = [url for url in accounts if split(url) and not _is_closed(known.get(url))]
    if not accounts:
        yield warn(author=author)
    elif not usable:
        yield fail(author=author, accounts=cut(", ".join(accounts[:3])))


def _people(page: Page) -> tuple[Entity, ...]:
    if page.kind is Kind.PROFILE:
        return tuple(
            one for one in page.entities if one.is_a("Person") and one.parent in (None, "mainEntity", "about")
        )[:1]
    entity = article_entity(page)
    return _authors(entity) if entity is not None else ()


def _is_account(meaning: Recognised | None) -> bool:
    return meaning is not None and meaning.sort == "profile"


def _is_closed(meaning: Recognised | None) -> bool:
    return meaning is not None and meaning.sort == "dead" and meaning.confidence != "low"


@check(
    "profile-schema",
    title="The profile's structured data is thin",
    tactic=Tactic.T5,
    severity=Severity.LOW,
    says="The structured data of this profile does not say whose it is.",
    warns="The structured data of this profile gives the name {name} and nothing else; missing: {missing}.",
    source=PROFILE.source,
    source_name="Google Search: ProfilePage",
    grade="A",
    applies=of_kind(Kind.PROFILE),
    kinds=(Kind.PROFILE,),
    platforms=("google-discover",),
)
def profile_schema(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: A profile that machines can read brings the author's name, picture and accounts into results and cards.

    Fix: Mark the page up as ProfilePage whose mainEntity is the person, with name, image, description and sameAs.

    Accept: The person's entry states the name and at least one more property.
    """
    owners = [one for one in page.entities if one.is_a(*PROFILE.types) and one.parent in (None, "mainEntity", "about")]
    if not owners and not page.has_entity("ProfilePage"):
        yield NOT_APPLICABLE
        return
    owner = min(owners, key=lambda one: len(missing(one, (*PROFILE.required, *PROFILE.recommended))), default=None)
    if owner is None or missing(owner, PROFILE.required):
        yield fail()
    elif len(extras := missing(owner, PROFILE.recommended)) == len(PROFILE.recommended):
        yield warn(name=cut(owner.text("name") or "", 80), missing=", ".join(extras))


def _has_author(page: Page, context: Context = NOWHERE) -> bool:
    return is_article(page) and bool(stated_authors(page))


@check(
    "author-named",
    title="The author is an account, not a person",
    tactic=Tactic.T5,
    severity=Severity.LOW,
    says="The article is signed “{author}”.",
    warns="The article is signed with the site's own name, “{author}”.",
    source="https://about.flipboard.com/rss-spec/",
    source_name="Flipboard: bylines",
    grade="C",
    applies=_has_author,
    kinds=(Kind.ARTICLE,),
    platforms=("flipboard",),
    owner="editor",
    effort="editorial",
    revision=2,
)
def author_named(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: “By admin” tells readers that nobody stands behind the text, and Flipboard and Mastodon print just that.

    Fix: Set the public name of the account to the writer's name or to the name of the desk.

    Accept: The byline names a person or a desk.
    """
    authors = stated_authors(page)
    nobody = [name for name in authors if _is_nobody(name)]
    people = {squeezed(one.text("name") or "") for one in page.entities_of("Person")}
    # A site named after its writer is signed with a name.
    brand = [name for name in authors if _is_brand(page, name) and squeezed(name) not in people]
    if len(nobody) == len(authors):
        yield fail(author=cut(nobody[0], 80))
    elif brand and len(nobody) + len(brand) == len(authors) and not _signs(page, brand):
        yield warn(author=cut(brand[0], 80))


def _signs(page: Page, brand: list[str]) -> bool:
    """A person is named in plain words where the text begins."""
    names = (found[1] for found in SIGNED.finditer(page.text.main[:OPENING]))
    return any(not any(squeezed(one) in squeezed(name) for one in brand) for name in names)


def _is_nobody(name: str) -> bool:
    return squeezed(re.sub(r"^(by|von|par|por|di)\s+", "", name.strip(), flags=re.IGNORECASE)) in NOBODY or bool(
        E_MAIL.fullmatch(name.strip())
    )


def _is_brand(page: Page, name: str) -> bool:
    said = {
        squeezed(one.value)
        for field in ("site_name", "publisher")
        for one in page.declared.get(field, ())
        if one.place != SITE_OF_TITLE
    }
    host = split(page.url)
    labels = {squeezed(label) for label in (host.hostname or "").split(".")[:-1]} if host else set()
    return bool(squeezed(name)) and squeezed(name) in said | labels


def _fediverse(page: Page, context: Context = NOWHERE) -> bool:
    return is_article(page) and (bool(list(page.metas_of("fediverse:creator"))) or _is_in_fediverse(page, context))


def _is_in_fediverse(page: Page, context: Context) -> bool:
    linked = {one.platform for one in page.social if one.sort == "profile" and not one.in_main}
    return bool(FEDIVERSE & (linked | {platform for platform, _ in context.site_profiles}))


@check(
    "fediverse-creator",
    title="Mastodon cannot name the author",
    tactic=Tactic.T5,
    severity=Severity.LOW,
    says="fediverse:creator says “{value}”, which is no account of the form @name@server.",
    warns="fediverse:creator says “{value}”; Mastodon wants @name@server, under name= and not under property=.",
    causes={"missing": "The site has an account in the fediverse, but this article names none (fediverse:creator)."},
    source="https://github.com/mastodon/mastodon/pull/30398",
    source_name="Mastodon 4.3, author attribution",
    grade="A",
    applies=_fediverse,
    kinds=(Kind.ARTICLE,),
    platforms=("mastodon",),
)
def fediverse_creator(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: Under a shared article Mastodon prints the author with a link to follow, if the page says who that is.

    Fix: Print a meta tag fediverse:creator with the author's account, and allow the site's domain in the settings
    of that account.

    Accept: The tag holds an account of the form @name@server, in the attribute name.
    """
    tag = next(page.metas_of("fediverse:creator"), None)
    if tag is None:
        yield warn(cause="missing")
    elif not ACCOUNT.fullmatch("@" + tag.value.removeprefix("@")):
        yield fail(value=cut(tag.value, 80))
    elif not tag.value.startswith("@") or tag.name is None:
        yield warn(value=cut(tag.value, 80))


def _author_on_x(page: Page) -> str | None:
    known = {one.url: one for one in page.same_as if one.platform == "x" and one.sort == "profile"}
    entity = article_entity(page)
    for author in _authors(entity) if entity is not None else ():
        for value in author.values("sameAs"):
            if isinstance(value, str) and value in known:
                return value
    return None


def _on_x(page: Page, context: Context = NOWHERE) -> bool:
    return is_article(page) and (page.meta("twitter:creator") is not None or _author_on_x(page) is not None)


@check(
    "twitter-creator",
    title="X cannot credit the author",
    tactic=Tactic.T5,
    severity=Severity.LOW,
    says="twitter:creator says “{value}”, which is no account name such as @name.",
    warns="twitter:creator says “{value}”; X wants the account with an @ before it.",
    causes={
        "missing": "The author has an account on X, {account}, but the article does not name it (twitter:creator)."
    },
    source=X_MARKUP,
    source_name="X: cards markup",
    grade="A",
    applies=_on_x,
    kinds=(Kind.ARTICLE,),
    platforms=("x",),
)
def twitter_creator(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: X notes who wrote an article when it is shared, if the tag names the account in its own form.

    Fix: Set twitter:creator to the author's account name with an @ before it, without the address.

    Accept: twitter:creator is empty or an @ with up to 15 letters, digits and underscores.
    """
    value = page.meta("twitter:creator")
    if value is None:
        yield warn(cause="missing", account=cut(_author_on_x(page) or ""))
    elif X_HANDLE.fullmatch("@" + value.strip()):
        yield warn(value=cut(value, 80))
    elif not X_HANDLE.fullmatch(value.strip()):
        yield fail(value=cut(value, 80))
