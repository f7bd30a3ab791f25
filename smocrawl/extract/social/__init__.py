"""Addresses and markup of the social web: share dialogs, accounts, embeds, vendors, networks that have closed."""
