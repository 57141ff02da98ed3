"""Augmented copies of a clip's log-mel levels."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ser_core.training.augmentation import (
    Augmentation,
    add_echo,
    add_noise,
    augment,
    blur,
    colour,
    limit_band,
    mask,
    warp,
)

SETTINGS = Augmentation()
NO_CHANGE = Augmentation(
    tempo=0.0,
    vocal_tract=0.0,
    colour_db=0.0,
    noise_share=0.0,
    blur_share=0.0,
    echo_share=0.0,
    band_limit_share=0.0,
    time_masks=0,
    band_masks=0,
)
HOP_S = 0.0125
N_FRAMES, N_BANDS = 120, 64


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.fixture
def levels() -> np.ndarray:
    levels = rng(9).uniform(-60.0, 0.0, size=(N_FRAMES, N_BANDS)).astype(np.float32)
    levels[0, 0] = 0.0
    return levels


def test_without_any_change_the_levels_stay_the_same(levels: np.ndarray) -> None:
    np.testing.assert_allclose(augment(levels, settings=NO_CHANGE, hop_s=HOP_S, rng=rng()), levels, atol=1e-4)
    np.testing.assert_array_equal(mask(levels, NO_CHANGE, rng()), levels)


def test_the_same_generator_gives_the_same_clip(levels: np.ndarray) -> None:
    for seed in range(5):
        first = augment(levels, settings=SETTINGS, hop_s=HOP_S, rng=rng(seed))
        np.testing.assert_array_equal(augment(levels, settings=SETTINGS, hop_s=HOP_S, rng=rng(seed)), first)
        assert first.dtype == np.float32
        assert np.isfinite(first).all()
    assert not np.array_equal(augment(levels, settings=SETTINGS, hop_s=HOP_S, rng=rng(1))[:90], first[:90])


def test_the_input_is_not_changed(levels: np.ndarray) -> None:
    before = levels.copy()
    always = replace(SETTINGS, blur_share=1.0, noise_share=1.0, echo_share=1.0, band_limit_share=1.0)
    mask(augment(levels, settings=always, hop_s=HOP_S, rng=rng()), always, rng())
    mask(levels, always, rng())
    np.testing.assert_array_equal(levels, before)


def test_tempo_changes_the_length_within_bounds(levels: np.ndarray) -> None:
    lengths = [len(warp(levels, SETTINGS, rng(seed))) for seed in range(200)]
    assert min(lengths) == pytest.approx((1.0 - SETTINGS.tempo) * N_FRAMES, abs=2)
    assert max(lengths) == pytest.approx((1.0 + SETTINGS.tempo) * N_FRAMES, abs=2)
    assert warp(levels, SETTINGS, rng()).shape[1] == N_BANDS


def test_tempo_keeps_the_order_of_events() -> None:
    ramp = np.repeat(np.linspace(-60.0, 0.0, N_FRAMES, dtype=np.float32)[:, None], N_BANDS, axis=1)
    for seed in range(10):
        warped = warp(ramp, SETTINGS, rng(seed))
        np.testing.assert_allclose(warped[:, 0], np.linspace(-60.0, 0.0, len(warped)), atol=1e-3)


def test_the_vocal_tract_moves_formants_by_up_to_its_share() -> None:
    formant = np.full((10, N_BANDS), -60.0, dtype=np.float32)
    formant[:, 40] = 0.0
    settings = replace(NO_CHANGE, vocal_tract=0.08)
    peak_bands = [int(warp(formant, settings, rng(seed))[5].argmax()) for seed in range(100)]
    assert min(peak_bands) == pytest.approx(40 / 1.08, abs=1)
    assert max(peak_bands) == pytest.approx(40 / 0.92, abs=1)


@pytest.mark.parametrize("n_frames", [2, 3])
def test_the_shortest_clips_can_be_augmented(n_frames: int, levels: np.ndarray) -> None:
    always = replace(SETTINGS, blur_share=1.0, noise_share=1.0, echo_share=1.0, band_limit_share=1.0)
    for seed in range(20):
        augmented = augment(levels[:n_frames], settings=always, hop_s=HOP_S, rng=rng(seed))
        assert len(augmented) >= 2
        assert np.isfinite(augmented).all()


def test_blur_lowers_time_detail_and_keeps_power(levels: np.ndarray) -> None:
    blurred = blur(levels, SETTINGS)
    assert blurred.shape == levels.shape
    assert np.abs(np.diff(blurred, axis=0)).mean() < 0.5 * np.abs(np.diff(levels, axis=0)).mean()
    inner = slice(10, -10)
    before, after = 10.0 ** (levels / 10.0), 10.0 ** (blurred / 10.0)
    assert after[inner].sum() == pytest.approx(before[inner].sum(), rel=0.05)


def test_blur_spreads_a_click_over_its_frames() -> None:
    click = np.full((40, 4), -60.0)
    click[20] = 0.0
    raised_frames = np.flatnonzero(blur(click, SETTINGS)[:, 0] > -20.0)
    assert len(raised_frames) == SETTINGS.blur_frames
    assert 20 in raised_frames


def test_colour_tilts_every_frame_alike(levels: np.ndarray) -> None:
    change = colour(levels, SETTINGS, rng(4)) - levels
    np.testing.assert_allclose(change, np.repeat(change[:1], N_FRAMES, axis=0), atol=1e-4)
    assert 0.0 < np.abs(change).max() <= SETTINGS.colour_db


def test_noise_raises_pauses_and_not_peaks() -> None:
    levels = np.full((200, N_BANDS), -60.0)
    levels[:100] = 0.0
    for seed in range(10):
        noisy = add_noise(levels, SETTINGS, rng(seed))
        assert (noisy >= levels).all()
        assert np.abs(noisy[:100] - levels[:100]).mean() < 1.5
        quiet = noisy[100:].mean()
        low, high = SETTINGS.noise_db
        assert low - 4.0 < quiet < high + 4.0


def test_noise_is_steady() -> None:
    noisy = add_noise(np.full((400, N_BANDS), -90.0), SETTINGS, rng(2))
    np.testing.assert_allclose(noisy[:200].mean(axis=0), noisy[200:].mean(axis=0), atol=1.0)


def test_an_echo_falls_by_sixty_decibels_in_its_time() -> None:
    click = np.full((80, 4), -300.0)
    click[10] = 0.0
    settings = replace(SETTINGS, echo_s=(0.4, 0.4), echo_db=(-3.0, -3.0))
    echo = add_echo(click, settings, HOP_S, rng())
    np.testing.assert_allclose(echo[:11], click[:11], atol=3.0)
    frames = round(0.4 / HOP_S)
    assert echo[11, 0] - echo[11 + frames, 0] == pytest.approx(60.0, abs=0.1)
    energy = np.sum(10.0 ** (echo[11:, 0] / 10.0))
    assert 10.0 * np.log10(energy) == pytest.approx(-3.0, abs=0.1)


def test_a_limited_band_keeps_the_middle_and_loses_both_ends() -> None:
    for seed in range(20):
        limited = limit_band(np.zeros((3, N_BANDS)), SETTINGS, rng(seed))
        np.testing.assert_array_equal(limited[:, 9:39], 0.0)
        np.testing.assert_array_equal(limited[:, 61:], SETTINGS.band_limit_db)


@pytest.mark.parametrize("settings", [NO_CHANGE, replace(SETTINGS, noise_share=1.0, echo_share=1.0)])
def test_levels_stay_under_the_peak(settings: Augmentation, levels: np.ndarray) -> None:
    for seed in range(10):
        assert augment(levels - 7.0, settings=settings, hop_s=HOP_S, rng=rng(seed)).max() == pytest.approx(
            0.0, abs=1e-4
        )


@pytest.mark.parametrize(("share", "changed"), [(0.0, 0.0), (0.3, 0.3), (1.0, 1.0)])
@pytest.mark.parametrize("name", ["noise_share", "blur_share", "echo_share", "band_limit_share"])
def test_each_change_affects_its_share_of_the_clips(
    name: str, share: float, changed: float, levels: np.ndarray
) -> None:
    settings = replace(NO_CHANGE, **{name: share})
    generator = rng(11)
    is_changed = [
        not np.allclose(augment(levels[:20], settings=settings, hop_s=HOP_S, rng=generator), levels[:20], atol=1e-3)
        for _ in range(300)
    ]
    assert np.mean(is_changed) == pytest.approx(changed, abs=0.08)


def test_masks_replace_whole_frames_and_whole_bands_by_the_mean() -> None:
    window = np.ones((188, N_BANDS), dtype=np.float32)
    hidden_frames, hidden_bands = [], []
    for seed in range(100):
        masked = mask(window, SETTINGS, rng(seed))
        assert set(np.unique(masked)) <= {0.0, 1.0}
        frames, bands = (masked == 0.0).all(axis=1), (masked == 0.0).all(axis=0)
        np.testing.assert_array_equal(masked == 0.0, frames[:, None] | bands)
        hidden_frames.append(frames.sum())
        hidden_bands.append(bands.sum())
    assert 0 < np.mean(hidden_frames) <= max(hidden_frames) <= SETTINGS.time_masks * SETTINGS.time_mask_frames
    assert 0 < np.mean(hidden_bands) <= max(hidden_bands) <= SETTINGS.band_masks * SETTINGS.band_mask_bands
