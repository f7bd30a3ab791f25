-- Version 5 of the store: look-ups that are made on demand alone (-a probes=…).

-- One answer to one question, each address asked once in each name.
CREATE TABLE probe (
    run INTEGER NOT NULL REFERENCES run,
    url INTEGER NOT NULL REFERENCES url,
    agent TEXT NOT NULL DEFAULT '',      -- User-Agent in whose name it was asked; '' = our own
    topic TEXT NOT NULL,                 -- variants, bots, profiles, outbound or embeds
    about INTEGER REFERENCES url,        -- the page or account that it was asked for
    status INTEGER,                      -- of the last answer; NULL: none came
    error TEXT,                          -- class and reason in one line
    target TEXT,                         -- where redirects led; NULL = nowhere else
    hops INTEGER NOT NULL DEFAULT 0,
    coding TEXT,                         -- Content-Encoding as sent
    size INTEGER,                        -- bytes after content decoding, as far as they were read
    facts TEXT NOT NULL DEFAULT '{}',    -- JSON: what the answer says (smocrawl.probing.answers)
    at TEXT NOT NULL,
    PRIMARY KEY (run, url, agent)
) WITHOUT ROWID;

-- Part of the public contract, like the views of version 4.
CREATE VIEW probes AS
SELECT url.url AS url, probe.agent AS agent, probe.topic AS topic, about.url AS about, probe.status AS status,
       probe.error AS error, probe.target AS redirects_to, probe.hops AS redirects, probe.coding AS coding,
       probe.size AS size, probe.facts AS facts, probe.at AS at
FROM probe
JOIN latest_run ON latest_run.run = probe.run
JOIN url ON url.id = probe.url
LEFT JOIN url AS about ON about.id = probe.about;
