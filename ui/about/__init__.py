"""The About page. May import ``ui.common`` and ``ui.shell``."""
