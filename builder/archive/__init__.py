"""Puts everything together: intake of all seeds, permalinks, corrections, sources and topics."""
