"""Links what has been read: topics with their evidence, citations between articles and plans."""
