"""The app's entry; everything else is in ``pages/`` and ``ui/``."""

from ui.shell.navigation import run_app

run_app()
