"""The features that people look at: five of the original project, and pitch, frame by frame.

All but two come from one short-time Fourier transform (STFT); zero crossings and pitch need the waveform
itself, cut into the very same frames. Long clips go through block by block, so that a ten-minute clip needs
no ten-minute STFT in memory.

What each librosa function is fed matters, and is easily got wrong: ``rms`` takes magnitude, ``melspectrogram``
and ``chroma_stft`` take power, ``mfcc`` takes log-power mel.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ser_core.audio import SAMPLE_RATE_HZ, Audio

# Frames are dealt out in blocks of about 33 s: the STFT of one block takes some 8 MB.
_FRAMES_PER_BLOCK = 2048

# A frame counts as voiced when the waveform repeats itself this well (Boersma 1993 calls 0.45 the voicing
# threshold) and is at most 40 dB under the clip's loudest frame.
_VOICED_PERIODICITY = 0.45
_VOICED_BELOW_PEAK_DB = 40.0


@dataclass(frozen=True)
class FrameSettings:
    """How a clip is cut into frames, and how finely each is described.

    Parameters
    ----------
    n_fft : int
        Samples in a frame (Hann window); 1,024 at 16 kHz are 64 ms.
    hop_length : int
        Samples from one frame to the next; 256 at 16 kHz are 16 ms.
    n_mels : int
        Mel bands (Slaney), from 0 Hz to half the sample rate.
    n_mfcc : int
        Mel-frequency cepstral coefficients.
    pitch_min_hz, pitch_max_hz : float
        The range searched for the pitch of a voice.
    """

    n_fft: int = 1024
    hop_length: int = 256
    n_mels: int = 128
    n_mfcc: int = 20
    pitch_min_hz: float = 60.0
    pitch_max_hz: float = 600.0

    @property
    def hop_s(self) -> float:
        """Seconds from one frame to the next."""
        return self.hop_length / SAMPLE_RATE_HZ

    def n_frames(self, n_samples: int) -> int:
        """Return how many centred frames ``n_samples`` samples give."""
        return 1 + n_samples // self.hop_length


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
        peak = float(self.mel_power.max(initial=0.0))
        if peak <= 0.0:
            return np.full_like(self.mel_power, floor_db)
        least = 10.0 ** (floor_db / 10.0)
        return 10.0 * np.log10(np.maximum(self.mel_power / peak, least))

    def summary(self) -> np.ndarray:
        """Return the original project's 162 numbers: each feature averaged over time.

        Returns
        -------
        np.ndarray [shape=(162,)]
            1 zero-crossing rate, 12 chroma, 20 MFCC, 1 RMS, 128 mel power, float32.
        """
        rows = [self.zero_crossing_rate[None], self.chroma, self.mfcc, self.rms[None], self.mel_power]
        return np.concatenate([row.mean(axis=1) for row in rows]).astype(np.float32)


def power_blocks(samples: np.ndarray, settings: FrameSettings) -> Iterator[np.ndarray]:
    """Yield the power spectrogram block by block.

    The blocks side by side equal the centred, zero-padded STFT of the whole clip, squared.

    Parameters
    ----------
    samples : np.ndarray [shape=(n,)]
        Mono samples at 16 kHz, float32.
    settings : FrameSettings
        Frame length and hop.

    Yields
    ------
    np.ndarray [shape=(1 + n_fft / 2, t_block)]
        Power, float32.
    """
    import librosa

    hop, n_fft = settings.hop_length, settings.n_fft
    padded = np.pad(samples, n_fft // 2)
    n_frames = settings.n_frames(len(samples))
    for first in range(0, n_frames, _FRAMES_PER_BLOCK):
        last = min(first + _FRAMES_PER_BLOCK, n_frames)
        block = padded[first * hop : (last - 1) * hop + n_fft]
        stft = librosa.stft(block, n_fft=n_fft, hop_length=hop, center=False)
        yield stft.real**2 + stft.imag**2


def extract_features(audio: Audio, settings: FrameSettings | None = None) -> Features:
    """Compute the five features and pitch of a clip.

    Parameters
    ----------
    audio : Audio
        The clip, as ``load_audio`` gives it.
    settings : FrameSettings, optional
        How the clip is cut into frames.

    Returns
    -------
    Features
        All with the same number of frames, ``1 + n // hop_length``.
    """
    import librosa

    settings = settings or FrameSettings()
    samples = audio.samples
    n_fft, hop = settings.n_fft, settings.hop_length
    mel_filters = librosa.filters.mel(sr=SAMPLE_RATE_HZ, n_fft=n_fft, n_mels=settings.n_mels)
    # librosa measures the windowed frame; dividing by the window's own RMS gives the signal's amplitude back.
    window_rms = float(np.sqrt(np.mean(librosa.filters.get_window("hann", n_fft) ** 2)))

    chroma, mel, rms, periodicity = [], [], [], []
    for power in power_blocks(samples, settings):
        mel.append(mel_filters @ power)
        # tuning=0.0: estimating it per clip costs ten times the rest, and speech is not tuned to A = 440 Hz.
        chroma.append(librosa.feature.chroma_stft(S=power, sr=SAMPLE_RATE_HZ, n_fft=n_fft, tuning=0.0))
        rms.append(librosa.feature.rms(S=np.sqrt(power), frame_length=n_fft)[0] / window_rms)
        periodicity.append(_periodicity(power, settings))
    mel_power = np.concatenate(mel, axis=1)
    rms_all = np.concatenate(rms)
    zcr = librosa.feature.zero_crossing_rate(samples, frame_length=n_fft, hop_length=hop)[0]
    features = Features(
        time_s=np.arange(len(rms_all)) * settings.hop_s,
        zero_crossing_rate=zcr,
        chroma=np.concatenate(chroma, axis=1),
        mfcc=librosa.feature.mfcc(S=librosa.power_to_db(mel_power), n_mfcc=settings.n_mfcc),
        mel_power=mel_power,
        mel_centres_hz=librosa.mel_frequencies(settings.n_mels + 2, fmax=SAMPLE_RATE_HZ / 2)[1:-1],
        rms=rms_all,
        pitch_hz=_pitch(samples, rms_all, np.concatenate(periodicity, axis=1), settings),
    )
    assert features.zero_crossing_rate.shape == features.pitch_hz.shape == features.rms.shape
    return features


def _lags(settings: FrameSettings) -> tuple[int, int]:
    """Return the shortest and longest period searched, in samples."""
    return int(SAMPLE_RATE_HZ / settings.pitch_max_hz), int(np.ceil(SAMPLE_RATE_HZ / settings.pitch_min_hz))


def _periodicity(power: np.ndarray, settings: FrameSettings) -> np.ndarray:
    """Return how well each frame repeats itself after each period searched.

    The autocorrelation (the inverse transform of power) divided by the window's own, after Boersma (1993),
    "Accurate short-term analysis of the fundamental frequency", equation 9.

    Returns
    -------
    np.ndarray [shape=(1 + longest - shortest, t)]
        1 for a perfectly periodic frame, about 0 for noise.
    """
    import librosa

    shortest, longest = _lags(settings)
    window = librosa.filters.get_window("hann", settings.n_fft)
    of_window = np.fft.irfft(np.abs(np.fft.rfft(window)) ** 2)
    of_frame = np.fft.irfft(power, axis=0)
    energy = np.maximum(of_frame[:1], np.finfo(np.float32).tiny)
    lags = slice(shortest, longest + 1)
    return (of_frame[lags] / energy) / (of_window[lags, None] / of_window[0])


def _pitch(
    samples: np.ndarray, rms: np.ndarray, periodicity: np.ndarray, settings: FrameSettings
) -> np.ndarray:
    """Return the pitch of each frame by YIN (de Cheveigné and Kawahara 2002), NaN where not voiced."""
    import librosa

    n_fft, hop = settings.n_fft, settings.hop_length
    padded = np.pad(samples, n_fft // 2)
    blocks = []
    for first in range(0, len(rms), _FRAMES_PER_BLOCK):
        last = min(first + _FRAMES_PER_BLOCK, len(rms))
        blocks.append(
            librosa.yin(
                padded[first * hop : (last - 1) * hop + n_fft],
                fmin=settings.pitch_min_hz,
                fmax=settings.pitch_max_hz,
                sr=SAMPLE_RATE_HZ,
                frame_length=n_fft,
                hop_length=hop,
                center=False,
            )
        )
    pitch_hz = np.concatenate(blocks)
    shortest, longest = _lags(settings)
    lag = np.clip(np.rint(SAMPLE_RATE_HZ / pitch_hz).astype(int), shortest, longest) - shortest
    repeats = periodicity[lag, np.arange(len(rms))] >= _VOICED_PERIODICITY
    loud = rms >= max(rms.max(initial=0.0), 1e-5) * 10.0 ** (-_VOICED_BELOW_PEAK_DB / 20.0)
    return np.where(repeats & loud, pitch_hz, np.nan)
