"""The report as HTML, and the table of features."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest

from ser_core.audio.loading import Audio, load_audio
from ser_core.batch.feature_rows import features_table, measure
from ser_core.batch.html_report import to_html
from ser_core.batch.judging import Row
from ser_core.batch.recordings import Recording
from ser_core.batch.tables import csv_of, to_csv
from ser_core.corpora.utterance import Skipped
from ser_core.emotions import LABELS
from ser_core.errors import EmptyAudioError
from ser_core.features.extraction import extract_features
from ser_core.features.files import summary_names
from ser_core.inference.report import Provenance
from tests.harness.paths import SAD_VOICE

PROVENANCE = Provenance("", "", "ser_whisper", "0" * 64, "1.0.0")
SHARES = dict(zip(LABELS, np.linspace(0.3, 0.0, len(LABELS)).round(3).tolist(), strict=True))
VOID = {"meta", "br"}


def row(path: str, **entries: object) -> Row:
    verdict = {"kind": "leaning", "set": ["angry", "calm"]}
    return {"path": path, "verdict": verdict, "emotion": "angry", "probabilities": SHARES, "duration_s": 1.5, **entries}


class Tags(HTMLParser):
    """Checks that every tag is closed, and collects the texts."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: list[str] = []
        self.feed(document)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_the_report_is_whole_and_fetches_nothing() -> None:
    rows = [
        row("a.wav", true_emotion="angry", speaker="al", warnings=["The recording is quiet."]),
        row("b.wav", channel=2),
        {"path": "c.wav", "error": "The file is empty."},
        {"path": "d.txt", "skipped": "no sound"},
    ]
    document = to_html(rows, PROVENANCE, made="2026-01-31")
    tags = Tags(document)
    assert tags.open == []
    text = " ".join(tags.texts)
    for words in ("4 files", "2 recordings were judged", "100%", "b.wav, channel 2", "The file is empty.", "al"):
        assert words in text
    assert not re.search(r"(src|href)=|https?:|url\(|@import|<script", document)


def test_the_counts_and_the_rows_fit_a_narrow_screen() -> None:
    rows = [row("a.wav", true_emotion="angry"), row("b.wav"), {"path": "c.wav", "error": "The file is empty."}]
    document = to_html(rows, PROVENANCE, made="2026-01-31")
    # A bar has a share of the width that is there, and its number is before it.
    assert re.search(
        r'cannot be read</th><td class="number">1</td><td class="bar"><svg width="100%".*?width="50.0%"', document
    )
    # Below each other, the cells name what they hold.
    assert '<td data-head="true emotion">angry</td><td></td>' in document


def test_a_name_brings_no_markup_into_the_report() -> None:
    hostile = "<img src=x onerror=alert(1)>\"&'"
    rows = [row(hostile, true_emotion="angry", speaker=hostile), {"path": hostile, "error": hostile}]
    document = to_html(rows, PROVENANCE, made="2026-01-31")
    assert "<img" not in document
    assert Tags(document).texts.count(hostile) == 4


def test_the_reason_of_a_bad_file_has_the_room_of_the_empty_columns() -> None:
    document = to_html([row("a.wav"), {"path": "b.wav", "error": "The file is empty."}], PROVENANCE, made="2026-01-31")
    head, *rows = document.partition("Every recording")[2].split("<tr>")[1:]
    spans = [sum(map(int, re.findall(r'colspan="(\d+)"', line))) for line in (head, *rows)]
    n_columns = [len(re.findall("<t[dh][ >]", line)) for line in (head, *rows)]
    assert spans == [0, 0, 3]
    assert n_columns == [5, 5, 3]


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_name_is_no_formula_for_a_spreadsheet_program(start: str) -> None:
    rows = [row(f"{start}1+1.wav", speaker=f"{start}al"), row("-", speaker="al"), row("a=b.wav")]
    table = pd.read_csv(io.StringIO(to_csv(rows)))
    assert table["path"].tolist() == [f"./{start}1+1.wav", "-", "a=b.wav"]
    assert table["speaker"].fillna("").tolist() == [f"'{start}al", "al", ""]
    features = csv_of(features_table([{"path": f"{start}1.wav"}]))
    assert features.splitlines()[1].startswith(f"./{start}1.wav")


def test_the_features_of_a_batch_are_those_of_its_clips() -> None:
    def unreadable() -> Audio:
        raise EmptyAudioError("The file is empty", expected="a recording", advice="Record it again")

    entries = [
        Recording("a.wav", lambda: load_audio(SAD_VOICE), emotion="sad"),
        Recording("b.wav", unreadable),
        Skipped("c.txt", "no sound"),
    ]
    steps = list(measure(entries))
    assert [step.steps_left for step in steps] == [2, 1, 0]
    table = features_table([step.row for step in steps if step.row is not None])
    features = extract_features(load_audio(SAD_VOICE))
    np.testing.assert_allclose(table.loc[0, summary_names(features)].astype(float), features.summary(), rtol=1e-6)
    assert table["true_emotion"].tolist()[0] == "sad"
    assert table["pitch_hz"][0] == pytest.approx(100, abs=60)
    assert [str(problem)[:8] for problem in table["problem"][1:]] == ["The file", "no sound"]
