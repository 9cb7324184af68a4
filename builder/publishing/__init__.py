"""From finished pages to the site: byte for byte what plain MkDocs makes, with no more work than a change asks for."""
