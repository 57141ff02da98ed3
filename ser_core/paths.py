"""Where the committed data files are: in a checkout, or inside an installed wheel.

A wheel has no place beside the package, so the build copies ``models/`` and ``samples/`` to ``ser_core/_shipped/``.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE_DIR = Path(__file__).resolve().parent
_SHIPPED_DIR = _PACKAGE_DIR / "_shipped"

# Holds models/ and samples/.
DATA_DIR = _SHIPPED_DIR if _SHIPPED_DIR.is_dir() else _PACKAGE_DIR.parent

MODELS_DIR = DATA_DIR / "models"
SAMPLES_DIR = DATA_DIR / "samples"
