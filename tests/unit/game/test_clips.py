"""The clips of the game carry the committed votes and the out-of-fold answers."""

from __future__ import annotations

import pandas as pd
import pytest

from ser_core.dataset.tables import read_votes
from ser_core.game.clips import collect_clips
from ser_core.predictions_table import predictions_path, read_predictions, with_answers
from ser_core.samples import Sample, SampleSettings, open_library


@pytest.fixture(scope="module")
def answers() -> pd.DataFrame:
    return with_answers(read_predictions(predictions_path("ser_cnn", "out_of_fold")))


def sample(sample_id: str, emotion: str | None, speaker: str) -> Sample:
    return Sample(sample_id, "title", emotion, "corpus", speaker, "female", None, None, "note", "credit")


def test_every_recording_of_the_manifest_has_votes_and_an_answer(answers: pd.DataFrame) -> None:
    samples = open_library(SampleSettings()).samples
    clips = collect_clips(samples, read_votes(), answers)
    assert len(clips) == len(samples)
    recordings = [clip for clip in clips if clip.origin == "crema-d"]
    assert len(recordings) == 60
    assert all(clip.votes and clip.answer for clip in recordings)
    voices = [clip for clip in clips if clip.origin == "computer"]
    assert voices
    assert not any(clip.votes or clip.answer for clip in voices)


def test_a_recording_of_a_data_folder_is_found_by_its_file_name(answers: pd.DataFrame) -> None:
    (clip,) = collect_clips(
        [sample("corpus/CREMA-D/AudioWAV/1065_IWL_DIS_XX.wav", "disgust", "CREMA-D-1065")], read_votes(), answers
    )
    assert clip.votes is not None
    assert clip.votes["neutral"] == 5
    assert clip.listener_share == 0.0
    assert clip.answer is not None
    assert clip.answer.label == "happy"
    assert clip.answer.unsure
    assert clip.difficulty == pytest.approx(1.0 - clip.answer.intended_probability / 2)


def test_the_same_name_of_another_speaker_has_no_answer(answers: pd.DataFrame) -> None:
    (clip,) = collect_clips([sample("corpus/1065_IWL_DIS_XX.wav", "disgust", "own-1")], read_votes(), answers)
    assert clip.answer is None


def test_a_corpus_without_votes_has_an_answer_only(answers: pd.DataFrame) -> None:
    name = "corpus/Ravdess/Actor_01/03-01-02-01-01-01-01.flac"
    (clip,) = collect_clips([sample(name, "calm", "RAVDESS-01")], read_votes(), answers)
    assert clip.votes is None
    assert clip.listener_share is None
    assert clip.answer is not None
    assert clip.difficulty == pytest.approx(1.0 - clip.answer.intended_probability)


def test_a_sample_whose_emotion_is_unknown_is_left_out(answers: pd.DataFrame) -> None:
    assert collect_clips([sample("corpus/x.wav", None, "own-1")], read_votes(), answers) == ()
