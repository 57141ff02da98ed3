"""The Recognise page. May import ``ui.common`` and ``ui.shell``."""
