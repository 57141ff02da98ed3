"""The command line: ``ser COMMAND``, or ``python -m ser_core COMMAND``.

One module for each command; ``entry`` puts them together. A module adds its arguments with ``add_to``, and imports what
the command needs when it runs: ``ser --help`` imports nothing but the standard library, and only ``train`` and
``experiment`` import TensorFlow.
"""

from ser_core.cli.entry import main

__all__ = ["main"]
