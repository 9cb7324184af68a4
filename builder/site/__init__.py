"""Drives MkDocs: builds the site from finished pages, and serves it while editors work."""
