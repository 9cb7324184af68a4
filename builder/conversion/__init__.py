"""The other Chinese script: OpenCC's dictionaries, cut down to what the archive's pages need of them.

A reader's browser converts a page by the longest phrase at each place, else character by character, as OpenCC does
(``theme/assets/javascripts/switch.js``). What has to be sent is small, because most of OpenCC's 50,000 phrases come out
the same character by character: see ``needed``.
"""

from builder.conversion.dictionary import Needed, dictionary, needed, prepare, together

__all__ = ["Needed", "dictionary", "needed", "prepare", "together"]
