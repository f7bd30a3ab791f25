-- Version 10 of the store: which of a page's sources agree with its share tags, added up over the site.

CREATE TABLE agreement (
    run INTEGER NOT NULL REFERENCES run,
    field TEXT NOT NULL,                 -- title, description, image, url, published, modified, author or language
    source TEXT NOT NULL,                -- open-graph, html, twitter, json-ld, microdata, rdfa, microformats, oembed, feed, sitemap
    looked_at INTEGER NOT NULL,          -- pages worth sharing that were compared
    pages INTEGER NOT NULL,              -- of them: the source states the field, and another does as well
    agree INTEGER NOT NULL,              -- of these: as the share tags do, or as the first other source where they are silent
    example TEXT,                        -- the address of one that does not agree
    PRIMARY KEY (run, field, source)
) WITHOUT ROWID;

CREATE VIEW agreements AS
SELECT agreement.field AS field, agreement.source AS source, agreement.looked_at AS looked_at, agreement.pages AS pages,
       agreement.agree AS agree, agreement.example AS example
FROM agreement JOIN latest_run ON latest_run.run = agreement.run;
