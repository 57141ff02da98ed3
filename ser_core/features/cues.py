"""The acoustic cues of a clip: what the studies of vocal emotion measure, each as one number.

The choice follows Scherer (2003), "Vocal communication of emotion: A review of research paradigms", and Juslin and
Laukka (2003), "Communication of emotions in vocal expression and music performance"; robust averages follow eGeMAPS
(Eyben et al. 2016, "The Geneva Minimalistic Acoustic Parameter Set"). Everything is computed from ``Features``: nothing
is analysed twice.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ser_core.audio.loading import SAMPLE_RATE_HZ
from ser_core.features.extraction import SILENT_RMS, Features
from ser_core.features.peaks import prominent_peaks

# A frame is sound, not pause, when it is at most this far under the clip's loudest frame.
_SOUND_BELOW_PEAK_DB = 30.0

# eGeMAPS' robust range: wide enough for intonation, blind to the octave errors of a pitch tracker.
_RANGE_PERCENTILES = (20.0, 80.0)

# De Jong and Wempe (2009) count a peak of intensity as a syllable when it stands 2 dB over the dip before it.
_SYLLABLE_DIP_DB = 2.0
_SYLLABLE_BELOW_PEAK_DB = 25.0


@dataclass(frozen=True)
class Cues:
    """The cues of one clip. What cannot be measured is NaN: pitch without a voiced frame, everything of silence.

    Parameters
    ----------
    pitch_hz : float
        Median fundamental frequency of the voiced frames.
    pitch_range_st : float
        Intonation: from the 20th to the 80th percentile of the pitch, in semitones.
    level_dbfs : float
        Mean power of the frames with sound, in decibels under full scale. It depends on the microphone too.
    level_range_db : float
        From the 20th to the 80th percentile of those frames' levels.
    syllables_per_s : float
        Speech rate: syllables, counted as voiced peaks of intensity, per second from the first sound to the last.
    speech_s : float
        From the first sound to the last.
    pause_share : float
        Share of that time without sound, 0 to 1.
    voiced_share : float
        Share of the frames with sound that have a pitch, 0 to 1.
    brightness_hz : float
        Spectral centroid: the mean frequency, weighted by power, of the frames with sound.
    zero_crossings_per_s : float
        Mean over the frames with sound.
    """

    pitch_hz: float
    pitch_range_st: float
    level_dbfs: float
    level_range_db: float
    syllables_per_s: float
    speech_s: float
    pause_share: float
    voiced_share: float
    brightness_hz: float
    zero_crossings_per_s: float


@dataclass(frozen=True)
class CueDisplay:
    """How a cue is told to people.

    Parameters
    ----------
    name : str
        What it is called: ``"pitch"``.
    unit : str
        As written after the number; empty for a share, which is told in per cent.
    decimals : int
        How many are worth showing.
    more, less : str
        How a clip with more or less of it is called beside another: ``"higher"``.
    least_difference : float
        What is less than this nobody hears or the measurement does not tell.
    is_ratio : bool
        True where two clips are told apart by per cent, not by units.
    explanation : str
        One plain sentence.
    """

    name: str
    unit: str
    decimals: int
    more: str
    less: str
    least_difference: float
    is_ratio: bool
    explanation: str

    def show(self, value: float) -> str:
        """Return a value with its unit, or that it is unknown, for what could not be measured."""
        if math.isnan(value):
            return "unknown"
        return f"{value:,.{self.decimals}f} {self.unit}" if self.unit else f"{100 * value:.0f}%"

    def compare(self, first: float, second: float) -> str:
        """Return in words what the second of two clips has more or less than the first.

        Parameters
        ----------
        first, second : float
            In the cue's own unit; NaN where it could not be measured.

        Returns
        -------
        str
            ``"38 Hz higher"``, ``"about the same"``, or ``"unknown"`` where one could not be measured.
        """
        difference = second - first
        if math.isnan(difference):
            return "unknown"
        if abs(difference) < self.least_difference:
            return "about the same"
        direction = self.more if difference > 0 else self.less
        if self.is_ratio and first > 0:
            return f"{100 * abs(difference) / first:.0f}% {direction}"
        if not self.unit:
            return f"{100 * abs(difference):.0f} points {direction}"
        return f"{abs(difference):,.{self.decimals}f} {self.unit} {direction}"


# One entry for each field of ``Cues``; a test holds that.
WORDS: dict[str, CueDisplay] = {
    "pitch_hz": CueDisplay(
        "pitch", "Hz", 0, "higher", "lower", 3.0, False, "How high the voice is: its median over the clip."
    ),
    "pitch_range_st": CueDisplay(
        "intonation", "semitones", 1, "wider", "narrower", 0.4, False, "How far the melody of the voice swings."
    ),
    "level_dbfs": CueDisplay(
        "loudness", "dB", 1, "louder", "softer", 0.5, False, "How strong the sound is; the microphone counts too."
    ),
    "level_range_db": CueDisplay(
        "loudness range", "dB", 1, "wider", "narrower", 1.0, False, "From the soft moments to the loud ones."
    ),
    "syllables_per_s": CueDisplay(
        "speech rate", "syllables/s", 1, "faster", "slower", 0.2, True, "Syllables a second, counted by peaks of sound."
    ),
    "speech_s": CueDisplay(
        "length of speech", "s", 2, "longer", "shorter", 0.1, False, "From the first sound to the last."
    ),
    "pause_share": CueDisplay("pauses", "", 0, "more", "less", 0.03, False, "How much of that time is without sound."),
    "voiced_share": CueDisplay(
        "voiced share", "", 0, "more", "less", 0.05, False, "How much of the sound has a pitch, as vowels have."
    ),
    "brightness_hz": CueDisplay(
        "brightness", "Hz", 0, "brighter", "duller", 15.0, True, "The middle of the sound's frequencies: sharp is high."
    ),
    "zero_crossings_per_s": CueDisplay(
        "zero crossings", "/s", 0, "more", "fewer", 60.0, True, "How often the wave crosses zero; hiss does most."
    ),
}

# The cues that a waveform reconstructed from a mel spectrogram still has: its level and fine structure are invented.
MEL_BASED: frozenset[str] = frozenset({"brightness_hz"})


def measure_cues(features: Features) -> Cues:
    """Measure the acoustic cues of a clip.

    Parameters
    ----------
    features : Features
        Of the whole clip, as ``extract_features`` gives them.

    Returns
    -------
    Cues
        NaN where there is nothing to measure.
    """
    loudest = float(features.rms.max())
    if loudest < SILENT_RMS:
        return Cues(*[float("nan")] * len(WORDS))
    is_sound = features.rms >= loudest * 10.0 ** (-_SOUND_BELOW_PEAK_DB / 20.0)
    level_db = 20.0 * np.log10(np.maximum(features.rms, SILENT_RMS))
    sounding = np.flatnonzero(is_sound)
    hop_s = float(features.time_s[1]) if len(features.time_s) > 1 else 0.0
    n_frames = int(sounding[-1] - sounding[0]) + 1
    speech_s = n_frames * hop_s
    is_voiced = is_sound & np.isfinite(features.pitch_hz)
    voiced_hz = features.pitch_hz[is_voiced]
    return Cues(
        pitch_hz=float(np.median(voiced_hz)) if len(voiced_hz) else float("nan"),
        pitch_range_st=_range(12.0 * np.log2(voiced_hz)) if len(voiced_hz) else float("nan"),
        level_dbfs=10.0 * float(np.log10(np.mean(features.rms[is_sound].astype(np.float64) ** 2))),
        level_range_db=_range(level_db[is_sound]),
        syllables_per_s=_count_syllables(level_db, is_voiced) / speech_s if speech_s else float("nan"),
        speech_s=speech_s,
        pause_share=1.0 - len(sounding) / n_frames,
        voiced_share=float(is_voiced.sum() / len(sounding)),
        brightness_hz=_centroid_hz(features, is_sound),
        zero_crossings_per_s=float(features.zero_crossing_rate[is_sound].mean()) * SAMPLE_RATE_HZ,
    )


def _range(values: np.ndarray) -> float:
    low, high = np.percentile(values, _RANGE_PERCENTILES)
    return float(high - low)


def _count_syllables(level_db: np.ndarray, is_voiced: np.ndarray) -> int:
    """Count the voiced peaks of intensity, after de Jong and Wempe (2009), "Praat script to detect syllable nuclei"."""
    # A floor at both ends, so that a peak in the first or the last frame is one.
    padded = np.pad(level_db, 1, constant_values=level_db.min() - _SYLLABLE_DIP_DB)
    height = level_db.max() - _SYLLABLE_BELOW_PEAK_DB
    peaks = prominent_peaks(padded, height=height, prominence=_SYLLABLE_DIP_DB)
    return int(is_voiced[peaks - 1].sum())


def _centroid_hz(features: Features, is_sound: np.ndarray) -> float:
    # Power, not amplitude as librosa weights: the noise behind a soft voice pulls the latter up, so that on RAVDESS
    # calm came out brighter than anger. Mel filters have unit area, so a band's value is a density, and counts by its
    # width.
    band_power = features.mel_power[:, is_sound].mean(axis=1) * np.gradient(features.mel_centres_hz)
    return float(band_power @ features.mel_centres_hz / band_power.sum())
