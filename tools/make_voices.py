"""Make the computer voices of the sample library: ``samples/computer_voices/*.wav`` and ``voices.json``.

Eight emotions in two voices, spoken by the synthesiser Flite with a woman's and a man's voice. Flite sets pitch
level, intonation and tempo; tremor, brightness, loudness and the swell over the sentence are added afterwards. These
clips were neither acted nor rated by people: they show only the direction in which a voice changes with an emotion.

The directions come from two reviews. Juslin and Laukka, "Communication of emotions in vocal expression and
music performance", Psychological Bulletin 129(5), 2003: anger fast, loud, bright, high and varied in pitch;
fear fast, soft, high, little varied, irregular; happiness fast, rather loud, high, varied; sadness slow,
soft, dull, low, little varied, with pauses; tenderness, the nearest to calm, a milder sadness. Scherer,
"Vocal communication of emotion", Speech Communication 40(1-2), 2003, agrees. The studies of disgust contradict each
other; slow and low is one of several findings. Surprise, high and rising in pitch, is this project's choice, and so are
all amounts.

Usage (Debian: ``apt-get install flite``, version 2.2)::

    python tools/make_voices.py
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import soundfile as sf

FOLDER = Path(__file__).resolve().parents[1] / "samples" / "computer_voices"
SAMPLE_RATE_HZ = 16_000

SYNTHESISER = "Flite 2.2, Carnegie Mellon University"
LICENCE = (
    "Flite and its voices are free software under an X11-like licence of Carnegie Mellon University, "
    "which sets no terms for the speech they make"
)
SENTENCE_CODE = "CUP"
SENTENCE = "The green cup is on the kitchen table."
# Flite makes a pause at a comma.
SENTENCE_WITH_PAUSE = "The green cup, is on the kitchen table."

TREMOR_HZ = 6.5
BRIGHTNESS_PIVOT_HZ = 1_000.0
SILENCE_MS = 60
FADE_MS = 10
PEAK_LIMIT = 0.95


@dataclass(frozen=True)
class Voice:
    """One of Flite's voices, with its own pitch level and range."""

    name: str
    sex: str
    pitch_hz: float
    pitch_deviation_hz: float


@dataclass(frozen=True)
class Shape:
    """The change of a neutral sentence for one emotion.

    Parameters
    ----------
    pitch_st : float
        Pitch level above the voice's own, in semitones.
    intonation : float
        Factor on the range of the intonation. A negative factor inverts it, so that the sentence rises.
    tempo : float
        Factor on the speed.
    loudness_dbfs : float
        Root mean square of the clip.
    brightness_db : float
        Gain per octave above 1 kHz; a negative gain makes the voice duller.
    tremor_st : float
        Depth of the pitch tremor, in semitones.
    swell_db : float
        Level at the end of the sentence relative to its start.
    pause : bool
        True for a pause within the sentence.
    """

    pitch_st: float = 0.0
    intonation: float = 1.0
    tempo: float = 1.0
    loudness_dbfs: float = -25.0
    brightness_db: float = 0.0
    tremor_st: float = 0.0
    swell_db: float = 0.0
    pause: bool = False


VOICES = (
    Voice("slt", "female", pitch_hz=172.0, pitch_deviation_hz=20.0),
    Voice("awb", "male", pitch_hz=128.0, pitch_deviation_hz=18.0),
)

SHAPES = {
    "angry": Shape(pitch_st=3.0, intonation=1.9, tempo=1.15, loudness_dbfs=-19.0, brightness_db=3.0, swell_db=2.0),
    "calm": Shape(pitch_st=-1.0, intonation=0.7, tempo=0.86, loudness_dbfs=-28.0, brightness_db=-1.0),
    "disgust": Shape(pitch_st=-2.0, intonation=1.3, tempo=0.8, brightness_db=0.5, swell_db=-5.0),
    "fear": Shape(pitch_st=5.5, intonation=0.4, tempo=1.2, loudness_dbfs=-27.0, tremor_st=0.6),
    "happy": Shape(pitch_st=4.0, intonation=2.1, tempo=1.1, loudness_dbfs=-21.0, brightness_db=1.5),
    "neutral": Shape(),
    "sad": Shape(pitch_st=-2.5, intonation=0.4, tempo=0.8, loudness_dbfs=-31.0, brightness_db=-3.0, pause=True),
    "surprise": Shape(pitch_st=6.0, intonation=-2.4, tempo=1.05, loudness_dbfs=-21.0, brightness_db=1.5, swell_db=3.0),
}


