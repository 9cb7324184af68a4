"""An archive's own files: written by ``init``, kept up to date by ``upgrade``, looked over by ``doctor``."""
