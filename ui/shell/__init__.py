"""What surrounds every page: navigation, warming up, upload limits, host status. Imports ``ui.common``."""
