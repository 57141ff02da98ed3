"""Parts that surround every page: navigation, warm-up, upload limits, host status. Imports ``ui.common`` only."""
