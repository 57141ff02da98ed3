"""The listening game: ten clips, a guess for each. May import ``ui.common`` and ``ui.shell``."""
