"""Train your own under AppTest, with trainings that start no process."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from ser_core.errors import TrainingError
from ser_core.own_network import host_memory
from ser_core.own_network.choices import KERAS, MLP, SPLITS, Choices
from ser_core.own_network.waiting_line import Phase, Training
from tests.app.visiting import OpenApp, choose_way_in, set_widget, upload, visible_text
from tests.harness.recordings import encode
from tests.harness.stub_training import StubJob, StubLine
from tests.harness.unfamiliar_sounds import SAMPLE_RATE_HZ, unfamiliar_sounds
from ui.common import engine
from ui.common.intake import UPLOAD
from ui.train import charts, visit

PAGE = "pages/train.py"
SAMPLE = "computer/sad_male"


@pytest.fixture(autouse=True)
def bench(monkeypatch: pytest.MonkeyPatch) -> Iterator[StubLine]:
    bench = StubLine()
    monkeypatch.setattr(visit, "line", lambda: bench.line)
    monkeypatch.setattr(host_memory, "free_mb", lambda root=None: 5_000.0)
    yield bench
    bench.may_end.set()


def wait_until(condition: Callable[[], bool]) -> None:
    deadline_s = time.monotonic() + 5.0
    while not condition():
        assert time.monotonic() < deadline_s
        time.sleep(0.005)


def start(app: AppTest) -> Training:
    app.button(key="train_start").click().run()
    assert not app.exception
    training = app.session_state["own_training"]
    assert isinstance(training, Training)
    return training


def finish(app: AppTest, bench: StubLine) -> AppTest:
    training = start(app)
    bench.may_end.set()
    wait_until(lambda: training.is_over)
    app.run()
    assert not app.exception
    return app


@pytest.mark.parametrize(("address", "n_columns"), [({}, 2), ({"present": "true"}, 1)])
def test_a_projector_shows_one_confusion_matrix_in_a_row(
    open_app: OpenApp, bench: StubLine, address: dict[str, str], n_columns: int
) -> None:
    """Its numbers are larger: in half of the width they would lie on each other."""
    app = finish(open_app(PAGE, {"clips": "200", **address}), bench)
    (shares,) = {
        place.weight for place in app.columns if any("train_confusion" in c.proto.id for c in place.get("plotly_chart"))
    }
    assert shares == 1 / n_columns


def test_the_axes_of_the_curves_are_there_before_the_first_epoch() -> None:
    """So that the page can scroll to the place where the curves will be."""
    figure = charts.curves((), SPLITS, 20, is_loss=False)
    assert len(figure.to_dict()["data"]) == 2 * len(SPLITS)


def test_a_training_is_watched_and_its_two_scores_are_side_by_side(open_app: OpenApp, bench: StubLine) -> None:
    app = open_app(PAGE, {"sample": SAMPLE, "epochs": "3", "clips": "200", "features": "mfcc,rms"})
    training = start(app)
    assert training.choices == Choices(("mfcc", "rms"), n_clips=200, n_epochs=3)
    wait_until(lambda: bool(training.epochs))
    app.run()
    assert app.button(key="train_start").disabled
    assert len(app.get("plotly_chart")) == 2
    bench.may_end.set()
    wait_until(lambda: training.is_over)
    app.run()
    assert not app.exception
    assert [metric.value for metric in app.metric] == ["90%", "40%"]
    text = visible_text(app)
    assert "20 of the 20 speakers" in text
    assert "None of the 20 speakers" in text
    assert "**90%** with the random split, **40%** with the split by speaker" in text
    # Two curves, two confusion matrices, and the answers to the sample.
    assert len(app.get("plotly_chart")) == 5
    assert "Random split: **happy**" in text
    assert "The app's network: **" in text
    assert len(app.get("download_button")) == 4
    assert "build_network(x_train, n_labels)" in app.code[0].value
    assert "epochs=3" in app.code[0].value


def test_the_next_visitor_waits_in_a_visible_line(open_app: OpenApp, bench: StubLine) -> None:
    first = open_app(PAGE)
    start(first)
    second = open_app(PAGE)
    assert "One training is before yours: it would wait in a line" in visible_text(second)
    waiting = start(second)
    assert "You are number 1 in the line" in visible_text(second)
    assert waiting.phase is Phase.WAITING
    second.button(key="train_cancel").click().run()
    assert waiting.phase is Phase.CANCELLED
    assert "was cancelled" in visible_text(second)
    assert not second.button(key="train_start").disabled


def test_a_training_ends_with_its_session(open_app: OpenApp, bench: StubLine) -> None:
    training = start(open_app(PAGE))
    visit._leave_all([training])
    wait_until(lambda: bench.jobs[0].is_stopped)
    assert training.phase is Phase.CANCELLED


def test_with_too_little_memory_the_perceptron_is_offered(
    open_app: OpenApp, bench: StubLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(host_memory, "free_mb", lambda root=None: 400.0)
    app = open_app(PAGE, {"epochs": "1"})
    assert "400 MB of free memory" in visible_text(app)
    assert "scikit-learn's multi-layer perceptron (MLP)" in visible_text(app)
    assert "build_mlp()" in app.code[0].value
    finish(app, bench)
    assert bench.jobs[0].choices.method == MLP


def test_with_hardly_any_memory_nothing_starts(open_app: OpenApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host_memory, "free_mb", lambda root=None: 100.0)
    app = open_app(PAGE)
    assert not app.exception
    assert "Nothing can be trained here now" in visible_text(app)
    assert "train_start" not in [button.key for button in app.button]


def test_without_a_feature_nothing_starts(open_app: OpenApp) -> None:
    app = set_widget(open_app(PAGE), "train_features", [])
    assert "Choose at least one feature" in visible_text(app)
    assert "train_start" not in [button.key for button in app.button]


def test_a_failure_is_explained(open_app: OpenApp, bench: StubLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: StubJob) -> Iterator[object]:
        raise TrainingError("It broke", expected="memory", advice="Try again later")
        yield

    monkeypatch.setattr(StubJob, "reports", fail)
    app = open_app(PAGE)
    training = start(app)
    wait_until(lambda: training.is_over)
    app.run()
    assert "It broke" in app.error[0].value
    assert not app.button(key="train_start").disabled


def test_a_link_restores_the_choices(open_app: OpenApp, bench: StubLine) -> None:
    parameters = {"features": "rms", "corpora": "crema-d,tess", "clips": "300", "epochs": "7", "split": "by-speaker"}
    app = open_app(PAGE, parameters)
    assert start(app).choices == Choices(("rms",), ("TESS", "CREMA-D"), 300, 7, SPLITS[1:], KERAS)


@pytest.mark.parametrize(
    ("samples", "verdict"),
    [
        (np.zeros(32_000), "Not judged: the recording is silent"),
        (unfamiliar_sounds(1)["plucked strings"][0], "Not judged: this does not sound like speech"),
    ],
    ids=["silence", "music"],
)
def test_what_is_not_judged_gets_no_answer_from_either_network(
    open_app: OpenApp, bench: StubLine, samples: np.ndarray, verdict: str
) -> None:
    app = upload(choose_way_in(open_app(), UPLOAD), "sound.wav", encode(samples, SAMPLE_RATE_HZ))
    app.switch_page(PAGE).run()
    text = visible_text(finish(app, bench))
    assert verdict in text
    assert "Random split: **" not in text
    assert not [chart for chart in app.get("plotly_chart") if chart.proto.id.endswith("-train_answers")]


def test_in_classroom_mode_an_own_clip_gets_no_answer(
    open_app: OpenApp, bench: StubLine, computer_voice: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(query_params={"mode": "classroom"})
    upload(choose_way_in(app, UPLOAD), "voice.wav", computer_voice)
    monkeypatch.setattr(engine, "judge", None)
    app.switch_page(PAGE).run()
    text = visible_text(finish(app, bench))
    assert "article 5(1)(f)" in text
    assert "Random split: **" not in text
    assert [metric.value for metric in app.metric] == ["90%", "40%"]


def test_in_classroom_mode_there_is_nothing_to_record_or_upload(open_app: OpenApp, bench: StubLine) -> None:
    app = finish(open_app(PAGE, {"mode": "classroom"}), bench)
    assert "article 5(1)(f)" in visible_text(app)
    assert not app.get("audio_input")
    assert not app.get("file_uploader")
    app.selectbox[0].select_index(0).run()
    # A sample has its answers, and the line that changes the clip has no microphone either.
    assert "Random split: **" in visible_text(app)
    assert not app.get("audio_input")
    assert not app.get("file_uploader")
