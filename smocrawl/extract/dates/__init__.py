"""Dates of a page: as machines are told them, and as readers see them."""
