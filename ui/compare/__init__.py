"""The Compare page. May import ``ui.common`` and ``ui.shell``."""
