"""Links what has been read: topics with their evidence, citations between articles and plans, articles with articles.

What depends on one article alone is a pure function, to be remembered by the digest of what goes in:

- ``features.features(title, text)``: for near-duplicates and related articles; depends on nothing else.
- ``topics.Classifier(vocabulary).classify(article)``: on the vocabulary.
- ``citations.Citations(plans, vocabulary, entities).links(id, text, folded)``: on the plans and both files.
- ``names.Names(entities).in_folded(folded)``: on the names; ``Names.gathered`` makes the index of all articles.

What depends on all articles::

    items = [Linkable(entry.id, order_key(entry), digest_of_title_and_text, features, topic_slugs) ...]
    leaders = find_leaders(items, load_text, verdicts)  # stories(leaders): the groups
    related = related_articles(items, leaders)

``verdicts`` is any mapping of strings to numbers; ``load_text`` is asked only for the texts of pairs that no verdict
knows.
"""
