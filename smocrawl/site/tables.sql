-- What the checks of the site ask for and no table of the store says: filled once from stored facts, gone with the connection.

CREATE TEMP TABLE this_run (
    id INTEGER NOT NULL,
    runs INTEGER NOT NULL,               -- crawls in the store, this one included
    home INTEGER,                        -- URL id of the home page, redirects followed
    home_url TEXT NOT NULL,
    now TEXT NOT NULL,                   -- ISO 8601, UTC
    links_followed INTEGER NOT NULL,     -- 1: pages were found by links
    whole INTEGER NOT NULL,              -- 1: no known page was left unread
    files_read INTEGER NOT NULL          -- 1: sitemaps, feeds and icons were asked for
);

CREATE TEMP TABLE audience (
    id TEXT NOT NULL,
    base TEXT NOT NULL,
    min_profiles INTEGER NOT NULL,
    feed_age_days INTEGER NOT NULL,
    cadence_items INTEGER NOT NULL,
    cadence_gap_days INTEGER NOT NULL,
    aging_months INTEGER                 -- NULL: age does not count
);

CREATE TEMP TABLE network (              -- social platforms, and what the audience asks of them
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,                  -- feeds, news, networking, video, blogging, messaging or other
    must INTEGER NOT NULL,
    opted_out INTEGER NOT NULL
);

CREATE TEMP TABLE own_domain (host TEXT PRIMARY KEY);     -- other domains of the same owner

CREATE TEMP TABLE platform_ready (       -- readiness of the audience's key platforms
    platform TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    score REAL,
    blocked INTEGER NOT NULL
);

CREATE TEMP TABLE same_page (url INTEGER PRIMARY KEY, page INTEGER NOT NULL);  -- redirects and copies, and the page meant

CREATE TEMP TABLE linked_page (url INTEGER PRIMARY KEY);  -- that some other address links to, from wherever

CREATE TEMP TABLE leads_to (             -- pages with links to content, and to how many pages of it
    url INTEGER PRIMARY KEY,
    pages INTEGER NOT NULL,              -- articles, products, guides and films
    articles INTEGER NOT NULL
);

CREATE TEMP TABLE said (                 -- what single pages say, one row for each
    url INTEGER PRIMARY KEY,
    language TEXT NOT NULL,              -- lang of the page, with its region, lower case
    copyright_year INTEGER,
    share_targets TEXT NOT NULL,         -- platforms of its share links, sorted, with blanks between
    twitter_site TEXT,                   -- handle, lower case
    described INTEGER NOT NULL,          -- it has a description of its own
    webmention INTEGER NOT NULL,
    pingback INTEGER NOT NULL,
    credits INTEGER NOT NULL,            -- pictures with a named author
    comments INTEGER NOT NULL,
    og_url TEXT,                         -- without campaign tags, fragment and last slash
    refreshes INTEGER NOT NULL,          -- a meta refresh sends its visitors on
    shell INTEGER NOT NULL               -- scripts draw it: its HTML holds hardly a word
);

CREATE TEMP TABLE author (page INTEGER NOT NULL, name TEXT NOT NULL, url TEXT);
CREATE TEMP TABLE same_as (page INTEGER NOT NULL, platform TEXT NOT NULL, handle TEXT NOT NULL, url TEXT NOT NULL);
CREATE TEMP TABLE embed (page INTEGER NOT NULL, platform TEXT NOT NULL);
CREATE TEMP TABLE pdf_link (page INTEGER NOT NULL, url TEXT NOT NULL, words INTEGER NOT NULL);
CREATE TEMP TABLE outside_host (page INTEGER NOT NULL, host TEXT NOT NULL);  -- that the home page links to

CREATE TEMP TABLE way (page INTEGER NOT NULL, way TEXT NOT NULL);  -- to follow: feed, newsletter, channel, podcast, calendar

CREATE TEMP TABLE topic (                -- links of the home page that tell what they lead to
    topic TEXT NOT NULL,                 -- about, contact, legal, community, contributors
    url TEXT NOT NULL,
    text TEXT NOT NULL
);

CREATE TEMP TABLE organization (         -- who the home page says is behind the site
    type TEXT NOT NULL,
    name TEXT,
    url TEXT,
    logo TEXT,
    same_as INTEGER NOT NULL,
    address INTEGER NOT NULL,
    telephone INTEGER NOT NULL,
    hours INTEGER NOT NULL,
    geo INTEGER NOT NULL,
    local INTEGER NOT NULL
);

CREATE TEMP TABLE brand (place TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL);

CREATE TEMP TABLE icon (                 -- icons that the home page names, measured where they answered
    url TEXT NOT NULL,
    rel TEXT NOT NULL,
    linked INTEGER NOT NULL,
    status INTEGER,
    error TEXT,
    type TEXT,
    width INTEGER,
    height INTEGER
);

CREATE TEMP TABLE manifest (             -- the web manifest that the home page names
    url TEXT NOT NULL,
    status INTEGER,
    error TEXT,
    name TEXT,
    start_url TEXT,
    largest_icon INTEGER,
    has_192 INTEGER NOT NULL,
    has_512 INTEGER NOT NULL
);

