"""The Voice lab page. May import ``ui.common`` and ``ui.shell``."""
