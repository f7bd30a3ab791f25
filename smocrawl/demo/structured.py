"""Writes the structured data of a demo page as JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from smocrawl.demo.head import player_path
from smocrawl.demo.markup import plain, to_html
from smocrawl.demo.model import DemoPage

Node = dict[str, Any]


class Describer:
    """Knows the house, its people and its address, and describes one page after the other."""

    def __init__(self, house: Mapping[str, Any], people: Mapping[str, DemoPage], origin: str, today: datetime) -> None:
        self.house, self.people, self.origin, self.today = house, people, origin, today

    def script(self, page: DemoPage, listed: Sequence[DemoPage]) -> str:
        """The blocks of the page, one after the other, ready for their script elements."""
        nodes = [self.node(page, listed)]
        if page.kind == "home":
            nodes.append(self.publisher())
        elif page.kind != "missing" and page.facts["breadcrumbs"]:
            nodes.append(self.breadcrumbs(page))
        blocks = (
            json.dumps({"@context": "https://schema.org", **node}, ensure_ascii=False, indent=1) for node in nodes
        )
        return "\n".join(
            '<script type="application/ld+json">\n' + block.replace("</", "<\\/") + "\n</script>" for block in blocks
        )

    def node(self, page: DemoPage, listed: Sequence[DemoPage]) -> Node:
        describe = getattr(self, f"_{page.kind}", None)
        base: Node = {"name": page.title, "description": page.description, "url": self.origin + page.path}
        base |= {"inLanguage": page.lang}
        if page.picture:
            base["image"] = self._image(page)
        return describe(page, base, listed) if describe else {"@type": "WebPage", **base}

    def _image(self, page: DemoPage) -> Node:
        picture = page.picture
        assert picture is not None
        return {
            "@type": "ImageObject",
            "url": self.origin + picture.path,
            "width": picture.width,
            "height": picture.height,
            "creditText": self.house["name"],
        }

    def publisher(self) -> Node:
        house = self.house
        return {
            "@type": "Organization",
            "@id": f"{self.origin}/#house",
            "name": house["name"],
            "legalName": house["legal_name"],
            "url": f"{self.origin}/",
            "logo": {"@type": "ImageObject", "url": f"{self.origin}/logo-512.png", "width": 512, "height": 512},
            "email": house["email"],
            "telephone": house["telephone"],
            "foundingDate": house["founded"],
            "address": self._address(),
            "sameAs": house.get("same_as") or [profile["url"] for profile in house["profiles"]],
        }

    def _address(self) -> Node:
        house = self.house
        return {
            "@type": "PostalAddress",
            "streetAddress": house["street"],
            "addressLocality": house["town"],
            "addressRegion": house["region"],
            "postalCode": house["postcode"],
            "addressCountry": house["country"],
        }

    def breadcrumbs(self, page: DemoPage) -> Node:
        home = "/" if page.lang == "en" else f"/{page.lang}/"
        steps = [(self.house["words"][page.lang]["home"], home), *page.trail]
        if len(steps) == 1:
            steps.append((page.title, page.path))
        items = [
            {"@type": "ListItem", "position": at, "name": name, "item": self.origin + path}
            for at, (name, path) in enumerate(steps, start=1)
        ]
        return {"@type": "BreadcrumbList", "itemListElement": items}

    # -- one method for each kind -----------------------------------------------------------

    def _home(self, page: DemoPage, base: Node, listed: Sequence[DemoPage]) -> Node:
        return {
            "@type": "WebSite",
            **base,
            "name": self.house["name"],
            "alternateName": self.house["short_name"],
            "publisher": {"@id": f"{self.origin}/#house"},
        }

    def _person(self, author: DemoPage, *, in_full: bool) -> Node:
        name: Node = {"@type": "Person", "name": author.facts["name"]}
        if not in_full:
            return name
        return name | {"url": self.origin + author.path, "sameAs": author.facts["same_as"]}

    def _article(self, page: DemoPage, base: Node, listed: Sequence[DemoPage]) -> Node:
        comments = page.facts.get("comments", ())
        del base["name"]
        node = {
            "@type": "BlogPosting",
            "headline": page.title,
            **base,
            "mainEntityOfPage": self.origin + page.path,
            "datePublished": page.stamp(page.published) if page.facts["dated"] else None,
            "dateModified": page.stamp(page.modified) if page.facts["dated"] else None,
            "author": self._person(self.people[page.author], in_full=self.house["author_details"])
            if page.author
            else None,
            "publisher": self.publisher(),
            "keywords": list(page.tags),
            "wordCount": len(plain(page.body).split()),
            "commentCount": len(comments),
            "comment": [self._comment(comment) for comment in comments],
        }
        return {name: value for name, value in node.items() if value not in (None, [])}

    def _forum(self, page: DemoPage, base: Node, listed: Sequence[DemoPage]) -> Node:
        del base["name"]
        return {
            "@type": "DiscussionForumPosting",
            "headline": page.title,
            **base,
            "datePublished": page.stamp(page.published),
            "author": self._person(self.people[page.author or ""], in_full=True),
            "text": plain(page.body),
            "comment": [self._comment(comment) for comment in page.facts["comments"]],
        }

    def _comment(self, comment: Mapping[str, Any]) -> Node:
        return {
            "@type": "Comment",
            "author": {"@type": "Person", "name": comment["name"]},
            "datePublished": self._day(-comment["days"]),
            "text": plain(to_html(comment["text"])),
        }

    def _day(self, days: int) -> str:
        return (self.today + timedelta(days=days)).date().isoformat()

    def _product(self, page: DemoPage, base: Node, listed: Sequence[DemoPage]) -> Node:
        facts = page.facts
        del base["inLanguage"]
        return {
            "@type": "Product",
            **base,
            "sku": facts["sku"],
            "brand": {"@type": "Brand", "name": self.house["name"]},
            "offers": {
                "@type": "Offer",
                "url": self.origin + page.path,
                "price": facts["price"],
                "priceCurrency": self.house["currency"],
                "availability": f"https://schema.org/{facts['stock']}",
                "itemCondition": "https://schema.org/NewCondition",
                "priceValidUntil": self._day(facts.get("valid_days", 180)),
            },
            "aggregateRating": {
                "@type": "AggregateRating",
                "ratingValue": facts["rating"],
                "reviewCount": len(facts["reviews"]),
            },
            "review": [self._review(review) for review in facts["reviews"]],
        }

    def _review(self, review: Mapping[str, Any]) -> Node:
        return {
            "@type": "Review",
            "author": {"@type": "Person", "name": review["name"]},
            "datePublished": self._day(-review["days"]),
            "reviewBody": review["text"],
            "reviewRating": {"@type": "Rating", "ratingValue": review["stars"], "bestRating": 5},
        }

    def _video(self, page: DemoPage, base: Node, listed: Sequence[DemoPage]) -> Node:
        return {
            "@type": "VideoObject",
            **base,
            "thumbnailUrl": base["image"]["url"],
            "uploadDate": page.published.isoformat(),
            "duration": page.facts["minutes"],
            "embedUrl": self.origin + player_path(page),
            "keywords": list(page.tags),
            "publisher": self.publisher(),
        }

    def _event(self, page: DemoPage, base: Node, listed: Sequence[DemoPage]) -> Node:
        day, hours = self._day(page.facts["starts"]), page.facts["hours"]
        return {
            "@type": "Event",
            **base,
            "startDate": f"{day}T{hours[0]}:00+00:00",
            "endDate": f"{day}T{hours[1]}:00+00:00",
            "eventStatus": "https://schema.org/EventScheduled",
            "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
            "location": {"@type": "Place", "name": self.house["name"], "address": self._address()},
            "organizer": {"@id": f"{self.origin}/#house", "@type": "Organization", "name": self.house["name"]},
            "offers": {
                "@type": "Offer",
                "url": self.origin + page.path,
                "price": page.facts["price"],
                "priceCurrency": self.house["currency"],
                "availability": "https://schema.org/InStock",
            },
        }

    def _profile(self, page: DemoPage, base: Node, listed: Sequence[DemoPage]) -> Node:
        person = self._person(page, in_full=True) | {
            "jobTitle": page.facts["job"],
            "description": page.description,
        }
        return {"@type": "ProfilePage", **base, "mainEntity": person | {"image": base["image"]["url"]}}

    def _listing(self, page: DemoPage, base: Node, listed: Sequence[DemoPage]) -> Node:
        items = [
            {"@type": "ListItem", "position": at, "url": self.origin + other.path, "name": other.title}
            for at, other in enumerate(listed, start=1)
        ]
        return {"@type": "CollectionPage", **base, "mainEntity": {"@type": "ItemList", "itemListElement": items}}

    def _about(self, page: DemoPage, base: Node, listed: Sequence[DemoPage]) -> Node:
        return {"@type": "AboutPage", **base}

    def _contact(self, page: DemoPage, base: Node, listed: Sequence[DemoPage]) -> Node:
        return {"@type": "ContactPage", **base, "mainEntity": self.publisher()}

    def _search(self, page: DemoPage, base: Node, listed: Sequence[DemoPage]) -> Node:
        return {"@type": "SearchResultsPage", **base}
