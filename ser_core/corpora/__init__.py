"""Speech corpora: one table of all recordings in a data folder, with the labels that their file names carry.

May import ``audio`` and ``parallel``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ser_core.corpora.inventory import CORPORA, KAGGLE_CORPORA, LABELS_OF, Inventory, clip_names, scan
    from ser_core.corpora.utterance import Skipped, Utterance

__all__ = [
    "CORPORA",
    "KAGGLE_CORPORA",
    "LABELS_OF",
    "Inventory",
    "Skipped",
    "Utterance",
    "clip_names",
    "scan",
]

_MODULE_OF = {
    **dict.fromkeys(("CORPORA", "KAGGLE_CORPORA", "LABELS_OF", "Inventory", "clip_names", "scan"), "inventory"),
    **dict.fromkeys(("Skipped", "Utterance"), "utterance"),
}


def __getattr__(name: str) -> Any:
    """Import a public name on first use, because the table needs pandas, and the rules for file names do not."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
