"""Assembles the archive: intake of all seeds, permalinks, corrections, sources and topics."""
