"""The lessons, the glossary, and the page for teachers. May import ``ui.common`` and ``ui.shell``."""
