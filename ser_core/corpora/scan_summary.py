"""What will be used of a data folder, in words: recordings, the words that became labels, and what is left out."""

from __future__ import annotations

from ser_core.corpora.inventory import Inventory


def as_text(inventory: Inventory) -> str:
    """Return what is used of a data folder, and what is left out.

    Parameters
    ----------
    inventory : Inventory
        The recordings.

    Returns
    -------
    str
        Several lines.
    """
    lines = [f"Recordings that are used: {len(inventory.table):,}"]
    for corpus, rows in inventory.table.groupby("corpus"):
        emotions = ", ".join(f"{label} {n:,}" for label, n in rows["emotion"].value_counts().sort_index().items())
        n_speakers = int(rows["speaker"].nunique())
        speakers = "1 speaker" if n_speakers == 1 else f"{n_speakers or 'unknown'} speakers"
        lines.append(f"  {corpus}: {len(rows):,} of {speakers} ({emotions})")
    return "\n".join([*lines, *mapping_lines(inventory), *left_out_lines(inventory)])


def mapping_lines(inventory: Inventory) -> list[str]:
    """Return which words of a user's own recordings became which labels; no lines without own recordings."""
    counts = sorted(inventory.n_by_words.items(), key=lambda item: (item[0][1], item[0][0]))
    lines = [f"  {word} -> {label}: {n:,}" for (word, label), n in counts]
    return ["Words that became labels (--label-map changes them):", *lines] if lines else []


def left_out_lines(inventory: Inventory) -> list[str]:
    """Return how many files are left out, by reason; no lines if there are none."""
    lines = [f"  {n:,} x {reason}" for reason, n in inventory.n_skipped_by_reason().items()]
    return ["Files left out:", *lines] if lines else []
