"""The features that people look at: five of the original project, and pitch, frame by frame.

All but two come from one short-time Fourier transform (STFT); zero crossings and pitch need the waveform
itself, cut into the very same frames.

What each librosa function is fed matters, and is easily got wrong: ``rms`` takes magnitude, ``melspectrogram``
and ``chroma_stft`` take power, ``mfcc`` takes log-power mel.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ser_core.audio import SAMPLE_RATE_HZ, Audio
from ser_core.spectrum import FrameSettings, db_under_peak, frame_blocks, hann, mel_centres_hz, mel_filters, power

N_MELS = 128
N_MFCC = 20

# The range searched for the pitch of a voice.
PITCH_MIN_HZ, PITCH_MAX_HZ = 60.0, 600.0

# A frame counts as voiced when the waveform repeats itself this well (Boersma 1993 calls 0.45 the voicing
# threshold) and is at most 40 dB under the clip's loudest frame.
_VOICED_PERIODICITY = 0.45
_VOICED_BELOW_PEAK_DB = 40.0
SILENT_RMS = 1e-5

DEFAULT_FRAMES = FrameSettings()


@dataclass(frozen=True, eq=False)
class Features:
    """The features of one clip, all with ``t`` frames.

    Parameters
    ----------
    time_s : np.ndarray [shape=(t,)]
        The middle of each frame, in seconds.
    zero_crossing_rate : np.ndarray [shape=(t,)]
        Share of neighbouring samples between which the sign changes, 0 to 1.
    chroma : np.ndarray [shape=(12, t)]
        Energy by pitch class, C first, each frame's largest is 1.
    mfcc : np.ndarray [shape=(20, t)]
        Mel-frequency cepstral coefficients of the log-power mel spectrogram.
    mel_power : np.ndarray [shape=(128, t)]
        Mel spectrogram, power.
    mel_centres_hz : np.ndarray [shape=(128,)]
        Each mel band's centre frequency.
    rms : np.ndarray [shape=(t,)]
        Root mean square amplitude; a sine of amplitude 1 has 0.707.
    pitch_hz : np.ndarray [shape=(t,)]
        Fundamental frequency; NaN where the frame is not voiced.
    """

    time_s: np.ndarray
    zero_crossing_rate: np.ndarray
    chroma: np.ndarray
    mfcc: np.ndarray
    mel_power: np.ndarray
    mel_centres_hz: np.ndarray
    rms: np.ndarray
    pitch_hz: np.ndarray

    def mel_db(self, floor_db: float = -80.0) -> np.ndarray:
        """Return the mel spectrogram in decibels under the clip's loudest point.

        Parameters
        ----------
        floor_db : float
            Nothing is drawn quieter than this.

        Returns
        -------
        np.ndarray [shape=(128, t)]
            0 dB at the loudest point; ``floor_db`` everywhere in a silent clip.
        """
        return db_under_peak(self.mel_power, floor_db)

    def summary(self) -> np.ndarray:
        """Return the original project's 162 numbers: each feature averaged over time.

        Returns
        -------
        np.ndarray [shape=(162,)]
            1 zero-crossing rate, 12 chroma, 20 MFCC, 1 RMS, 128 mel power, float32.
        """
        rows = [self.zero_crossing_rate[None], self.chroma, self.mfcc, self.rms[None], self.mel_power]
        return np.concatenate([row.mean(axis=1) for row in rows]).astype(np.float32)


def extract_features(audio: Audio, settings: FrameSettings = DEFAULT_FRAMES, *, with_pitch: bool = True) -> Features:
    """Compute the five features and pitch of a clip.

    Parameters
    ----------
    audio : Audio
        The clip, as ``load_audio`` gives it.
    settings : FrameSettings
        How the clip is cut into frames.
    with_pitch : bool
        False saves more than half of the time, and leaves the pitch NaN.

    Returns
    -------
    Features
        All with the same number of frames, ``1 + n // hop_length``.
    """
    import librosa

    n_fft, hop = settings.n_fft, settings.hop_length
    # librosa measures the windowed frame; dividing by the window's own RMS gives the signal's amplitude back.
    window_rms = float(np.sqrt(np.mean(hann(n_fft) ** 2)))
    chroma, mel, rms, pitch_hz, periodicity = [], [], [], [], []
    for frames in frame_blocks(audio.samples, settings):
        spectrum = power(frames).T
        mel.append(mel_filters(n_fft, N_MELS) @ spectrum)
        # tuning=0.0: estimating it per clip costs ten times the rest, and speech is not tuned to A = 440 Hz.
        chroma.append(librosa.feature.chroma_stft(S=spectrum, sr=SAMPLE_RATE_HZ, n_fft=n_fft, tuning=0.0))
        rms.append(librosa.feature.rms(S=np.sqrt(spectrum), frame_length=n_fft)[0] / window_rms)
        pitch_hz.append(_pitch_hz(frames, settings) if with_pitch else np.full(len(frames), np.nan))
        periodicity.append(_periodicity(spectrum, pitch_hz[-1]) if with_pitch else np.zeros(len(frames)))
    rms_all, mel_power = np.concatenate(rms), np.concatenate(mel, axis=1)
    zcr = librosa.feature.zero_crossing_rate(audio.samples, frame_length=n_fft, hop_length=hop)[0]
    assert zcr.shape == rms_all.shape
    loud = rms_all >= max(float(rms_all.max()), SILENT_RMS) * 10.0 ** (-_VOICED_BELOW_PEAK_DB / 20.0)
    voiced = loud & (np.concatenate(periodicity) >= _VOICED_PERIODICITY)
    return Features(
        time_s=np.arange(len(rms_all)) * settings.hop_s,
        zero_crossing_rate=zcr,
        chroma=np.concatenate(chroma, axis=1),
        mfcc=librosa.feature.mfcc(S=librosa.power_to_db(mel_power), n_mfcc=N_MFCC),
        mel_power=mel_power,
        mel_centres_hz=mel_centres_hz(N_MELS),
        rms=rms_all,
        pitch_hz=np.where(voiced, np.concatenate(pitch_hz), np.nan),
    )


def _pitch_hz(frames: np.ndarray, settings: FrameSettings) -> np.ndarray:
    """Return each frame's likeliest pitch [shape=(t,)], voiced or not, by YIN (de Cheveigné and Kawahara 2002)."""
    import librosa

    # The samples that the frames were cut from, so that YIN cuts them alike.
    hop = settings.hop_length
    stretch = np.concatenate([frames[:-1, :hop].ravel(), frames[-1]])
    return librosa.yin(
        stretch,
        fmin=PITCH_MIN_HZ,
        fmax=PITCH_MAX_HZ,
        sr=SAMPLE_RATE_HZ,
        frame_length=settings.n_fft,
        hop_length=hop,
        center=False,
    )


def _periodicity(spectrum: np.ndarray, pitch_hz: np.ndarray) -> np.ndarray:
    """Return how well each frame repeats itself after one period of its pitch.

    The autocorrelation (the inverse transform of power) divided by the window's own: Boersma (1993), "Accurate
    short-term analysis of the fundamental frequency", equation 9.

    Parameters
    ----------
    spectrum : np.ndarray [shape=(bins, t)]
        Power.
    pitch_hz : np.ndarray [shape=(t,)]
        The pitch of each frame.

    Returns
    -------
    np.ndarray [shape=(t,)]
        1 for a perfectly periodic frame, about 0 for noise and silence.
    """
    of_frame = np.fft.irfft(spectrum, axis=0)
    of_window = np.fft.irfft(np.abs(np.fft.rfft(hann(2 * (len(spectrum) - 1)))) ** 2)
    lag = np.rint(SAMPLE_RATE_HZ / pitch_hz).astype(int)
    energy = np.maximum(of_frame[0], np.finfo(np.float32).tiny)
    return (of_frame[lag, np.arange(len(lag))] / energy) / (of_window[lag] / of_window[0])
