"""The sections of a report: each a function from one crawl to plain values, with a template of the same name."""
