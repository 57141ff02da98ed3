"""Write the table of figures in README.md from what the experiments measured.

Run it after ``python -m ser_core figures``, as ``python -m tools.write_readme_figures``. A test fails if README has
other figures.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ser_core.network_figures import LARGE_PROFILE, stranger_mean

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
START = "<!-- written by tools/write_readme_figures.py from models/metrics.json; a test compares the two -->\n"
END = "<!-- end of the table -->"

_ROWS = {
    "seed_cnn": "`seed_cnn`: the original project's Conv1D on 162 time averages",
    "ser_cnn": "`ser_cnn`: this project's CNN on log-mel windows",
    "ser_whisper": "`ser_whisper`: this project's, on the lower part of Whisper",
}
_CORPORA = ("RAVDESS", "CREMA-D", "TESS", "nEMO", "EMOVO")
_RANDOM_SPLIT_CORPORA = ("RAVDESS", "TESS")
_N_LABELS = {"RAVDESS": 8, "CREMA-D": 6, "TESS": 7, "nEMO": 6, "EMOVO": 7}


def table(metrics: Mapping[str, Any]) -> str:
    """Return the table as Markdown.

    Parameters
    ----------
    metrics : mapping
        The content of ``models/metrics.json``.
    """
    header = ["network", "strangers", f"strangers, {LARGE_PROFILE}", *_CORPORA]
    header += [f"{corpus}, random split" for corpus in _RANDOM_SPLIT_CORPORA]
    lines = ["| " + " | ".join(header) + " |", "|---" * len(header) + "|"]
    for network, figures in metrics.items():
        lines.append(f"| {_ROWS[network]} | " + " | ".join(map(_percent, _uars(figures))) + " |")
    # All corpora can be left out, so guessing has the same mean with and without a profile.
    corpora = [1 / _N_LABELS[corpus] for corpus in _CORPORA]
    chance = [sum(corpora) / len(corpora)] * 2 + corpora + [1 / _N_LABELS[name] for name in _RANDOM_SPLIT_CORPORA]
    lines.append("| guessing | " + " | ".join(map(_percent, chance)) + " |")
    return "\n".join(lines) + "\n"


def _uars(figures: Mapping[str, Any]) -> list[float | None]:
    """Return the figures of a network's row; None where it was not measured."""
    means = [stranger_mean(figures), stranger_mean(figures, LARGE_PROFILE)]
    new_speakers = figures["speaker_independent"]["corpora"]
    random_split = figures.get("random_split", {}).get("corpora", {})
    return [
        *(mean["uar"] if mean else None for mean in means),
        *(new_speakers.get(corpus, {}).get("uar") for corpus in _CORPORA),
        *(random_split.get(corpus, {}).get("uar") for corpus in _RANDOM_SPLIT_CORPORA),
    ]


def _percent(uar: float | None) -> str:
    return "" if uar is None else f"{uar:.1%}"


def with_table(readme: str) -> str:
    """Return README's text with the table in its place."""
    metrics = json.loads((ROOT / "models" / "metrics.json").read_text(encoding="utf-8"))
    before, from_start = readme.split(START)
    _, after = from_start.split(END)
    return f"{before}{START}{table(metrics)}{END}{after}"


if __name__ == "__main__":
    README.write_text(with_table(README.read_text(encoding="utf-8")), encoding="utf-8")
