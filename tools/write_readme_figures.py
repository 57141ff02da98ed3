"""Write the table of figures in README.md from what the experiments measured.

Run it after ``python -m ser_core experiment``; a test fails while README says anything else.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
START = "<!-- figures: from models/experiments/*.json; a test holds this table to them -->\n"
END = "<!-- end of figures -->"

_ROWS = {
    "seed_cnn": "`seed_cnn`: the original's Conv1D on 162 time averages",
    "ser_cnn": "`ser_cnn`: ours, on log-mel sequences",
}
_COLUMNS = (
    "network",
    "RAVDESS: UAR",
    "accuracy",
    "on a random split: UAR",
    "accuracy",
    "CREMA-D: UAR",
    "TESS: UAR",
    "on a random split: UAR",
)


def table() -> str:
    """Return the table as Markdown, read from ``models/experiments/``."""
    lines = ["| " + " | ".join(_COLUMNS) + " |", "|---" * len(_COLUMNS) + "|"]
    for network, description in _ROWS.items():
        found = json.loads((ROOT / "models" / "experiments" / f"{network}.json").read_text())
        heard, leaky = found["speaker_independent"]["corpora"], found["random_split"]["corpora"]
        values = [
            *(heard["RAVDESS"][figure] for figure in ("uar", "accuracy")),
            *(leaky["RAVDESS"][figure] for figure in ("uar", "accuracy")),
            *(_among_its_own(heard[corpus]) for corpus in ("CREMA-D", "TESS")),
            _among_its_own(leaky["TESS"]),
        ]
        lines.append(f"| {description} | " + " | ".join(f"{value:.1%}" for value in values) + " |")
    lines.append("| guessing | 12.5% | 12.5% | 12.5% | 12.5% | 16.7% | 14.3% | 14.3% |")
    return "\n".join(lines) + "\n"


def _among_its_own(figures: dict[str, Any]) -> float:
    return figures["restricted"]["uar"]


def with_table(readme: str) -> str:
    """Return README's text with the table in its place."""
    before, rest = readme.split(START)
    _, after = rest.split(END)
    return f"{before}{START}{table()}{END}{after}"


if __name__ == "__main__":
    README.write_text(with_table(README.read_text(encoding="utf-8")), encoding="utf-8")
