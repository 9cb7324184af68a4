"""The wording of everything the program writes: one file for each language, which is all that another one takes."""

from __future__ import annotations

from collections.abc import Mapping

from builder.problems import Language, wordings


def labels(language: Language) -> Mapping[str, str]:
    """The labels of a language, any tag of BCP 47 or what a theme calls it (``zh``).

    Raises:
        BuilderError: There is no file for the language.
    """
    return wordings(language)["labels"]
