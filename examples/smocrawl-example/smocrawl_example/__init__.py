"""A check of pages, a check of the site and a platform, added to smocrawl by entry points."""
