"""Pitch, intonation and tempo by PSOLA: the periods of the voice are moved in time and keep their shape.

Pitch-synchronous overlap-add (Moulines and Charpentier 1990, "Pitch-synchronous waveform processing techniques for
text-to-speech synthesis using diphones") cuts a voice into pieces of two periods around each pulse of the vocal folds
and sets them closer together or farther apart. A piece keeps its spectrum, so the formants, and with them the vowels
and the apparent size of the speaker, do not change.

The implementation is Praat's (Boersma and Weenink), through Parselmouth (Jadoul, Thompson and de Boer 2018).
"""

from __future__ import annotations

from threading import Lock

import numpy as np

from ser_core.audio.loading import SAMPLE_RATE_HZ
from ser_core.features.pitch import PITCH_MAX_HZ, PITCH_MIN_HZ
from ser_core.voice.level import at_level_of

# Praat analyses windows of three periods of the lowest pitch.
MIN_DURATION_S = 3.0 / PITCH_MIN_HZ

_TIME_STEP_S = 0.01

# Praat keeps its objects and error messages in global variables, so only one thread may use it at a time.
_praat = Lock()


def resynthesise(samples: np.ndarray, *, pitch_st: float, intonation: float, tempo: float) -> np.ndarray:
    """Resynthesise a clip with another pitch, intonation or tempo.

    Parameters
    ----------
    samples : np.ndarray [shape=(n,)]
        Mono samples at 16 kHz, at least ``MIN_DURATION_S`` of them.
    pitch_st, intonation, tempo : float
        Amounts as in ``VoiceChange``. ``intonation`` scales the distances from the median pitch, in semitones.

    Returns
    -------
    np.ndarray [shape=(n / tempo,)]
        float32, at the level of ``samples``. Where no pitch is found, as in noise, only the tempo changes.
    """
    # Imported here because it takes half a second: the first page of a visitor does not need it.
    import parselmouth
    from parselmouth.praat import call, run

    with _praat:
        sound = parselmouth.Sound(samples.astype(np.float64), SAMPLE_RATE_HZ)
        manipulation = call(sound, "To Manipulation", _TIME_STEP_S, PITCH_MIN_HZ, PITCH_MAX_HZ)
        pitch = call(manipulation, "Extract pitch tier")
        n_points = call(pitch, "Get number of points")
        if n_points:
            pitches_hz = [call(pitch, "Get value at index...", index + 1) for index in range(n_points)]
            median_hz = float(np.median(pitches_hz))
            target_hz = median_hz * 2.0 ** (pitch_st / 12.0)
            call(pitch, "Formula", f"{target_hz} * (self / {median_hz}) ^ {intonation}")
            call([pitch, manipulation], "Replace pitch tier")
        durations = call("Create DurationTier", "tempo", 0.0, sound.xmax)
        call(durations, "Add point", 0.0, 1.0 / tempo)
        call([durations, manipulation], "Replace duration tier")
        # Pieces without a pitch are set at random distances: regular distances would sound like a buzz. The seed makes
        # the result repeatable.
        run("random_initializeWithSeedUnsafelyButPredictably (1)")
        resynthesis = call(manipulation, "Get resynthesis (overlap-add)")
    return at_level_of(samples, resynthesis.values[0])
