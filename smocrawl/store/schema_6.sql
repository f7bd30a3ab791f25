-- Version 6 of the store: how far the preview bots of each platform get with the pages of each template.

-- what: page, image, oembed, feed (as robots.txt allows them), tags (within the bytes that it reads), time (before it gives up).
CREATE TABLE bot_reach (
    run INTEGER NOT NULL REFERENCES run,
    platform TEXT NOT NULL,
    bot TEXT NOT NULL,                   -- product token in robots.txt
    heeds_robots INTEGER,                -- 1: it obeys robots.txt; NULL: not known
    template TEXT NOT NULL,              -- '' = all templates beyond the 40 with the most pages
    kind TEXT NOT NULL,
    what TEXT NOT NULL,
    pages INTEGER NOT NULL,              -- worth sharing, for which it could be told
    stopped INTEGER NOT NULL,            -- of them: forbidden, needed tags behind the limit, slower than it waits
    worst REAL,                          -- tags: byte offset of the last one needed, NULL: each page is read whole; time: seconds
    most REAL,                           -- the limit, in the same unit
    example TEXT,                        -- one of the addresses that stop it
    line INTEGER,                        -- of robots.txt
    PRIMARY KEY (run, platform, template, kind, what)
) WITHOUT ROWID;

-- Part of the public contract, as in version 4.
CREATE VIEW bots AS
SELECT bot_reach.platform AS platform, bot_reach.bot AS bot, bot_reach.heeds_robots AS heeds_robots,
       bot_reach.template AS template, bot_reach.kind AS kind, bot_reach.what AS what, bot_reach.pages AS pages,
       bot_reach.stopped AS stopped, bot_reach.worst AS worst, bot_reach.most AS most, bot_reach.example AS example,
       bot_reach.line AS line
FROM bot_reach JOIN latest_run ON latest_run.run = bot_reach.run;
