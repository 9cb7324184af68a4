"""The archive for machines: Atom, JSON Feed, JSON, CSV, JSON Schema, OAI-PMH, checksums and the whole as a zip."""
