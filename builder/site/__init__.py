"""Builds an archive from seeds to site, serves a preview, verifies and compares sites."""
