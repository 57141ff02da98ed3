"""README's table of figures, with networks that were not measured in every way."""

from __future__ import annotations

from tools.write_readme_figures import table


def row_of(markdown: str, name: str) -> list[str]:
    (row,) = (line for line in markdown.splitlines() if line.startswith((f"| `{name}`", f"| {name}")))
    return [cell.strip() for cell in row.strip("|").split("|")][1:]


def test_strangers_come_first_and_what_was_not_measured_is_empty() -> None:
    corpora = {"RAVDESS": {"uar": 0.7}}
    metrics = {
        "seed_cnn": {"speaker_independent": {"corpora": corpora}},
        "ser_whisper": {
            "speaker_independent": {"corpora": corpora},
            "strangers": {"mean": {"no profile": {"uar": 0.48}, "10 clips": {"uar": 0.6}}},
            "random_split": {"corpora": {"TESS": {"uar": 0.99}}},
        },
    }
    markdown = table(metrics)
    assert row_of(markdown, "network")[:3] == ["strangers", "strangers, 10 clips", "RAVDESS"]
    assert row_of(markdown, "ser_whisper") == ["48.0%", "60.0%", "70.0%", "", "", "", "", "", "99.0%"]
    assert row_of(markdown, "seed_cnn") == ["", "", "70.0%", "", "", "", "", "", ""]
    # The mean of 1/8, 1/6, 1/7, 1/6 and 1/7.
    assert row_of(markdown, "guessing")[:3] == ["14.9%", "14.9%", "12.5%"]
