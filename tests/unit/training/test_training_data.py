"""The decoded recordings of a training, and their cache."""

from __future__ import annotations

import logging
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ser_core.audio.loading import SAMPLE_RATE_HZ, load_audio, to_wav_bytes
from ser_core.corpora import scan
from ser_core.errors import TrainingError
from ser_core.features.extraction import extract_features
from ser_core.inference.log_mel import LogMelFrontEnd
from ser_core.inference.summary import SummaryFrontEnd
from ser_core.training import training_data
from ser_core.training.augmentation import Augmentation
from ser_core.training.clips import LogMelClips, SummaryClips
from ser_core.training.training_data import prepare_clips

FRONT_END = LogMelFrontEnd()
UNREADABLE = "03-01-08-01-01-01-02"


def write_tone(path: Path, number: int) -> None:
    duration_s = 0.5 + 0.4 * number
    time_s = np.arange(round(duration_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(to_wav_bytes(0.3 * np.sin(2.0 * np.pi * (150.0 + 40.0 * number) * time_s)))


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two actors with four emotions each; one file is no audio."""
    folder = tmp_path_factory.mktemp("Ravdess")
    for number in range(8):
        actor, emotion = 1 + number // 4, 2 + number % 4
        write_tone(folder / f"Actor_{actor:02d}" / f"03-01-{emotion:02d}-01-01-01-{actor:02d}.wav", number)
    (folder / "Actor_02" / f"{UNREADABLE}.wav").write_bytes(b"this is no audio")
    return folder


@pytest.fixture(scope="module")
def cache_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def log_mel(data_dir: Path, cache_dir: Path) -> tuple[LogMelClips, pd.DataFrame]:
    return prepare_clips(scan(data_dir).table, data_dir, FRONT_END, cache_dir)


@pytest.fixture
def no_decoding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training_data, "map_clips", lambda *_: pytest.fail("decoded again"))


def test_an_unreadable_file_is_left_out_and_reported(
    data_dir: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        clips, table = prepare_clips(scan(data_dir).table, data_dir, SummaryFrontEnd(), tmp_path)
    assert [record.getMessage().count(UNREADABLE) for record in caplog.records] == [1]
    assert len(table) == len(clips.summaries) == 8
    assert UNREADABLE not in " ".join(table["path"])
    assert table.index.tolist() == list(range(8))


def test_each_row_has_the_levels_of_its_own_recording(
    log_mel: tuple[LogMelClips, pd.DataFrame], data_dir: Path
) -> None:
    clips, table = log_mel
    assert len(table) == len(clips.starts) - 1 == 8
    for row, path in enumerate(table["path"]):
        samples = load_audio(data_dir / path).samples
        levels = FRONT_END.log_mel_db(samples)
        np.testing.assert_allclose(clips.levels(row), levels[FRONT_END.trim(levels)], atol=0.05)


def test_training_and_serving_have_the_same_windows(log_mel: tuple[LogMelClips, pd.DataFrame], data_dir: Path) -> None:
    clips, table = log_mel
    for row in (0, 7):
        served = FRONT_END.windows(load_audio(data_dir / table["path"][row]))
        trained = clips.windows(row)
        np.testing.assert_allclose(trained.inputs, served.inputs, atol=0.01)
        np.testing.assert_allclose(trained.weight, served.weight)


@pytest.mark.usefixtures("no_decoding")
def test_a_second_run_decodes_nothing(
    log_mel: tuple[LogMelClips, pd.DataFrame], data_dir: Path, cache_dir: Path
) -> None:
    clips, table = prepare_clips(scan(data_dir).table, data_dir, FRONT_END, cache_dir)
    np.testing.assert_array_equal(clips.frames, log_mel[0].frames)
    pd.testing.assert_frame_equal(table, log_mel[1])


@pytest.mark.usefixtures("no_decoding", "log_mel")
def test_another_front_end_is_not_served_from_the_cache(data_dir: Path, cache_dir: Path) -> None:
    with pytest.raises(pytest.fail.Exception, match="decoded again"):
        prepare_clips(scan(data_dir).table, data_dir, replace(FRONT_END, n_mels=40), cache_dir)


@pytest.mark.usefixtures("no_decoding", "log_mel")
def test_other_recordings_are_not_served_from_the_cache(data_dir: Path, cache_dir: Path) -> None:
    with pytest.raises(pytest.fail.Exception, match="decoded again"):
        prepare_clips(scan(data_dir).table.iloc[1:], data_dir, FRONT_END, cache_dir)


@pytest.mark.usefixtures("no_decoding", "log_mel")
def test_recordings_in_another_order_are_not_served_from_the_cache(
    data_dir: Path, cache_dir: Path, tmp_path: Path
) -> None:
    for path in data_dir.rglob("*.wav"):
        shutil.copy(path, tmp_path / path.name)
    with pytest.raises(pytest.fail.Exception, match="decoded again"):
        prepare_clips(scan(tmp_path).table, tmp_path, FRONT_END, cache_dir)


def test_a_folder_of_unreadable_files_is_an_error(tmp_path: Path) -> None:
    (tmp_path / f"{UNREADABLE}.wav").write_bytes(b"this is no audio")
    with pytest.raises(TrainingError, match="Not one"):
        prepare_clips(scan(tmp_path).table, tmp_path, FRONT_END, tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


def test_training_inputs_are_random_but_repeatable(log_mel: tuple[LogMelClips, pd.DataFrame]) -> None:
    clips, _ = log_mel
    first, again, other_window = (clips.training_input(3, np.random.default_rng(seed)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert first.shape == other_window.shape == FRONT_END.input_shape
    assert not np.array_equal(first, other_window)


def test_a_training_input_is_a_random_window_of_a_long_clip() -> None:
    # Only the first 300 frames are loud.
    n_frames = 3 * FRONT_END.window_frames
    frames = np.full((n_frames, FRONT_END.n_mels), -50.0, dtype=np.float16)
    frames[:300, :32] = -10.0
    no_change = Augmentation(tempo=0.0, vocal_tract=0.0, colour_db=0.0, noise_share=0.0, blur_share=0.0)
    no_change = replace(no_change, echo_share=0.0, band_limit_share=0.0, time_masks=0, band_masks=0)
    clips = LogMelClips(FRONT_END, frames, np.array([0, n_frames]), no_change)
    rng = np.random.default_rng(0)
    loud_frames = [int((clips.training_input(0, rng)[:, 0] > 0.5).sum()) for _ in range(60)]
    assert 0 in loud_frames
    assert any(0 < count < FRONT_END.window_frames for count in loud_frames)


def test_another_augmentation_has_another_description(log_mel: tuple[LogMelClips, pd.DataFrame]) -> None:
    clips, _ = log_mel
    assert clips.description() != replace(clips, augmentation=Augmentation(tempo=0.01)).description()


def test_summaries_are_standardised_with_the_training_clips_alone(data_dir: Path, tmp_path: Path) -> None:
    clips, table = prepare_clips(scan(data_dir).table, data_dir, SummaryFrontEnd(), tmp_path)
    audio = load_audio(data_dir / table["path"][5])
    np.testing.assert_allclose(clips.summaries[5], extract_features(audio).summary(), rtol=1e-5)

    rows = np.array([0, 2, 4])
    fitted = clips.fitted_to(rows)
    assert isinstance(fitted, SummaryClips)
    inputs = np.concatenate([fitted.windows(row).inputs for row in rows])[..., 0]
    np.testing.assert_allclose(inputs.mean(axis=0), 0.0, atol=1e-3)
    is_not_constant = clips.summaries[rows].std(axis=0) > 1e-6
    np.testing.assert_allclose(inputs.std(axis=0)[is_not_constant], 1.0, atol=1e-2)
    served = fitted.front_end.windows(audio).inputs
    np.testing.assert_allclose(fitted.windows(5).inputs, served, rtol=1e-3, atol=1e-2)
    np.testing.assert_array_equal(fitted.training_input(5, np.random.default_rng(0)), fitted.windows(5).inputs[0])
