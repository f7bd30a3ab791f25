"""Structured data: JSON-LD, microdata, RDFa and microformats, each by a reader of its own, in one view."""
