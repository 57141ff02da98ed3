"""``python -m ser_core`` runs the command line of ``ser_core.cli``."""

from __future__ import annotations

import sys

from ser_core.cli import main

if __name__ == "__main__":
    sys.exit(main())
