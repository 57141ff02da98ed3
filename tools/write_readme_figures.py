"""Write the table of figures in README.md from what the experiments measured.

Run it after ``python -m ser_core figures``. A test fails if README has other figures.
"""

from __future__ import annotations

import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
START = "<!-- written by tools/write_readme_figures.py from models/metrics.json; a test compares the two -->\n"
END = "<!-- end of the table -->"

_ROWS = {
    "seed_cnn": "`seed_cnn`: the original project's Conv1D on 162 time averages",
    "ser_cnn": "`ser_cnn`: this project's, on log-mel windows",
}
_CORPORA = ("RAVDESS", "CREMA-D", "TESS", "nEMO", "EMOVO")
_RANDOM_SPLIT_CORPORA = ("RAVDESS", "TESS")
_N_LABELS = {"RAVDESS": 8, "CREMA-D": 6, "TESS": 7, "nEMO": 6, "EMOVO": 7}


def table() -> str:
    """Return the table as Markdown, read from ``models/metrics.json``."""
    header = ["network", *(f"{corpus}: UAR" for corpus in _CORPORA)]
    header += [f"{corpus}, random split" for corpus in _RANDOM_SPLIT_CORPORA]
    lines = ["| " + " | ".join(header) + " |", "|---" * len(header) + "|"]
    metrics = json.loads((ROOT / "models" / "metrics.json").read_text(encoding="utf-8"))
    for network in metrics:
        description = _ROWS[network]
        new_speakers = metrics[network]["speaker_independent"]["corpora"]
        random_split = metrics[network]["random_split"]["corpora"]
        uars = [new_speakers[corpus]["uar"] if corpus in new_speakers else None for corpus in _CORPORA]
        uars += [random_split[corpus]["uar"] for corpus in _RANDOM_SPLIT_CORPORA]
        lines.append(f"| {description} | " + " | ".join("" if uar is None else f"{uar:.1%}" for uar in uars) + " |")
    chance = [f"{1 / _N_LABELS[corpus]:.1%}" for corpus in (*_CORPORA, *_RANDOM_SPLIT_CORPORA)]
    lines.append("| guessing | " + " | ".join(chance) + " |")
    return "\n".join(lines) + "\n"


def with_table(readme: str) -> str:
    """Return README's text with the table in its place."""
    before, from_start = readme.split(START)
    _, after = from_start.split(END)
    return f"{before}{START}{table()}{END}{after}"


if __name__ == "__main__":
    README.write_text(with_table(README.read_text(encoding="utf-8")), encoding="utf-8")
