"""Presets change a voice in the directions in which actors change theirs, as the committed measurements show."""

from __future__ import annotations

from pathlib import Path

import pytest

from ser_core.audio.loading import Audio, load_audio
from ser_core.emotions import LABELS
from ser_core.errors import ModelError
from ser_core.features.cues import measure_cues
from ser_core.features.extraction import extract_features
from ser_core.voice import NEUTRAL, PRESETS, Preset, VoiceChange, change_voice
from ser_core.voice.preset_effects import (
    ACTORS,
    PRESET,
    PresetEffect,
    describe_actors,
    find_effect,
    read_preset_effects,
)
from tests.harness.paths import COMPUTER_VOICES
from ui.voice_lab.controls import SLIDERS

by_emotion = pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.emotion)


@pytest.fixture(scope="module")
def effects() -> tuple[PresetEffect, ...]:
    return read_preset_effects()


def directions(change: VoiceChange) -> dict[str, float]:
    """Return each part of a change as a number that is above, equal to or below 0."""
    return {
        "pitch_st": change.pitch_st,
        "intonation": change.intonation - 1.0,
        "tempo": change.tempo - 1.0,
        "loudness_db": change.loudness_db,
        "brightness": change.brightness_db,
        "harmonicity_db": -change.hoarseness,
    }


def measured_directions(effect: PresetEffect) -> dict[str, float]:
    return {
        "pitch_st": effect.pitch_st,
        "intonation": effect.intonation - 1.0,
        "tempo": effect.tempo - 1.0,
        "loudness_db": effect.loudness_db,
        "brightness": effect.brightness - 1.0,
        "harmonicity_db": effect.harmonicity_db,
    }


def test_every_emotion_but_neutral_has_one_preset() -> None:
    assert sorted(preset.emotion for preset in PRESETS) == sorted(set(LABELS) - {"neutral"})
    assert len({preset.title for preset in PRESETS}) == len(PRESETS)
    assert all(preset.change != NEUTRAL for preset in PRESETS)


@by_emotion
def test_the_sliders_can_show_a_preset(preset: Preset) -> None:
    for name, slider in SLIDERS.items():
        steps = getattr(preset.change, name) / slider.step
        assert steps == pytest.approx(round(steps)), name


@by_emotion
def test_the_sentence_of_a_preset_is_that_of_the_measurements(
    preset: Preset, effects: tuple[PresetEffect, ...]
) -> None:
    assert preset.finding == describe_actors(effects, preset.emotion)


@by_emotion
def test_each_part_of_a_preset_has_the_direction_of_the_actors(
    preset: Preset, effects: tuple[PresetEffect, ...]
) -> None:
    actors = measured_directions(find_effect(effects, preset.emotion, ACTORS))
    for name, direction in directions(preset.change).items():
        assert direction == 0.0 or direction * actors[name] > 0.0, name


@by_emotion
def test_the_measured_effect_of_a_preset_has_the_direction_of_its_parts(
    preset: Preset, effects: tuple[PresetEffect, ...]
) -> None:
    effect = find_effect(effects, preset.emotion, PRESET)
    measured = measured_directions(effect)
    for name, direction in directions(preset.change).items():
        assert direction == 0.0 or direction * measured[name] > 0.0, name
    assert effect.n_clips >= 80
    assert effect.n_speakers >= 20


@by_emotion
def test_a_preset_moves_most_neutral_voices_towards_its_emotion(
    preset: Preset, effects: tuple[PresetEffect, ...]
) -> None:
    effect = find_effect(effects, preset.emotion, PRESET)
    assert effect.moved_share is not None
    assert effect.reached_share is not None
    assert effect.moved_share >= 0.8
    assert effect.moved_share >= effect.reached_share > 0.0


@pytest.fixture(scope="module", params=["female", "male"])
def neutral_voice(request: pytest.FixtureRequest) -> Audio:
    return load_audio(COMPUTER_VOICES / f"neutral_{request.param}.wav")


@by_emotion
def test_a_preset_changes_a_neutral_voice_in_its_directions(preset: Preset, neutral_voice: Audio) -> None:
    after = measure_cues(extract_features(change_voice(neutral_voice, preset.change).audio))
    before = measure_cues(extract_features(neutral_voice))
    changes = {
        "pitch_st": after.pitch_hz - before.pitch_hz,
        "tempo": before.speech_s - after.speech_s,
        "loudness_db": after.level_dbfs - before.level_dbfs,
        "brightness": after.brightness_hz - before.brightness_hz,
    }
    for name, change in changes.items():
        direction = directions(preset.change)[name]
        assert direction == 0.0 or direction * change > 0.0, name


@pytest.mark.parametrize("content", [None, "emotion,source\nangry,actors\n", "\xff\x00"])
def test_a_missing_or_damaged_table_is_an_error(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "effects.csv"
    if content is not None:
        path.write_text(content, encoding="latin-1")
    with pytest.raises(ModelError, match="missing or damaged"):
        read_preset_effects(path)
