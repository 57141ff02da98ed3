"""The windows that a network receives."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from ser_core.audio.loading import SAMPLE_RATE_HZ, Audio, from_samples
from ser_core.errors import ModelError
from ser_core.features.extraction import extract_features
from ser_core.inference.front_end import FRONT_ENDS, from_config, to_config
from ser_core.inference.log_mel import LogMelFrontEnd
from ser_core.inference.summary import SummaryFrontEnd

FRONT_END = LogMelFrontEnd()


def clip(samples: np.ndarray) -> Audio:
    return from_samples(samples.astype(np.float32), SAMPLE_RATE_HZ)


def chirps(duration_s: float) -> np.ndarray:
    """Return a tone that rises and falls twice a second, with a little noise."""
    time_s = np.arange(round(duration_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    noise = np.random.default_rng(1).uniform(-0.02, 0.02, len(time_s))
    return 0.4 * np.sin(2.0 * np.pi * (300.0 * time_s + 20.0 * np.sin(4.0 * np.pi * time_s))) + noise


def silence(duration_s: float) -> np.ndarray:
    return np.zeros(round(duration_s * SAMPLE_RATE_HZ))


@pytest.mark.parametrize("gain", [0.1, 1e-3, 2.0])
def test_the_recording_level_does_not_change_the_windows(gain: float) -> None:
    expected = FRONT_END.windows(clip(chirps(2.0)))
    windows = FRONT_END.windows(clip(gain * chirps(2.0)))
    np.testing.assert_allclose(windows.inputs, expected.inputs, atol=1e-3)


def test_silence_at_both_ends_is_cut_off() -> None:
    expected = FRONT_END.windows(clip(np.concatenate([silence(0.3), chirps(2.0), silence(0.3)])))
    windows = FRONT_END.windows(clip(np.concatenate([silence(0.6), chirps(2.0), silence(5.0)])))
    np.testing.assert_allclose(windows.inputs, expected.inputs, atol=1e-5)
    assert windows.start_s[0] == pytest.approx(0.6, abs=0.11)
    assert windows.end_s[0] == pytest.approx(2.6, abs=0.11)


def test_pauses_inside_are_kept() -> None:
    windows = FRONT_END.windows(clip(np.concatenate([chirps(0.8), silence(0.8), chirps(0.8)])))
    assert windows.end_s[0] - windows.start_s[0] == pytest.approx(2.4, abs=0.1)
    assert windows.weight[0] == pytest.approx(2 / 3, abs=0.05)


def test_a_short_clip_lies_in_the_middle_of_its_window() -> None:
    windows = FRONT_END.windows(clip(chirps(1.0)))
    assert windows.inputs.shape == (1, *FRONT_END.input_shape) == (1, 300, 64)
    assert windows.inputs.dtype == np.float32
    sound = np.flatnonzero(windows.inputs[0].max(axis=1) > 0.0)
    before, after = sound[0], FRONT_END.window_frames - 1 - sound[-1]
    assert before == pytest.approx((300 - 101) / 2, abs=2)
    assert after == pytest.approx(before, abs=3)
    assert windows.start_s[0] == 0.0
    assert windows.end_s[0] == pytest.approx(1.0)


@pytest.mark.parametrize("duration_s", [3.2, 4.0, 10.0])
def test_windows_of_a_long_clip_cover_it_from_start_to_end(duration_s: float) -> None:
    windows = FRONT_END.windows(clip(chirps(duration_s)))
    assert len(windows.inputs) == len(windows.start_s) == len(windows.end_s) == len(windows.weight) > 1
    assert windows.start_s[0] == 0.0
    assert windows.end_s[-1] == pytest.approx(duration_s, abs=0.01)
    steps = np.diff(windows.start_s)
    np.testing.assert_allclose(steps[:-1], 50 * 0.010)
    assert 0.0 < steps[-1] <= 50 * 0.010 + 1e-9
    np.testing.assert_allclose(windows.end_s - windows.start_s, 300 * 0.010, atol=0.011)


@pytest.mark.parametrize(("duration_s", "step_s"), [(100.0, 0.5), (600.0, 3.0), (2400.0, 3.0)])
def test_very_long_clips_have_fewer_windows_and_no_gaps(duration_s: float, step_s: float) -> None:
    n_frames = round(duration_s / 0.010)
    windows = FRONT_END.cut(np.zeros((n_frames, FRONT_END.n_mels), np.float32))
    steps_s = np.diff(windows.start_s)
    assert steps_s[:-1].max() == pytest.approx(step_s, abs=0.02)
    assert (windows.start_s[1:] <= windows.end_s[:-1]).all()
    assert windows.end_s[-1] == pytest.approx(duration_s)


def test_a_window_holds_the_sound_between_its_times() -> None:
    samples = np.concatenate([chirps(5.0), silence(3.0), chirps(1.0)])
    windows = FRONT_END.windows(clip(samples))
    in_pause = (windows.start_s >= 5.0) & (windows.end_s <= 8.0)
    in_sound = windows.end_s <= 5.0
    assert in_sound.any()
    np.testing.assert_allclose(windows.weight[in_sound], 1.0)
    half_pause = np.abs(windows.start_s - 3.5).argmin()
    assert windows.weight[half_pause] == pytest.approx((5.0 - windows.start_s[half_pause]) / 3.0, abs=0.03)
    assert not in_pause.any() or (windows.weight[in_pause] < 0.05).all()


def test_each_window_has_mean_0_and_deviation_1() -> None:
    samples = np.concatenate([chirps(5.0), 0.05 * chirps(5.0)])
    for window in FRONT_END.windows(clip(samples)).inputs:
        nonempty = window[:, (window != 0.0).any(axis=0)]
        assert nonempty.shape[1] > 10
        assert nonempty.mean() == pytest.approx(0.0, abs=1e-3)
        assert nonempty.std() == pytest.approx(1.0, abs=1e-3)


def test_steady_noise_changes_the_windows_little() -> None:
    time_s = np.arange(int(2.5 * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    # A sawtooth with syllables, similar to the sound of vocal cords.
    voice = 2.0 * (140.0 * time_s % 1.0 - 0.5) * np.maximum(np.sin(2.0 * np.pi * 2.0 * time_s), 0.0) ** 2
    noise = 0.1 * voice.std() * np.random.default_rng(2).standard_normal(len(voice))

    def correlation(front_end: LogMelFrontEnd) -> float:
        before, after = (front_end.windows(clip(samples)).inputs[0] for samples in (voice, voice + noise))
        return float(np.corrcoef(before.ravel(), after.ravel())[0, 1])

    assert correlation(FRONT_END) > 0.95
    assert correlation(replace(FRONT_END, noise_factor=0.0)) < 0.9


def test_the_noise_estimate_is_the_lowest_tenth_of_a_band() -> None:
    quiet, middle, loud = np.repeat([[1.0, 3.0, 16.0]], 3, axis=0).T[:, None] * np.ones((1, 100, 1))
    remaining = FRONT_END.subtract_noise(np.concatenate([quiet, middle, loud]))
    # Far from the edges, where averaging over neighbours does not mix the three levels.
    centres = remaining[50], remaining[150], remaining[250]
    np.testing.assert_allclose(centres, np.repeat([[0.0, 1.5, 14.5]], 3, axis=0).T)


def test_empty_bands_are_zero_and_do_not_change_the_others() -> None:
    levels = np.random.default_rng(3).uniform(-40.0, 0.0, (200, 64)).astype(np.float32)
    levels[:, 48:] = np.random.default_rng(4).uniform(-60.0, -51.0, (200, 16))
    window = FRONT_END.standardise(levels)
    assert (window[:, 48:] == 0.0).all()
    nonempty = window[50:250, :48]
    np.testing.assert_allclose(nonempty, (levels[:, :48] - levels[:, :48].mean()) / levels[:, :48].std(), atol=1e-3)
    # If all bands are empty, none is left out.
    assert (FRONT_END.standardise(0.1 * levels - 51.0) != 0.0).all()


@pytest.mark.parametrize(
    "samples",
    [np.zeros(1), np.ones(1), np.zeros(SAMPLE_RATE_HZ), np.zeros(5 * SAMPLE_RATE_HZ), np.full(300, 1e-30)],
    ids=["one zero", "one sample", "silence", "long silence", "almost nothing"],
)
@pytest.mark.parametrize(
    "front_end", [FRONT_END, SummaryFrontEnd((0.0,) * 162, (1.0,) * 162)], ids=["log_mel", "summary_162"]
)
def test_empty_clips_give_finite_windows(front_end: LogMelFrontEnd | SummaryFrontEnd, samples: np.ndarray) -> None:
    audio = clip(samples)
    windows = front_end.windows(audio)
    assert windows.inputs.shape[1:] == front_end.input_shape
    assert np.isfinite(windows.inputs).all()
    assert ((windows.weight >= 0.0) & (windows.weight <= 1.0)).all()
    assert (windows.start_s >= 0.0).all()
    assert (windows.end_s <= audio.duration_s).all()


def test_levels_are_decibels_relative_to_the_peak(tone: np.ndarray) -> None:
    levels = FRONT_END.log_mel_db(tone)
    assert levels.shape == (101, 64)
    assert levels.max() == 0.0
    assert levels.min() == pytest.approx(-60.0)


def test_the_summary_of_the_whole_clip_is_standardised() -> None:
    audio = clip(chirps(4.0))
    front_end = SummaryFrontEnd(tuple(np.arange(162.0)), tuple(np.arange(1.0, 163.0)))
    windows = front_end.windows(audio)
    expected = (extract_features(audio).summary() - np.arange(162)) / np.arange(1, 163)
    np.testing.assert_allclose(windows.inputs, expected.astype(np.float32)[None, :, None], rtol=1e-5)
    assert windows.end_s.tolist() == [4.0]


@pytest.mark.parametrize(
    "front_end",
    [FRONT_END, LogMelFrontEnd(n_mels=40, floor_db=-50.0), SummaryFrontEnd((0.5,) * 162, (2.0,) * 162)],
    ids=["default", "changed", "summary"],
)
def test_a_front_end_is_reconstructed_from_its_config(front_end: LogMelFrontEnd | SummaryFrontEnd) -> None:
    assert from_config(json.loads(json.dumps(to_config(front_end)))) == front_end


@pytest.mark.parametrize(
    "changes",
    [{"kind": "wavelets"}, {"kind": None}, {"n_mels": None}, {"window_shape": "hann"}],
    ids=["unknown kind", "no kind", "missing parameter", "unknown parameter"],
)
def test_an_unknown_config_is_an_error(changes: dict[str, Any]) -> None:
    config = {**to_config(FRONT_END), **changes}
    config = {name: value for name, value in config.items() if value is not None}
    with pytest.raises(ModelError, match="front end") as caught:
        from_config(config)
    assert str(sorted(FRONT_ENDS)) in caught.value.expected


def test_the_front_end_gives_the_same_numbers_as_in_training() -> None:
    """Golden numbers: after a change, every trained network would have to be trained again."""
    time_s = np.arange(round(3.5 * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    windows = FRONT_END.windows(clip(chirps(3.5) * (1.0 + np.sin(2.0 * np.pi * 1.3 * time_s))))
    # fmt: off
    golden = {
        (0, 3, 0): -0.8698, (0, 30, 7): 0.2354, (0, 60, 9): 0.2848, (0, 75, 40): -0.3194, (0, 250, 63): 0.7048,
        (1, 25, 5): -0.6689, (1, 125, 9): -0.144, (1, 230, 10): -0.8736,
    }
    # fmt: on
    assert {index: float(windows.inputs[index]) for index in golden} == pytest.approx(golden, abs=2e-3)


def test_a_loud_tone_before_a_short_digital_silence_causes_no_overflow_warning() -> None:
    time_s = np.arange(4 * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    tone = np.where(time_s < 3.7, 0.9 * np.sin(2.0 * np.pi * 440.0 * time_s), 0.0).astype(np.float32)
    assert np.isfinite(LogMelFrontEnd().log_mel_db(tone)).all()
