"""The Recognise page. Imports ``ui.common`` and ``ui.shell``."""
