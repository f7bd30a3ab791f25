"""Share pictures: each address once, the first ones whole, of the others the head."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from running import run
from serving import Answer, Site, page

from smocrawl.extract import read_page
from smocrawl.reading import named_assets

HEAD = 64 * 1024


def picture(kind: str, seed: int, size: tuple[int, int] = (1200, 630)) -> bytes:
    """A file larger than its head: coloured noise."""
    out = io.BytesIO()
    noise = Image.effect_noise(size, 40 + seed)
    Image.merge("RGB", [noise, noise.rotate(90, expand=False), noise.rotate(180)]).save(out, kind, quality=90)
    return out.getvalue()


def shows(name: str) -> str:
    return f'<meta property="og:image" content="/{name}">'


def with_range(data: bytes) -> Answer:
    """As a server that knows ranges answers to who asks for the head."""
    part = data[:HEAD]
    span = f"bytes 0-{len(part) - 1}/{len(data)}"
    return Answer(part, status=206, headers={"Content-Range": span}, type="image/jpeg")


def test_pictures_beyond_the_first_are_read_by_their_heads(tmp_path: Path) -> None:
    first, second, third = (picture("JPEG", seed) for seed in range(3))
    small = picture("JPEG", 9, (300, 200))
    assert min(len(first), len(second), len(third)) > 2 * HEAD > 2 * len(small)
    pages = {
        "/": page("Home", "/a", "/b", "/c", "/d", head=shows("first.jpg")),
        "/a": page("A", head=shows("second.jpg")),
        "/b": page("B", head=shows("third.jpg")),
        "/c": page("C", head=shows("small.jpg")),
        "/d": page("D", head=shows("third.jpg")),
        "/first.jpg": Answer(first, type="image/jpeg"),
        "/second.jpg": with_range(second),
        "/third.jpg": Answer(third, type="image/jpeg"),
        "/small.jpg": with_range(small),
    }
    with Site(pages) as site:
        ran = run(
            tmp_path, "smo-crawl", site.url, environment={"SMO_WHOLE_IMAGES": "1", "SMO_ALLOW_PRIVATE": site.host}
        )
        asked = {path: headers.get("Range") for path, headers in site.requests if path.endswith(".jpg")}
        assert all(site.hits[path] == 1 for path in asked)
    assert ran.code == 0, ran.err
    assert asked == {
        "/first.jpg": None, "/second.jpg": "bytes=0-65535", "/third.jpg": "bytes=0-65535", "/small.jpg": "bytes=0-65535",
    }  # fmt: skip
    found = {
        url.rpartition("/")[2]: rest
        for url, *rest in ran.rows(
            "SELECT url, status, type, width, height, size, sha256 IS NOT NULL, dhash IS NOT NULL, pages FROM images"
            " WHERE kind = 'image'"
        )
    }
    assert found == {
        "first.jpg": [200, "image/jpeg", 1200, 630, len(first), 1, 1, 1],
        "second.jpg": [200, "image/jpeg", 1200, 630, len(second), 0, 0, 1],
        "third.jpg": [200, "image/jpeg", 1200, 630, len(third), 0, 0, 2],
        # It came whole by chance: its bytes are known, and nothing was unpacked.
        "small.jpg": [200, "image/jpeg", 300, 200, len(small), 1, 0, 1],
    }
    ((notes,),) = ran.rows("SELECT notes FROM run")
    assert "2 share pictures were read by their first 64 kB alone" in notes
    thumbs = ran.rows("SELECT url.url FROM asset JOIN url ON url.id = asset.url WHERE thumb IS NOT NULL")
    assert [url.rpartition("/")[2] for (url,) in thumbs] == ["first.jpg"]


def test_who_refuses_a_part_is_asked_for_all(tmp_path: Path) -> None:
    data = picture("JPEG", 1)
    answers = iter([Answer(status=416, type="text/plain"), Answer(data, type="image/jpeg")])

    def site_of(path: str) -> Answer | None:
        if path == "/one.jpg":
            return next(answers)
        return Answer(page("Home", head=shows("one.jpg"))) if path == "/" else None

    with Site(site_of) as site:
        ran = run(
            tmp_path, "smo-crawl", site.url, environment={"SMO_WHOLE_IMAGES": "0", "SMO_ALLOW_PRIVATE": site.host}
        )
        ranges = [headers.get("Range") for path, headers in site.requests if path == "/one.jpg"]
    assert ranges == ["bytes=0-65535", None]
    assert ran.rows("SELECT status, width, size FROM images WHERE kind = 'image'") == [(200, 1200, len(data))]


def test_a_number_of_pictures_is_wanted(tmp_path: Path) -> None:
    ran = run(tmp_path, "smo-crawl", "site.example", environment={"SMO_WHOLE_IMAGES": "many"})
    assert ran.code == 2
    assert "SMO_WHOLE_IMAGES='many'" in ran.err


def test_of_many_share_images_the_first_and_the_last_are_measured():
    tags = "".join(shows(f"{number}.png") for number in range(1, 7))
    page = read_page("https://example.com/", f"<!doctype html><title>Kettle</title>{tags}".encode())
    named = [url for url, _, role in named_assets(page) if role == "og:image"]
    assert [url.rpartition("/")[2] for url in named] == ["1.png", "2.png", "6.png"]
