"""The Why page: chart and sentences that explain a prediction. May import ``ui.common`` and ``ui.shell``."""
