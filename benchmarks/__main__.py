"""The benchmark suite: ``python -m benchmarks [--json] [--write DIR] [--only SUBJECT ...]``."""

from __future__ import annotations

import argparse
import json
import sys
from importlib import import_module
from pathlib import Path

from benchmarks import machine, report
from benchmarks.fresh import ROOT
from benchmarks.runner import Figure, Setting
from ser_core.paths import SAMPLES_DIR
from ser_core.samples.settings import SampleSettings

SUBJECTS = ("against_original", "proportion", "corpus", "app", "live", "voice_lab")

_COMPUTER_VOICE = SAMPLES_DIR / "computer_voices" / "sad_male.wav"
# Somebody angry, three seconds.
_REAL_VOICE = Path("Ravdess/audio_speech_actors_01-24/Actor_01/03-01-05-02-01-01-01.flac")


def main(arguments: list[str] | None = None) -> int:
    """Run the suite; return 1 where a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure speed and memory. Linux only.")
    parser.add_argument("--only", nargs="+", choices=SUBJECTS, default=SUBJECTS, help="what to measure")
    parser.add_argument("--json", action="store_true", help="print JSON instead of lines")
    parser.add_argument("--write", type=Path, metavar="DIR", help=f"write {report.PAGE} and {report.PLOT} there")
    parser.add_argument("--tiny", action="store_true", help="go through all of it once; the figures mean nothing")
    asked = parser.parse_args(arguments)

    setting = default_setting()
    if asked.tiny:
        setting = setting.tiny()
    figures: list[Figure] = []
    for subject in asked.only:
        for figure in import_module(f"benchmarks.{subject}").measure(setting):
            figures.append(figure)
            if not asked.json:
                sys.stdout.write(report.in_words(figure) + "\n")
                sys.stdout.flush()
    described = machine.describe()
    if asked.json:
        told = {"machine": described, "figures": [figure.to_dict() for figure in figures]}
        sys.stdout.write(json.dumps(told, indent=1) + "\n")
    if asked.write:
        report.write(asked.write, figures, described)
    return int(any(figure.is_met is False for figure in figures))


def default_setting() -> Setting:
    """Return the full setting, with real voices where there are some."""
    corpora_dir = SampleSettings.from_environment().data_dir or ROOT / "shared" / "corpora"
    if not (corpora_dir / _REAL_VOICE).is_file():
        return Setting(_COMPUTER_VOICE, None)
    return Setting(corpora_dir / _REAL_VOICE, corpora_dir)


if __name__ == "__main__":
    sys.exit(main())
