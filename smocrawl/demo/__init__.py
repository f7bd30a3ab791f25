"""The embedded demo site: a bookbinder's journal and shop, clean or with its seeded faults."""
