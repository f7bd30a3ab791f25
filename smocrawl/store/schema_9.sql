-- Version 9 of the store: by what a run was judged, and how long each verdict holds, so that the next run can take it over.

-- Hex digits over everything but the pages that decides a verdict (smocrawl.closing.unchanged); '': not judged to its end.
ALTER TABLE run ADD COLUMN judged_by TEXT NOT NULL DEFAULT '';

-- ISO 8601, UTC: the moment at which the mere passing of time may change it (smocrawl.closing.clock); NULL: never.
ALTER TABLE review ADD COLUMN holds_until TEXT;
