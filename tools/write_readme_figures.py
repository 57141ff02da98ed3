"""Write the table of figures in README.md from what the experiments measured.

Run it after ``python -m ser_core figures``; a test fails while README says anything else.
"""

from __future__ import annotations

import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
START = "<!-- figures: from models/metrics.json; a test holds this table to them -->\n"
END = "<!-- end of figures -->"

_ROWS = {
    "seed_cnn": "`seed_cnn`: the original's Conv1D on 162 time averages",
    "ser_cnn": "`ser_cnn`: ours, on log-mel windows",
}
_CORPORA = ("RAVDESS", "CREMA-D", "TESS", "nEMO", "EMOVO")
_CHANCE = {"RAVDESS": 8, "CREMA-D": 6, "TESS": 7, "nEMO": 6, "EMOVO": 7}


def table() -> str:
    """Return the table as Markdown, read from ``models/metrics.json``."""
    header = ["network", *(f"{corpus}: UAR" for corpus in _CORPORA), "RAVDESS, random split", "TESS, random split"]
    lines = ["| " + " | ".join(header) + " |", "|---" * len(header) + "|"]
    metrics = json.loads((ROOT / "models" / "metrics.json").read_text(encoding="utf-8"))
    for network in metrics:
        description = _ROWS[network]
        heard = metrics[network]["speaker_independent"]["corpora"]
        leaky = metrics[network]["random_split"]["corpora"]
        values = [heard[corpus]["uar"] if corpus in heard else None for corpus in _CORPORA]
        values += [leaky[corpus]["uar"] for corpus in ("RAVDESS", "TESS")]
        lines.append(f"| {description} | " + " | ".join("" if v is None else f"{v:.1%}" for v in values) + " |")
    chance = [f"{1 / _CHANCE[corpus]:.1%}" for corpus in (*_CORPORA, "RAVDESS", "TESS")]
    lines.append("| guessing | " + " | ".join(chance) + " |")
    return "\n".join(lines) + "\n"


def with_table(readme: str) -> str:
    """Return README's text with the table in its place."""
    before, rest = readme.split(START)
    _, after = rest.split(END)
    return f"{before}{START}{table()}{END}{after}"


if __name__ == "__main__":
    README.write_text(with_table(README.read_text(encoding="utf-8")), encoding="utf-8")
