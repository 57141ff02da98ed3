"""Pitch, intonation and tempo by PSOLA: the periods of the voice are moved, not bent.

Pitch-synchronous overlap-add (Moulines and Charpentier 1990, "Pitch-synchronous waveform processing techniques for
text-to-speech synthesis using diphones") cuts a voice into pieces of two periods around each pulse of the vocal folds
and sets them closer together or farther apart. A piece keeps its spectrum, so formants, and with them the vowels and
the size of the speaker, stay where they are. The implementation is Praat's (Boersma and Weenink), through Parselmouth
(Jadoul, Thompson and de Boer 2018).
"""

from __future__ import annotations

from threading import Lock

import numpy as np

from ser_core.audio.loading import SAMPLE_RATE_HZ
from ser_core.features.pitch import PITCH_MAX_HZ, PITCH_MIN_HZ
from ser_core.voice.level import at_level_of

# Praat looks at three periods of the lowest pitch at once.
MIN_DURATION_S = 3.0 / PITCH_MIN_HZ

_TIME_STEP_S = 0.01

# Praat keeps its objects and its error messages in global variables.
_praat = Lock()


def resynthesise(samples: np.ndarray, *, pitch_st: float, intonation: float, tempo: float) -> np.ndarray:
    """Speak a clip again with another pitch, intonation or tempo.

    Parameters
    ----------
    samples : np.ndarray [shape=(n,)]
        Mono samples at 16 kHz, at least ``MIN_DURATION_S`` of them.
    pitch_st, intonation, tempo : float
        As in ``VoiceChange``. The median of the pitch, in semitones, is the point that ``intonation`` leaves in place.

    Returns
    -------
    np.ndarray [shape=(n / tempo,)]
        float32, at the level of ``samples``. Where no pitch is found, in noise for example, tempo alone changes.
    """
    # Importing it takes half a second, which no visitor's first page should wait for.
    import parselmouth
    from parselmouth.praat import call, run

    with _praat:
        sound = parselmouth.Sound(samples.astype(np.float64), SAMPLE_RATE_HZ)
        manipulation = call(sound, "To Manipulation", _TIME_STEP_S, PITCH_MIN_HZ, PITCH_MAX_HZ)
        pitch = call(manipulation, "Extract pitch tier")
        n_points = call(pitch, "Get number of points")
        if n_points:
            found_hz = [call(pitch, "Get value at index...", index + 1) for index in range(n_points)]
            median_hz = float(np.median(found_hz))
            target_hz = median_hz * 2.0 ** (pitch_st / 12.0)
            call(pitch, "Formula", f"{target_hz} * (self / {median_hz}) ^ {intonation}")
            call([pitch, manipulation], "Replace pitch tier")
        durations = call("Create DurationTier", "tempo", 0.0, sound.xmax)
        call(durations, "Add point", 0.0, 1.0 / tempo)
        call([durations, manipulation], "Replace duration tier")
        # Pieces without a pitch are set at random distances, lest they buzz; the same ones each time.
        run("random_initializeWithSeedUnsafelyButPredictably (1)")
        spoken = call(manipulation, "Get resynthesis (overlap-add)")
    return at_level_of(samples, spoken.values[0])
