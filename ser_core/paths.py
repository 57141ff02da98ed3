"""Folders of the committed data files, in a checkout or in an installed wheel.

A wheel can only contain files inside the package, so the build copies ``models/`` and ``samples/`` to
``ser_core/_shipped/``.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE_DIR = Path(__file__).resolve().parent
_SHIPPED_DIR = _PACKAGE_DIR / "_shipped"

# Contains models/ and samples/.
DATA_DIR = _SHIPPED_DIR if _SHIPPED_DIR.is_dir() else _PACKAGE_DIR.parent

MODELS_DIR = DATA_DIR / "models"
SAMPLES_DIR = DATA_DIR / "samples"

# The network in ``MODELS_DIR`` that is used unless another one is chosen.
DEFAULT_NETWORK = "ser_whisper"
