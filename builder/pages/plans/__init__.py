"""The pages of official documents: overview, chapters, the whole on one page, collation, index of names."""
