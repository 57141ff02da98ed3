"""Measure the speech detectors on sounds of other programs, which they were never fitted to.

    apt-get install sox fluidsynth fluid-soundfont-gm
    python -m tools.check_speech_detector

The detectors are fitted to sounds that this project synthesises, so these sounds do not show how well unknown music is
told from speech. SoX and FluidSynth make other ones: tones, chords, noise, and pieces of music for 64 instruments. The
counts go to ``models/experiments/<network>_speech_detector_checks.json``, and from there to the model card.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import mido
import numpy as np

from ser_core.atomic_write import write_text
from ser_core.audio.loading import load_audio
from ser_core.inference.model_files import read_model
from ser_core.inference.recognizer import Recognizer
from ser_core.inference.speech_detector import MIN_SPEECH_PROBABILITY
from ser_core.paths import MODELS_DIR

DURATION_S = 4
_NETWORKS = ("ser_whisper", "ser_cnn")

_WAVES = ("sine", "square", "triangle", "sawtooth", "trapezium", "exp", "pluck")
_NOISES = ("whitenoise", "pinknoise", "brownnoise", "tpdfnoise")

# Every second instrument of General MIDI.
_PROGRAMS = range(0, 128, 2)
_DRUM_CHANNEL = 9
_KICK, _SNARE, _HI_HAT = 36, 38, 42
_SCALE_ST = (0, 2, 4, 5, 7, 9, 11, 12)
_TICKS_PER_BEAT = 480


def sox_effects() -> list[list[str]]:
    """Return the arguments of SoX for each of its 44 sounds."""
    synth = ["synth", str(DURATION_S)]
    sounds = [[*synth, "sine", "350", "sine", "440", "remix", "-"]]
    for wave in _WAVES:
        sounds += [
            [*synth, wave, "220"],
            [*synth, wave, "220", "tremolo", "6", "80"],
            [*synth, wave, "262", wave, "330", wave, "392", "remix", "-"],
            ["synth", "0.25", wave, "440", "pad", "0", "0.25", "repeat", "7"],
            # A sweep; a plucked string cannot change its pitch.
            [*synth, wave, "880" if wave == "pluck" else "100-2000"],
        ]
    for noise in _NOISES:
        sounds += [[*synth, noise], [*synth, noise, "tremolo", "2", "90"]]
    return sounds


def piece_of_music(program: int, *, with_drums: bool) -> mido.MidiFile:
    """Return a random melody over chords; the same arguments give the same piece.

    Parameters
    ----------
    program : int
        Instrument of General MIDI, from 0.
    with_drums : bool
        Whether kick, snare and hi-hat play along.
    """
    rng = np.random.default_rng([program, with_drums])
    beat_s = 60.0 / float(rng.uniform(70.0, 150.0))
    key = int(rng.integers(48, 65))
    # Time in beats, duration in beats, channel, note.
    notes: list[tuple[float, float, int, int]] = []
    for beat in range(int(DURATION_S / beat_s)):
        for half in (0.0, 0.5):
            notes.append((beat + half, 0.5, 0, key + 12 + int(rng.choice(_SCALE_ST))))
            if with_drums:
                notes.append((beat + half, 0.1, _DRUM_CHANNEL, _HI_HAT))
        if beat % 4 == 0:
            root = key + int(rng.choice((0, 5, 7)))
            notes += [(beat, 4.0, 0, root + step_st) for step_st in (0, 4, 7)]
        if with_drums:
            notes.append((beat, 0.1, _DRUM_CHANNEL, _SNARE if beat % 2 else _KICK))
    events = [(start, "note_on", channel, note) for start, _, channel, note in notes]
    events += [(start + duration, "note_off", channel, note) for start, duration, channel, note in notes]
    track = mido.MidiTrack([mido.MetaMessage("set_tempo", tempo=round(1e6 * beat_s))])
    track.append(mido.Message("program_change", program=program))
    now = 0
    for start, kind, channel, note in sorted(events):
        ticks = round(start * _TICKS_PER_BEAT)
        track.append(mido.Message(kind, channel=channel, note=note, velocity=90, time=ticks - now))
        now = ticks
    return mido.MidiFile(ticks_per_beat=_TICKS_PER_BEAT, tracks=[track])


def sox_sounds(path: Path) -> Iterator[Path]:
    """Make each sound of SoX at a path, one after the other."""
    for effects in sox_effects():
        _run("sox", "-n", "-r", "16000", "-b", "16", str(path), *effects, "norm", "-3")
        yield path


def fluidsynth_sounds(path: Path, soundfont: Path) -> Iterator[Path]:
    """Make each piece of music at a path, one after the other."""
    midi = path.with_suffix(".mid")
    for program in _PROGRAMS:
        for with_drums in (False, True):
            piece_of_music(program, with_drums=with_drums).save(midi)
            _run("fluidsynth", "-ni", "-q", "-F", str(path), str(soundfont), str(midi))
            yield path


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603


def count_passed(recognizers: dict[str, Recognizer], sounds: Iterator[Path]) -> tuple[int, dict[str, int]]:
    """Return the number of sounds, and for each network the number that its detector takes for speech."""
    n_sounds, n_passed = 0, dict.fromkeys(recognizers, 0)
    for path in sounds:
        audio = load_audio(path)
        n_sounds += 1
        for name, recognizer in recognizers.items():
            probability = recognizer.predict(audio).speech_probability
            assert probability is not None
            n_passed[name] += probability >= MIN_SPEECH_PROBABILITY
    return n_sounds, n_passed


def main() -> None:
    """Measure the detectors of all networks and write the counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--soundfont", type=Path, default=Path("/usr/share/sounds/sf2/FluidR3_GM.sf2"))
    soundfont: Path = parser.parse_args().soundfont
    recognizers = {name: Recognizer(MODELS_DIR / name) for name in _NETWORKS}
    makers: dict[tuple[str, str], Callable[[Path], Iterator[Path]]] = {
        ("SoX", "tones, chords, sweeps, beeps and noise"): sox_sounds,
        ("FluidSynth", "pieces of music, 64 instruments, with and without drums"): lambda path: fluidsynth_sounds(
            path, soundfont
        ),
    }
    rows: dict[str, list[dict[str, str | int]]] = {name: [] for name in recognizers}
    with tempfile.TemporaryDirectory() as folder:
        for (made_with, content), make in makers.items():
            n_sounds, n_passed = count_passed(recognizers, make(Path(folder) / "sound.wav"))
            for name, n in n_passed.items():
                rows[name].append({"made_with": made_with, "content": content, "n": n_sounds, "n_passed_as_speech": n})
                print(f"{name}: {n} of {n_sounds} sounds of {made_with} pass as speech")
    for name in recognizers:
        config, _ = read_model(MODELS_DIR / name)
        path = MODELS_DIR / "experiments" / f"{name}_speech_detector_checks.json"
        checks = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        # What else the file says, about another detector, stays.
        checks.update(network_sha256=config.network_sha256, other_sounds=rows[name])
        write_text(path, json.dumps(checks, indent=1) + "\n")


if __name__ == "__main__":
    main()
