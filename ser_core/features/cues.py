"""Acoustic cues of a clip: the measures that studies of vocal emotion use, each as one number.

The selection follows Scherer (2003), "Vocal communication of emotion: A review of research paradigms", and Juslin and
Laukka (2003), "Communication of emotions in vocal expression and music performance". Robust averages follow eGeMAPS
(Eyben et al. 2016, "The Geneva Minimalistic Acoustic Parameter Set"). All cues are computed from ``Features``, so the
signal is analysed only once.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ser_core.audio.loading import SAMPLE_RATE_HZ
from ser_core.features.extraction import SILENT_RMS, Features
from ser_core.features.peaks import prominent_peaks

# A frame counts as sound, not as pause, when its level is at most this far below the clip's loudest frame.
_SOUND_BELOW_PEAK_DB = 30.0

# The robust range of eGeMAPS: wide enough for intonation, narrow enough to exclude a pitch tracker's octave errors.
_RANGE_PERCENTILES = (20.0, 80.0)

# De Jong and Wempe (2009) count an intensity peak as a syllable when it is 2 dB above the dip before it.
_SYLLABLE_DIP_DB = 2.0
_SYLLABLE_BELOW_PEAK_DB = 25.0

# 8 frames are 0.13 s, about one vowel. Fewer voiced frames are more often noise than speech. The recordings of the
# Kaggle set have at least 40.
_MIN_VOICED_FRAMES = 8


@dataclass(frozen=True)
class Cues:
    """The acoustic cues of one clip.

    A cue that cannot be measured is NaN: pitch, intonation and speech rate when fewer than eight frames are voiced,
    speech rate when no syllable is found, and every cue of a silent clip.

    Parameters
    ----------
    pitch_hz : float
        Median fundamental frequency of the voiced frames, in hertz.
    pitch_range_st : float
        Intonation: distance from the 20th to the 80th percentile of the pitch, in semitones.
    level_dbfs : float
        Mean power of the frames with sound, in decibels relative to full scale. It also depends on the microphone.
    level_range_db : float
        Distance from the 20th to the 80th percentile of the levels of the frames with sound, in decibels.
    syllables_per_s : float
        Speech rate: number of syllables (voiced intensity peaks) per second of ``speech_s``.
    speech_s : float
        Time from the first to the last frame with sound, in seconds.
    pause_share : float
        Share of ``speech_s`` without sound, 0 to 1.
    voiced_share : float
        Share of the frames with sound that are voiced, 0 to 1.
    brightness_hz : float
        Spectral centroid: power-weighted mean frequency of the frames with sound, in hertz.
    zero_crossings_per_s : float
        Mean zero-crossing rate of the frames with sound, in crossings per second.
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
    """Name, unit and wording of a cue on the pages.

    Parameters
    ----------
    name : str
        Name on the page: ``"pitch"``.
    unit : str
        Unit written after the number; empty for a share, which is shown in per cent.
    decimals : int
        Number of decimals to show.
    more, less : str
        Comparative for a clip with a larger or smaller value: ``"higher"``, ``"lower"``.
    least_difference : float
        Differences below this are inaudible or within the measurement error, in the cue's own unit.
    is_ratio : bool
        True where the difference between two clips is shown in per cent instead of units.
    explanation : str
        One plain sentence about the cue.
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
        """Return a value with its unit, or ``"unknown"`` for NaN."""
        if math.isnan(value):
            return "unknown"
        return f"{value:,.{self.decimals}f} {self.unit}" if self.unit else f"{100 * value:.0f}%"

    def compare(self, first: float, second: float) -> str:
        """Return in words how the second of two clips differs from the first.

        Parameters
        ----------
        first, second : float
            The cue of each clip, in the cue's own unit; NaN where it could not be measured.

        Returns
        -------
        str
            ``"38 Hz higher"``, ``"about the same"``, or ``"unknown"`` where a value is NaN.
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


