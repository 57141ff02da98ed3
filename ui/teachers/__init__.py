"""The parts of the page for teachers. May import ``ui.common`` and ``ui.shell``."""
