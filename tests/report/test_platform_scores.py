from __future__ import annotations

from smocrawl.report.platform_scores import PlatformScores


def test_scores_read_like_the_dict_they_were_made_of():
    said = {"x": 83.25, "facebook": 0.0, "mastodon": 100.0}
    packed = PlatformScores(said)
    assert dict(packed) == said
    assert (packed.get("x"), packed.get("slack"), len(packed), "slack" in packed) == (83.25, None, 3, False)
    assert list(packed.values()) == list(said.values())
    assert PlatformScores({}) == {}
