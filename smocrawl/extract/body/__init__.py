"""The body of a page: one walk over it, and what its blocks, links, pictures and texts tell."""