def speak(flite: str, voice: Voice, shape: Shape) -> np.ndarray:
    """Synthesise the sentence with Flite.

    Parameters
    ----------
    flite : str
        Path of the program.
    voice : Voice
        The voice.
    shape : Shape
        The change; its pitch level, intonation, tempo and pause are used.

    Returns
    -------
    np.ndarray [shape=(n_samples,)]
        Speech at ``SAMPLE_RATE_HZ``, without the silence around it.
    """
    # The range is a deviation in hertz: it must grow with the level to stay the same in semitones.
    level = 2.0 ** (shape.pitch_st / 12.0)
    settings = {
        "int_f0_target_mean": voice.pitch_hz * level,
        "int_f0_target_stddev": voice.pitch_deviation_hz * level * shape.intonation,
        "duration_stretch": 1.0 / shape.tempo,
    }
    with tempfile.TemporaryDirectory() as folder:
        wav = Path(folder) / "speech.wav"
        options = [part for name, value in settings.items() for part in ("--setf", f"{name}={value:.4f}")]
        text = SENTENCE_WITH_PAUSE if shape.pause else SENTENCE
        # All arguments are constants of this file or numbers, and no shell interprets them.
        subprocess.run([flite, "-voice", voice.name, *options, "-t", text, "-o", str(wav)], check=True)  # noqa: S603
        speech, sample_rate_hz = sf.read(wav)
    if sample_rate_hz != SAMPLE_RATE_HZ:
        raise SystemExit(f"Flite spoke at {sample_rate_hz} Hz, not at {SAMPLE_RATE_HZ} Hz")
    loud_samples = np.flatnonzero(np.abs(speech) > 0.01 * np.max(np.abs(speech)))
    trimmed: np.ndarray = speech[loud_samples[0] : loud_samples[-1] + 1]
    return trimmed


def tremble(speech: np.ndarray, depth_st: float) -> np.ndarray:
    """Add a pitch tremor by resampling the waveform at an uneven speed.

    Parameters
    ----------
    speech : np.ndarray [shape=(n_samples,)]
        A waveform.
    depth_st : float
        Depth of the tremor to either side, in semitones.

    Returns
    -------
    np.ndarray [shape=(n_samples,)]
        The waveform with a pitch tremor of ``TREMOR_HZ``.
    """
    speed_swing = 2.0 ** (depth_st / 12.0) - 1.0
    angle = 2 * np.pi * TREMOR_HZ / SAMPLE_RATE_HZ
    index = np.arange(len(speech))
    trembling: np.ndarray = np.interp(index + speed_swing / angle * np.sin(angle * index), index, speech)
    return trembling


def brighten(speech: np.ndarray, gain_db: float) -> np.ndarray:
    """Tilt the spectrum above 1 kHz.

    Parameters
    ----------
    speech : np.ndarray [shape=(n_samples,)]
        A waveform.
    gain_db : float
        Gain per octave above ``BRIGHTNESS_PIVOT_HZ``.

    Returns
    -------
    np.ndarray [shape=(n_samples,)]
        The brighter or duller waveform.
    """
    spectrum = np.fft.rfft(speech)
    frequencies_hz = np.fft.rfftfreq(len(speech), 1.0 / SAMPLE_RATE_HZ)
    octaves = np.log2(np.maximum(frequencies_hz, BRIGHTNESS_PIVOT_HZ) / BRIGHTNESS_PIVOT_HZ)
    brightened: np.ndarray = np.fft.irfft(spectrum * 10.0 ** (gain_db * octaves / 20.0), len(speech))
    return brightened


def finish(speech: np.ndarray, shape: Shape) -> np.ndarray:
    """Add the properties that Flite cannot set: tremor, brightness, swell, loudness, soft ends.

    Parameters
    ----------
    speech : np.ndarray [shape=(n_samples,)]
        Flite's output.
    shape : Shape
        The change.

    Returns
    -------
    np.ndarray [shape=(n_samples + 2 * silence,)]
        The finished clip; its peak is at most ``PEAK_LIMIT``.
    """
    speech = brighten(tremble(speech, shape.tremor_st), shape.brightness_db)
    speech = speech * 10.0 ** (np.linspace(-0.5, 0.5, len(speech)) * shape.swell_db / 20.0)
    speech = speech * 10.0 ** (shape.loudness_dbfs / 20.0) / np.sqrt(np.mean(speech**2))
    n_fade = SAMPLE_RATE_HZ * FADE_MS // 1000
    speech[:n_fade] *= np.linspace(0.0, 1.0, n_fade)
    speech[-n_fade:] *= np.linspace(1.0, 0.0, n_fade)
    speech *= min(1.0, PEAK_LIMIT / np.max(np.abs(speech)))
    return np.pad(speech, SAMPLE_RATE_HZ * SILENCE_MS // 1000)


def make_voices(flite: str, folder: Path) -> None:
    """Make all clips and their table, ``voices.json``.

    Parameters
    ----------
    flite : str
        Path of the program.
    folder : Path
        Folder for the clips and ``voices.json``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    clips = []
    for voice in VOICES:
        for emotion, shape in SHAPES.items():
            path = folder / f"{emotion}_{voice.sex}.wav"
            sf.write(path, finish(speak(flite, voice, shape), shape), SAMPLE_RATE_HZ, subtype="PCM_16")
            content = path.read_bytes()
            clips.append(
                {
                    "path": path.name,
                    "bytes": len(content),
                    "sha256": hashlib.sha256(content).hexdigest(),
                    "emotion": emotion,
                    "sex": voice.sex,
                    "voice": voice.name,
                    "shape": asdict(shape),
                }
            )
    table = {
        "synthesiser": SYNTHESISER,
        "licence": LICENCE,
        "sentence": SENTENCE_CODE,
        "sentence_text": SENTENCE,
        "clips": clips,
    }
    (folder / "voices.json").write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Find Flite and make the voices."""
    parser = argparse.ArgumentParser(description="Make the computer voices of the sample library.")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where to write (default: samples/computer_voices)")
    arguments = parser.parse_args()
    flite = shutil.which("flite")
    if flite is None:
        sys.exit("Flite is not installed: on Debian, apt-get install flite")
    make_voices(flite, arguments.folder)


if __name__ == "__main__":
    main()