CREATE TEMP TABLE misspelt_feed (page INTEGER NOT NULL, type TEXT NOT NULL, url TEXT NOT NULL); -- named by a type that no reader knows
CREATE TEMP TABLE declared_feed (page INTEGER NOT NULL, url TEXT NOT NULL, comments INTEGER NOT NULL);

CREATE TEMP TABLE feed (                 -- feeds that pages name, comments left out
    url INTEGER PRIMARY KEY,
    address TEXT NOT NULL,
    pages INTEGER NOT NULL,              -- that name it
    on_home INTEGER NOT NULL,
    status INTEGER,
    error TEXT,
    type TEXT,
    format TEXT,
    parses INTEGER NOT NULL,
    problem TEXT,
    problems INTEGER NOT NULL,
    title TEXT,
    self_link TEXT,
    language TEXT,
    has_author INTEGER NOT NULL,
    items INTEGER NOT NULL
);

CREATE TEMP TABLE feed_item (
    feed INTEGER NOT NULL,
    place INTEGER NOT NULL,              -- from 0, as the feed lists them
    id TEXT,
    link TEXT,
    bare TEXT,                           -- the link without campaign tags, fragment and last slash
    title TEXT,
    published TEXT,
    length INTEGER NOT NULL,             -- characters of its text
    image_side INTEGER,                  -- smaller side in pixels; NULL = not declared
    has_image INTEGER NOT NULL,
    relative_addresses INTEGER NOT NULL, -- in its text, without scheme and host, where no base completes them
    relative_pictures INTEGER NOT NULL,  -- those of pictures
    relative_example TEXT
);

CREATE TEMP TABLE bot_access (           -- preview bots that heed robots.txt, and what it says to them of all pages worth sharing
    bot TEXT NOT NULL,
    platform TEXT NOT NULL,
    platform_name TEXT NOT NULL,
    is_key INTEGER NOT NULL,             -- its platform is one of the audience's
    on_home INTEGER NOT NULL,
    what TEXT NOT NULL,                  -- page or image
    url TEXT NOT NULL,                   -- the first of the addresses, from the home page on
    pages INTEGER NOT NULL,              -- addresses with this verdict
    allowed INTEGER NOT NULL,
    line INTEGER
);

CREATE TEMP TABLE looked_up (topic TEXT PRIMARY KEY);        -- look-ups that were asked for (-a probes=…)

CREATE TEMP TABLE variant (              -- other spellings of pages, as they answered
    page TEXT NOT NULL,
    address TEXT NOT NULL,
    doubles INTEGER NOT NULL             -- 1: the same page under an address of its own
);

CREATE TEMP TABLE bot_answer (           -- pages asked for in the name of a bot, beside what a browser is given
    url TEXT NOT NULL,
    agent TEXT NOT NULL,
    platforms TEXT NOT NULL,
    anybodys INTEGER NOT NULL,           -- 1: asks from its users' devices or servers, so nobody can know it by its address
    status INTEGER,
    coding TEXT,
    size INTEGER,
    refused INTEGER NOT NULL,
    differs TEXT                         -- the first share tag that is another one
);

CREATE TEMP TABLE profile_answer (       -- accounts of the owner, as their networks answered
    platform TEXT NOT NULL,
    handle TEXT NOT NULL,
    url TEXT NOT NULL,
    status INTEGER,
    gone INTEGER,                        -- NULL: it does not tell
    moved_to TEXT,                       -- another account that it leads to
    links_back INTEGER                   -- NULL: it does not tell
);

CREATE TEMP TABLE read_in_part (         -- pages that are longer than what a platform reads
    url INTEGER NOT NULL,
    platform TEXT NOT NULL,
    last INTEGER,                        -- byte offset of the last tag that it needs; NULL = it needs none
    PRIMARY KEY (platform, url)
) WITHOUT ROWID;

CREATE TEMP TABLE bot_reach (            -- how far each platform's bot gets; kept for everybody as bot_reach of the store
    platform TEXT NOT NULL,
    bot TEXT NOT NULL,
    heeds_robots INTEGER,
    template TEXT NOT NULL,
    kind TEXT NOT NULL,
    what TEXT NOT NULL,
    pages INTEGER NOT NULL,
    stopped INTEGER NOT NULL,
    worst REAL,
    most REAL,
    example TEXT,
    line INTEGER
);

CREATE TEMP TABLE agreement (            -- which sources say what the share tags say; kept for everybody as agreement of the store
    field TEXT NOT NULL,
    source TEXT NOT NULL,
    looked_at INTEGER NOT NULL,
    pages INTEGER NOT NULL,
    agree INTEGER NOT NULL,
    example TEXT
);

CREATE TEMP TABLE shown_picture (        -- share pictures that stand under several addresses, by bytes or by look
    page INTEGER PRIMARY KEY,
    picture TEXT NOT NULL                -- the first of its addresses
);

CREATE TEMP TABLE twin (cluster INTEGER NOT NULL, url INTEGER NOT NULL);  -- pages with nearly the same text
