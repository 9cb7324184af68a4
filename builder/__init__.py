"""A static site generator for curated archives.

The way of the data, one direction, no step back::

    seeds/* ──reading──▶ Post ──cleaning, markup──▶ Article ──┐
    seeds/* ──documents──▶ Plan (numbered tree) ───────────────┼─linking, archive─▶ Archive
    curation/* ──config──▶ profiles, topics, corrections ──────┘

    Archive ──search, pages, feeds──▶ docs/** ──publishing (MkDocs)──▶ site/**

Rooms, lower ones first; each imports only from rooms above it in this list (``tests/test_architecture.py``):

- ``patterns``: regular expressions compiled when they are first used.
- ``numerals``: Chinese numerals to numbers and back.
- ``characters``: characters that no field holds, addresses that no link leads to.
- ``files``: a file is replaced whole or not at all, and never through a link.
- ``data``: the program's own data, YAML files read into types.
- ``cache``: results remembered between builds, authenticated, in one file that may be deleted.
- ``parallel``: work in other processes, one beside this one or shared among all processors.
- ``problems``: defects in content (collected) and errors that stop.
- ``model``: the frozen values that pass between rooms.
- ``paths``: where everything lies below ``docs/`` and on the site.
- ``languages``: the wording of everything the program writes.
- ``mending``: slips that editors make in YAML, put right line by line.
- ``folding``: one character to one character, so that matching ignores script and form.
- ``conversion``: what a browser needs to show a page in the other Chinese script.
- ``config``: ``curation/`` typed and validated.
- ``containers``: files of every kind to the parts they hold, with what the container states of each.
- ``reading``: raw file to Post: encodings, front-matter dialects, dates, addresses.
- ``markup``: clean HTML to safe Markdown, excerpt, plain text; long paragraphs of it read in time.
- ``cleaning``: Post to Article by named rules; every removal is recorded.
- ``documents``: official documents to a tree of provisions, repairs, targets.
- ``linking``: topics, names, citations between articles and plans.
- ``archive``: puts everything together; permalinks and collisions.
- ``api``: the public face, ``builder.convert`` and ``builder.parse_document``.
- ``output``: generated files, written only where they may have changed; orphans removed.
- ``search``: the index.
- ``pages``: Archive to files through templates.
- ``feeds``: Archive to what machines read: feeds, JSON, CSV, schemas, checksums, the whole as a zip.
- ``publishing``: finished ``docs/`` to ``site/``, as MkDocs makes it, doing only what a change asks for.
- ``site``: from seeds to docs, the preview, comparisons of sites.
- ``scaffold``: an archive's own files: begun, upgraded, examined.
- ``commands``: what each command prints.
- ``__main__``: the command line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from builder.api import UnreadableError, convert, parse_document

__all__ = ["UnreadableError", "convert", "parse_document"]


def __getattr__(name: str) -> Any:  # noqa: ANN401  # whatever the public face has
    """The public face, loaded when it is first asked for: commands need little of it."""
    if name in __all__:
        from builder import api  # noqa: PLC0415  # see above

        return getattr(api, name)
    raise AttributeError(name)