# One entry for each field of ``Cues``, in the same order (checked by a test).
WORDS: dict[str, CueDisplay] = {
    "pitch_hz": CueDisplay(
        "pitch", "Hz", 0, "higher", "lower", 3.0, False, "How high the voice is: its median over the clip."
    ),
    "pitch_range_st": CueDisplay(
        "intonation", "semitones", 1, "wider", "narrower", 0.4, False, "How far the pitch goes up and down."
    ),
    "level_dbfs": CueDisplay(
        "loudness", "dB", 1, "louder", "softer", 0.5, False, "How strong the sound is, at this microphone."
    ),
    "level_range_db": CueDisplay(
        "loudness range", "dB", 1, "wider", "narrower", 1.0, False, "From the soft moments to the loud ones."
    ),
    "syllables_per_s": CueDisplay(
        "speech rate", "syllables/s", 1, "faster", "slower", 0.2, True, "Syllables per second, counted as loud peaks."
    ),
    "speech_s": CueDisplay(
        "length of speech", "s", 2, "longer", "shorter", 0.1, False, "From the first sound to the last."
    ),
    "pause_share": CueDisplay("pauses", "", 0, "more", "less", 0.03, False, "How much of the speech is silence."),
    "voiced_share": CueDisplay(
        "voiced share", "", 0, "more", "less", 0.05, False, "How much of the sound has a pitch, as vowels have."
    ),
    "brightness_hz": CueDisplay(
        "brightness", "Hz", 0, "brighter", "duller", 15.0, True, "The average frequency; a sharp sound has a high one."
    ),
    "zero_crossings_per_s": CueDisplay(
        "zero crossings", "/s", 0, "more", "fewer", 60.0, True, "How often the wave crosses zero; often in hiss."
    ),
}

# The cues that remain valid in a waveform reconstructed from a mel spectrogram, whose level and fine structure are
# artefacts of the reconstruction.
MEL_BASED: frozenset[str] = frozenset({"brightness_hz"})


def measure_cues(features: Features) -> Cues:
    """Measure the acoustic cues of a clip.

    Parameters
    ----------
    features : Features
        Features of the whole clip, as ``extract_features`` returns them.

    Returns
    -------
    Cues
        NaN for each cue that cannot be measured.
    """
    peak_rms = float(features.rms.max())
    if peak_rms < SILENT_RMS:
        return Cues(*[float("nan")] * len(WORDS))
    is_sound = features.rms >= peak_rms * 10.0 ** (-_SOUND_BELOW_PEAK_DB / 20.0)
    level_db = 20.0 * np.log10(np.maximum(features.rms, SILENT_RMS))
    sound_frames = np.flatnonzero(is_sound)
    hop_s = float(features.time_s[1]) if len(features.time_s) > 1 else 0.0
    n_frames = int(sound_frames[-1] - sound_frames[0]) + 1
    speech_s = n_frames * hop_s
    is_voiced = is_sound & np.isfinite(features.pitch_hz)
    voiced_hz = features.pitch_hz[is_voiced]
    has_voice = len(voiced_hz) >= _MIN_VOICED_FRAMES
    n_syllables = _count_syllables(level_db, is_voiced)
    return Cues(
        pitch_hz=float(np.median(voiced_hz)) if has_voice else float("nan"),
        pitch_range_st=_robust_range(12.0 * np.log2(voiced_hz)) if has_voice else float("nan"),
        level_dbfs=10.0 * float(np.log10(np.mean(features.rms[is_sound].astype(np.float64) ** 2))),
        level_range_db=_robust_range(level_db[is_sound]),
        syllables_per_s=n_syllables / speech_s if has_voice and n_syllables else float("nan"),
        speech_s=speech_s,
        pause_share=1.0 - len(sound_frames) / n_frames,
        voiced_share=float(is_voiced.sum() / len(sound_frames)),
        brightness_hz=_centroid_hz(features, is_sound),
        zero_crossings_per_s=float(features.zero_crossing_rate[is_sound].mean()) * SAMPLE_RATE_HZ,
    )


def _robust_range(values: np.ndarray) -> float:
    low, high = np.percentile(values, _RANGE_PERCENTILES)
    return float(high - low)


def _count_syllables(level_db: np.ndarray, is_voiced: np.ndarray) -> int:
    """Count voiced intensity peaks, after de Jong and Wempe (2009), "Praat script to detect syllable nuclei".

    Parameters
    ----------
    level_db : np.ndarray [shape=(t,)]
        Level of each frame in decibels.
    is_voiced : np.ndarray [shape=(t,), dtype=bool]
        Voiced frames.

    Returns
    -------
    int
        Number of syllables.
    """
    # A low value is added at both ends so that a peak in the first or the last frame is counted.
    padded = np.pad(level_db, 1, constant_values=level_db.min() - _SYLLABLE_DIP_DB)
    height = level_db.max() - _SYLLABLE_BELOW_PEAK_DB
    peaks = prominent_peaks(padded, height=height, prominence=_SYLLABLE_DIP_DB)
    return int(is_voiced[peaks - 1].sum())


def _centroid_hz(features: Features, is_sound: np.ndarray) -> float:
    # Weighted by power, not by amplitude as in librosa: background noise raises the amplitude-weighted centroid of a
    # soft voice. On RAVDESS, calm clips then had a higher centroid than angry ones. Mel filters have unit area, so a
    # band's value is a power density and is multiplied by the band's width.
    band_power = features.mel_power[:, is_sound].mean(axis=1) * np.gradient(features.mel_centres_hz)
    return float(band_power @ features.mel_centres_hz / band_power.sum())
