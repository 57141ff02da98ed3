"""Rules for speaker and emotion that fit few or none of the recordings are explained."""

from __future__ import annotations

from pathlib import Path

import pytest

from ser_core.cli import main

Capture = pytest.CaptureFixture[str]

pytestmark = pytest.mark.usefixtures("folder")


@pytest.fixture(autouse=True)
def tables(folder: Path) -> None:
    (folder / "other.csv").write_text("path,speaker\nnothing.wav,x\n")
    (folder / "some.csv").write_text("path,speaker\nal/angry_male.wav,x\nal/sad_male.wav,x\n")


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (["--speaker-from", "spk([0-9]+)"], ["5 of 5 paths, such as clips/al/angry_male.wav", 'group "speaker"']),
        (["--speaker-from", "(.*)"], ["another speaker in each of the 5 paths", "no recording is compared"]),
        (["--speaker-from", "(clips)"], ["one speaker in all 5 paths, clips.", "if it is one person"]),
        (["--speaker-from", "al/"], ["3 of 5 paths, such as clips/bad.wav"]),
        (["--speaker-from", "start"], ["5 of 5 paths, such as clips/al/angry_male.wav", "not a word for an emotion"]),
        (["--speaker-from", "some.csv"], ["3 of 5 paths", "the column speaker of some.csv"]),
        (["--speaker-from", "other.csv"], ["names none of the 5 recordings", "5 of 5 paths"]),
        (["--labels", "other.csv"], ["names none of the 5 recordings, such as clips/al/angry_male.wav"]),
        (["--emotion-from", "e_([0-9])"], ["--emotion-from finds nothing in 5 of 5 paths", 'group "emotion"']),
    ],
    ids=lambda value: " ".join(value) if value[0].startswith("--") else "",
)
def test_rule_that_does_not_fit_is_explained(arguments: list[str], parts: list[str], capsys: Capture) -> None:
    main(["predict", "clips", *arguments])
    printed = capsys.readouterr().err
    for part in parts:
        assert part in printed


@pytest.mark.parametrize("rule", ["names", "nobody", "folder", r"clips/(\w+)"])
def test_rule_that_fits_is_not_explained(rule: str, capsys: Capture) -> None:
    main(["predict", "clips", "--speaker-from", rule])
    assert capsys.readouterr().err == ""


def test_plan_explains_the_rule_for_the_speaker(capsys: Capture) -> None:
    assert main(["evaluate", "--data", "clips", "--speaker-from", "spk([0-9]+)", "--plan"]) == 0
    assert "--speaker-from finds no speaker in 4 of 4 paths" in capsys.readouterr().err


def test_data_folder_that_a_pattern_does_not_fit_is_refused_with_an_example(capsys: Capture) -> None:
    assert main(["evaluate", "--data", "clips", "--emotion-from", "e_([0-9])", "--plan"]) == 2
    assert "such as bad.wav): the pattern for the emotion finds nothing" in capsys.readouterr().err
