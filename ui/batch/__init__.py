"""Many files: a list or a ZIP archive, a row for each, and downloads. May import ``ui.common`` and ``ui.shell``."""
