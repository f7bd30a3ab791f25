"""Do scripts leave alone what the page says of itself?  Networks read the page before them, browsers after them."""

from __future__ import annotations

from collections.abc import Iterator

from smocrawl.checks import sources
from smocrawl.checks.addresses import cut
from smocrawl.checks.applies import readable
from smocrawl.checks.base import Context, Reason, Said, Severity, Tactic, check, fail, unmeasured, warn
from smocrawl.page import Page
from smocrawl.page.rendered import Compared, State, compare

IDENTITY = ("canonical", "og:url", "robots")
"""What decides under which address the page is shared and found, and whether at all."""

WORDING = ("title", "description", "og:title", "og:description", "og:image", "twitter:title", "twitter:image")
"""What a card is made of."""


@check(
    "scripts-keep-tags",
    title="Scripts change what the page says of itself",
    tactic=Tactic.T3,
    # Weighs nothing where nothing was rendered; a failure is raised to what it costs.
    severity=Severity.INFO,
    says="In the HTML {field} is “{raw}”; after scripts have run it is “{rendered}”.",
    causes={
        "added": "Only scripts add {field} (“{rendered}”); the HTML has none.",
        "removed": "Scripts remove {field} (“{raw}”), which the HTML has.",
    },
    source=sources.GOOGLE_SCRIPTS,
    grade="A",
    applies=readable,
)
def scripts_keep_tags(page: Page, context: Context) -> Iterator[Said]:
    """Why: Networks read the page before its scripts, search engines and share menus after them. If the two differ,
    one page is known under two names.

    Fix: Write the final values on the server, and let scripts leave them alone.

    Accept: The source of the page and the browser's inspector show the same canonical address, titles and picture.
    """
    if context.rendered is None:
        yield unmeasured(Reason.OFF)
        return
    found = {one.field: one for one in compare(page, context.rendered) if one.state is not State.EQUAL}
    if identity := [found[name] for name in IDENTITY if name in found]:
        yield fail(severity=Severity.MEDIUM, **_evidence(identity[0]))
    # A tag of the card that only scripts add is the matter of meta-in-raw-html.
    elif wording := [found[name] for name in WORDING if name in found and found[name].state is not State.ADDED]:
        yield warn(**_evidence(wording[0]))


def _evidence(one: Compared) -> dict[str, str]:
    return {
        "cause": one.state.value,
        "field": one.field,
        "raw": cut(one.raw or ""),
        "rendered": cut(one.rendered or ""),
    }
