"""Names of the groups of speakers (folds) in which the network was tested."""

from __future__ import annotations

_FOLD_PREFIX = "fold-"


def is_fold(name: str) -> bool:
    """Return whether a name is a fold's name in the committed figures: ``"fold-0"``."""
    return name.startswith(_FOLD_PREFIX)


def group_number(fold: str) -> int:
    """Return the number of a fold's group of speakers, counted from 1: 1 for ``"fold-0"``."""
    return int(fold.removeprefix(_FOLD_PREFIX)) + 1


def group_name(fold: str) -> str:
    """Return the name of a fold's group of speakers on the page: ``"group 1"`` for ``"fold-0"``."""
    return f"group {group_number(fold)}"
