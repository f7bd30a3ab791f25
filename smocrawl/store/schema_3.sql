-- Version 3 of the store: the outcomes of a page, which it shares with most pages of its template, are kept once.

-- review.outcomes is the id of its set; in reviews of older versions it is the JSON itself.
CREATE TABLE outcome_set (
    id INTEGER PRIMARY KEY,
    outcomes BLOB NOT NULL UNIQUE        -- zlib over JSON {check id: passed|warned|failed|not-applicable|not-measured}
);

-- The outcomes of each review as they are stored: packed, or JSON.
CREATE VIEW review_outcomes AS
SELECT review.run, review.url, coalesce(outcome_set.outcomes, review.outcomes) AS outcomes
FROM review LEFT JOIN outcome_set ON outcome_set.id = review.outcomes;

-- Links are read as a whole: nothing asks for those to one page.
DROP INDEX IF EXISTS link_back;
