-- Version 12 of the store: what a page says to the checks of the whole site, taken over with its verdict.

-- zlib over JSON: [[table, [values]], …], rows of the tables that the analysis lays out (smocrawl/site/tables.sql).
-- NULL: to be read from the page's facts, as of the home page, which says more than the others.
ALTER TABLE review ADD COLUMN laid_out BLOB;
