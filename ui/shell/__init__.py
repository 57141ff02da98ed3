"""Parts that surround every page: navigation, warm-up, upload limits, host status. May import ``ui.common``."""
