"""The rows of a batch: good and bad files in order, and each clip compared with the others of its speaker."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
import soundfile

from ser_core.audio.loading import SAMPLE_RATE_HZ, load_audio, to_wav_bytes
from ser_core.batch.figures import emotion_counts, recognition_figures, verdict_counts
from ser_core.batch.judging import Row, judge, speakers_of
from ser_core.batch.listing import GivenFile, list_entries
from ser_core.batch.recordings import Entry
from ser_core.batch.tables import COLUMNS, as_table, csv_of, to_csv, to_json, to_json_lines, to_parquet
from ser_core.corpora.own_labels import START, Labels
from ser_core.emotions import LABELS
from ser_core.errors import EmptyAudioError
from ser_core.inference.recognizer import Recognizer
from ser_core.inference.voice_profile import VoiceProfile
from ser_core.metrics import recognition
from tests.harness.paths import COMPUTER_VOICES
from tests.unit.batch.archives import zipped

VOICES = {name: (COMPUTER_VOICES / f"{name}.wav").read_bytes() for name in ("angry_male", "sad_male", "happy_female")}
SILENCE = to_wav_bytes(np.zeros(SAMPLE_RATE_HZ))


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    return Recognizer()


def mixed_entries() -> list[Entry]:
    """Return two clips of one speaker, one of another, and files that get no answer."""
    content = zipped(
        {
            "al_angry.wav": VOICES["angry_male"],
            "al_sad.wav": VOICES["sad_male"],
            "al_silent.wav": SILENCE,
            "bad.wav": b"this is no audio",
            "bo_happy.wav": VOICES["happy_female"],
            "notes.txt": b"x",
        }
    )
    return list_entries([GivenFile("x.zip", io.BytesIO(content))], Labels(START))


@pytest.fixture(scope="module")
def rows(recognizer: Recognizer) -> list[Row]:
    return [step.row for step in judge(recognizer, mixed_entries()) if step.row is not None]


def test_each_file_is_a_row_in_order(rows: list[Row]) -> None:
    names = ["al_angry.wav", "al_sad.wav", "al_silent.wav", "bad.wav", "bo_happy.wav", "notes.txt"]
    assert [row["path"] for row in rows] == [f"x.zip/{name}" for name in names]
    assert [row.get("true_emotion") for row in rows] == ["angry", "sad", None, None, "happy", None]
    assert rows[2]["verdict"] == {"kind": "not_judged", "reason": "silent"}
    assert "does not begin like any audio" in rows[3]["error"]
    assert "ending" in rows[5]["skipped"]


def test_a_clip_is_compared_with_the_other_clips_of_its_speaker(recognizer: Recognizer, rows: list[Row]) -> None:
    """Not with itself, and not with silence."""
    angry, sad, happy = (load_audio(VOICES[name]) for name in ("angry_male", "sad_male", "happy_female"))
    voice = recognizer.predict(sad).voice
    assert voice is not None
    expected = recognizer.predict(angry, VoiceProfile.of(voice))
    assert rows[0]["probabilities"] == expected.probabilities
    assert rows[0]["compared_with_clips"] == 1.0
    assert rows[4]["probabilities"] == recognizer.predict(happy).probabilities
    assert rows[4]["compared_with_clips"] == 0.0


def test_a_batch_goes_on_where_it_stopped(recognizer: Recognizer, rows: list[Row]) -> None:
    entries = mixed_entries()
    voices = speakers_of(entries)
    first = judge(recognizer, entries, voices)
    begun = [step.row for step in (next(first) for _ in range(4)) if step.row is not None]
    assert begun == rows[: len(begun)]
    rest = list(judge(recognizer, mixed_entries(), voices, n_done=len(begun)))
    assert begun + [step.row for step in rest if step.row is not None] == rows
    assert [step.steps_left for step in rest] == list(range(len(rest)))[::-1]


def test_figures_count_judged_clips_with_a_true_emotion(rows: list[Row]) -> None:
    counts = verdict_counts(rows)
    assert (counts["not_judged"], counts["error"], counts["skipped"]) == (1, 1, 1)
    assert sum(counts.values()) == len(rows)
    assert sum(emotion_counts(rows).values()) == 3
    figures = recognition_figures(rows)
    assert figures is not None
    counted = [row for row in rows if "true_emotion" in row]
    table = pd.DataFrame([row["probabilities"] for row in counted]).assign(
        emotion=[row["true_emotion"] for row in counted], corpus="folder", speaker="x"
    )
    expected = recognition(table)
    assert figures == {name: expected[name] for name in ("n", "accuracy", "uar", "labels", "confusion")}
    assert recognition_figures(rows[2:4]) is None


def test_every_format_has_the_same_rows(rows: list[Row]) -> None:
    table = as_table(rows)
    assert list(table.columns) == list(COLUMNS)
    assert table["verdict"].tolist()[2:4] == ["not_judged", "error"]
    assert table.loc[2, list(LABELS)].isna().all()
    pd.testing.assert_frame_equal(pd.read_parquet(io.BytesIO(to_parquet(rows))), table)
    assert to_csv(rows) == csv_of(table)
    assert to_csv(rows[:1]) + to_csv(rows[1:], with_header=False) == to_csv(rows)
    from_csv = pd.read_csv(io.StringIO(to_csv(rows)))
    np.testing.assert_allclose(from_csv[list(LABELS)], table[list(LABELS)], rtol=1e-5)
    assert [json.loads(line) for line in to_json_lines(rows).splitlines()] == rows
    assert json.loads(to_json(rows))["rows"] == rows


def test_predict_many_takes_what_load_audio_takes(recognizer: Recognizer) -> None:
    def missing() -> None:
        raise EmptyAudioError("The file is empty", expected="a recording", advice="Record it again")

    sad = COMPUTER_VOICES / "sad_male.wav"
    sources = [sad, VOICES["sad_male"], io.BytesIO(VOICES["sad_male"]), lambda: load_audio(sad), b"no audio", missing]
    outcomes = list(recognizer.predict_many(sources))
    assert [outcome.index for outcome in outcomes] == list(range(6))
    predictions = [outcome.prediction for outcome in outcomes]
    assert predictions[4] is predictions[5] is None
    assert len({str(prediction.probabilities) for prediction in predictions if prediction}) == 1
    assert str(outcomes[5].error).startswith("The file is empty")
    (first, second) = recognizer.predict_many([sad, VOICES["angry_male"]], speakers=["al", "al"])
    assert first.prediction is not None
    assert first.prediction.profile is not None
    assert second.error is None


@pytest.mark.parametrize("speakers", [None, ["al", "al", None, "bo", "bo", "al"]])
def test_more_threads_give_the_same_in_the_same_order(
    recognizer: Recognizer, speakers: list[str | None] | None
) -> None:
    sources = [*VOICES.values(), b"no audio", *VOICES.values()][:6]
    one, three = (
        [
            (outcome.index, str(outcome.error), outcome.prediction and outcome.prediction.probabilities)
            for outcome in recognizer.predict_many(sources, speakers, workers=workers)
        ]
        for workers in (1, 3)
    )
    assert one == three


def test_predict_many_reads_a_file_when_its_turn_comes(recognizer: Recognizer) -> None:
    taken = []

    def sources() -> Iterator[bytes]:
        for number in range(3):
            taken.append(number)
            yield VOICES["sad_male"]

    outcomes = recognizer.predict_many(sources())
    assert taken == []
    next(outcomes)
    assert taken == [0]


def test_each_channel_can_be_an_entry(recognizer: Recognizer) -> None:
    left, right = (load_audio(VOICES[name]).samples for name in ("angry_male", "sad_male"))
    n_samples = min(len(left), len(right))
    buffer = io.BytesIO()
    soundfile.write(buffer, np.stack([left[:n_samples], right[:n_samples]], axis=1), SAMPLE_RATE_HZ, format="WAV")
    entries = list_entries([GivenFile("two.wav", buffer)], Labels(), each_channel=True)
    rows = [step.row for step in judge(recognizer, entries) if step.row is not None]
    assert [row["channel"] for row in rows] == [1, 2]
    assert rows[0]["probabilities"] != rows[1]["probabilities"]
    assert rows[0]["warnings"] == []
