from dataclasses import dataclass


@dataclass(slots=True, kw_only=True)
class Story:
    url: str
    headline: str
    stamped: bool = False
    smo_score: float | None = None
