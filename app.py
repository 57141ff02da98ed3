"""The start script of the app. The pages are in ``pages/``, their parts in ``ui/``."""

from ui.shell.navigation import run_app

run_app()
