"""The app's entry; everything else is in ``pages/`` and ``ui/``."""

from ui.navigation import run_app

run_app()
