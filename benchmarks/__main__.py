"""The benchmark suite: ``python -m benchmarks [--json] [--write DIR] [--only SUBJECT ...]``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from benchmarks import machine, report
from benchmarks.measurement import Measurement, Setting
from ser_core.samples.settings import SampleSettings
from tests.harness.paths import ROOT, SAD_VOICE

SUBJECTS = ("against_original", "proportion", "corpus", "many", "app", "live", "voice_lab")

# An angry voice, three seconds.
_REAL_VOICE = Path("Ravdess/audio_speech_actors_01-24/Actor_01/03-01-05-02-01-01-01.flac")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the suite; return 1 if a target is missed."""
    options = _parser().parse_args(arguments)
    setting = default_setting()
    if options.tiny:
        setting = setting.tiny()
    measurements: list[Measurement] = []
    for subject in options.only:
        for measurement in import_module(f"benchmarks.{subject}").measure(setting):
            measurements.append(measurement)
            if not options.json:
                sys.stdout.write(report.line(measurement) + "\n")
                sys.stdout.flush()
    description = machine.describe()
    if options.json:
        values = {"machine": description, "measurements": [measurement.to_dict() for measurement in measurements]}
        sys.stdout.write(json.dumps(values, indent=1) + "\n")
    if options.write:
        report.write(options.write, measurements, description)
    return int(any(measurement.is_met is False for measurement in measurements))


def default_setting() -> Setting:
    """Return the full setting, with real voices where the corpora are available."""
    corpora_dir = SampleSettings.from_environment().data_dir or ROOT / "shared" / "corpora"
    if not (corpora_dir / _REAL_VOICE).is_file():
        return Setting(SAD_VOICE, None)
    return Setting(corpora_dir / _REAL_VOICE, corpora_dir)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure speed and memory. Linux only.")
    parser.add_argument("--only", nargs="+", choices=SUBJECTS, default=SUBJECTS, help="the subjects to measure")
    parser.add_argument("--json", action="store_true", help="print JSON instead of lines")
    parser.add_argument("--write", type=Path, metavar="DIR", help=f"write {report.PAGE} and {report.PLOT} there")
    parser.add_argument("--tiny", action="store_true", help="run each measurement once; the values mean nothing")
    return parser


if __name__ == "__main__":
    sys.exit(main())
