"""WordPress editor: regular expressions over head; the title is the title element and nothing else."""

from __future__ import annotations

from datetime import date

from smocrawl.platforms.base import Bot, Certainty, Family, ImageRules, Picked, Platform
from smocrawl.platforms.layouts import always_small
from smocrawl.platforms.oembed import address
from smocrawl.platforms.places import host_of
from smocrawl.platforms.reading import Names, Place, Reading, Sight, Value


def scanned(name: str, said: str) -> Place:
    def read(sight: Sight) -> Value | None:
        value = sight.page.leads.scanned.get(name)
        return None if value is None else (value, None)

    return Place(said, read)


def from_the_root(sight: Sight, picked: Picked) -> Picked:
    """Relative addresses are resolved against the host; the page's own folder and port are ignored."""
    scheme = sight.page.url.partition(":")[0].lower()
    root = f"{scheme}://{host_of(sight.page.url)}/"
    for name in ("image", "icon"):
        written = picked.get(name)
        if written and not written.startswith("data:"):
            # A leading ./ stays as it is written (WP_Http::make_absolute_url).
            whole = f"{root}{written}" if written.startswith("./") else address(root, written)
            picked = picked.replaced(**{name: whole})
    return picked


SOURCE = (
    "https://github.com/WordPress/wordpress-develop/blob/trunk/src/wp-includes/rest-api/endpoints/"
    "class-wp-rest-url-details-controller.php"
)
PLATFORM = Platform(
    id="wordpress",
    name="WordPress",
    family=Family.PUBLISHING,
    reading=Reading(og=Names(("property",)), bytes_most=150 * 1024, statuses=(200,), types=(),
                    charset=("utf-8",), keeps_data=True),
    title=(scanned("title", "<title>"),),
    description=(scanned("description", "meta description or og:description"),),
    image=(scanned("image", "og:image or og:image:url"),),
    icon=(scanned("icon", "link icon"),),
    needs=(("title",), ("description",), ("image",), ("icon",)),
    tidy=from_the_root,
    layout=always_small,
    images=ImageRules(crop_small=None),
    bot=Bot(name="WP-URLDetails", agent="WP-URLDetails/… (+https://…)", obeys_robots=False),
    cache="WordPress keeps the answer for an hour.",
    refresh="Wait for an hour, then put the link in again.",
    sources=(SOURCE,),
    certainty=Certainty.CODE,
    checked_on=date(2026, 11, 21),
)  # fmt: skip
