"""Configuration: ``curation/`` and the settings of ``mkdocs.yml``, typed and validated."""
