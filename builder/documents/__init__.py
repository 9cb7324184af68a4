"""Plan text to a tree of provisions: official numbering and layout after GB/T 9704-2012, repairs, targets.

``judging.judge`` tells an official document from an article, ``parsing.parse`` reads it,
``record.to_record`` writes it as data; they are not loaded here, since most builds need the first alone.
"""
