"""A static site generator for curated archives.

The way of the data, one direction, no step back::

    seeds/* ──reading──▶ Post ──cleaning, markup──▶ Article ──┐
    seeds/* ──documents──▶ Plan (numbered tree) ───────────────┼─linking, archive─▶ Archive
    curation/* ──config──▶ profiles, topics, corrections ──────┘

    Archive ──search, pages, feeds──▶ docs/** ──publishing (MkDocs)──▶ site/**

Rooms, lower ones first; each imports only from rooms above it in this list (``tests/test_architecture.py``):

- ``characters``: characters that no field holds, addresses that no link leads to.
- ``files``: a file is replaced whole or not at all, and never through a link.
- ``cache``: results remembered between builds, authenticated, in one file that may be deleted.
- ``sharing``: work that other processes do, beside everything else or together.
- ``bytecode``: templates are compiled once.
- ``problems``: defects in content (collected) and errors that stop.
- ``model``: the frozen values that pass between rooms.
- ``languages``: the wording of everything the program writes.
- ``folding``: one character to one character, so that matching ignores script and form.
- ``conversion``: what a browser needs to show a page in the other Chinese script.
- ``config``: ``curation/`` typed and validated.
- ``containers``: files of every kind to the parts they hold, with what the container states of each.
- ``reading``: raw file to Post: encodings, front-matter dialects, dates, addresses.
- ``markup``: clean HTML to safe Markdown, excerpt, plain text.
- ``cleaning``: Post to Article by named rules; every removal is recorded.
- ``documents``: official documents to a tree of provisions, repairs, targets.
- ``linking``: topics, names, citations between articles and plans.
- ``archive``: puts everything together; permalinks and collisions.
- ``search``: the index.
- ``pages``: Archive to files through templates.
- ``feeds``: Archive to what machines read: feeds, JSON, CSV, schemas, checksums, the whole as a zip.
- ``publishing``: finished ``docs/`` to ``site/``, as MkDocs makes it, doing only what a change asks for.
- ``site``: from seeds to docs, the preview, comparisons of sites.
- ``scaffold``: an archive's own files: begun, upgraded, examined.
- ``commands``: what each command prints.
- ``__main__``: the command line.
"""
