"""What stops the short way: the site is then built by MkDocs itself."""


class UnfamiliarError(Exception):
    """Something that only MkDocs knows how to publish."""


class DoubtfulError(UnfamiliarError):
    """Something on one page that MkDocs would probably warn of."""
