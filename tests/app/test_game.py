"""The listening game under AppTest, with computer voices as samples."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ser_core.game.draw import N_ROUNDS, draw_rounds
from ser_core.inference.recognizer import Recognizer
from ser_core.paths import DEFAULT_NETWORK
from ser_core.predictions_table import predictions_path, read_predictions, with_answers
from ser_core.samples.computer_voices import ComputerVoices
from tests.app.visiting import OpenApp, visible_text
from tests.harness.paths import COMPUTER_VOICES
from ui.common.words import percent
from ui.game import store
from ui.game.session import Game

PAGE = "pages/game.py"
# Official recordings of CREMA-D: a man who is asked to sound disgusted, and two women.
RECORDING = "1065_IWL_DIS_XX"


def open_game(open_app: OpenApp, **parameters: str) -> AppTest:
    app = open_app(PAGE, {"game": "42", **parameters})
    assert not app.exception
    return app


def game_of(app: AppTest) -> Game:
    game = app.session_state["game"]
    assert isinstance(game, Game)
    return game


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def guess(app: AppTest, label: str) -> AppTest:
    return press(app, f"guess_{game_of(app).position}_{label}")


def parameter(app: AppTest, name: str) -> str | None:
    value = app.query_params.get(name)
    return value[0] if isinstance(value, list) else value


def test_a_whole_game(open_app: OpenApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """Right in the first seven rounds. No network is run: nothing may answer computer voices but the player."""
    monkeypatch.setattr(Recognizer, "predict", None)
    app = open_game(open_app)
    assert "10 computer voices" in visible_text(app)
    for position in range(N_ROUNDS):
        game = game_of(app)
        assert game.position == position
        assert parameter(app, "round") == (str(position + 1) if position else None)
        emotion = game.clip.emotion
        assert len([button for button in app.button if str(button.key).startswith("guess_")]) == 8
        assert "asked to sound" not in visible_text(app)
        guess(app, emotion if position < 7 else next(label for label in game.labels if label != emotion))
        html = visible_text(app)
        assert ("Yes: the speaker was asked to sound" in html) == (position < 7)
        assert "no votes of listeners" in html
        assert "average listener" not in html
        assert len(app.get("plotly_chart")) == 2
        assert any(words in visible_text(app) for words in ("How to hear it", "Why it is hard"))
        press(app, "game_next")
    assert "You heard 7 of 10 as intended" in visible_text(app)
    assert "your score stands alone" in visible_text(app)
    assert list(app.table[0].value.columns) == ["clip", "meant", "you"]
    assert len(app.get("plotly_chart")) == 1
    assert len(app.table[0].value) == N_ROUNDS
    assert "?game=42" in app.code[0].value
    assert [button.label for button in app.get("download_button")] == ["Picture of the score"]


def test_the_same_address_gives_the_same_clips(open_app: OpenApp) -> None:
    first, second = (game_of(open_game(open_app)).rounds for _ in range(2))
    assert first == second
    other = game_of(open_app(PAGE, {"game": "43"}))
    assert other.rounds != first


def test_a_link_opens_a_round(open_app: OpenApp) -> None:
    rounds = game_of(open_game(open_app)).rounds
    app = open_game(open_app, round="4")
    assert game_of(app).position == 3
    assert game_of(app).clip == rounds[3]
    assert ":violet-badge[**4**]" in visible_text(app)


def test_the_address_of_an_earlier_round_shows_its_answer_without_playing_its_clip(open_app: OpenApp) -> None:
    app = open_game(open_app)
    guess(app, "sad")
    press(app, "game_next")
    assert game_of(app).starts_sound
    # As the browser's Back button does it.
    del app.query_params["round"]
    app.run()
    assert (game_of(app).position, game_of(app).starts_sound) == (0, False)
    assert "You chose sad" in visible_text(app) or "Yes:" in visible_text(app)
    # The menu knows nothing of the game: the round stays.
    app.query_params.clear()
    app.run()
    assert (game_of(app).position, parameter(app, "game")) == (0, "42")


def test_without_a_number_a_game_is_drawn_and_named_in_the_address(open_app: OpenApp) -> None:
    app = open_app(PAGE)
    assert not app.exception
    assert parameter(app, "game") == str(game_of(app).seed)


@pytest.mark.parametrize(
    ("name", "value"), [("game", "0"), ("game", "x" * 5000), ("round", "99"), ("level", "<b>"), ("round", "nan")]
)
def test_a_wrong_address_is_ignored(open_app: OpenApp, name: str, value: str) -> None:
    app = open_game(open_app, **{name: value})
    assert not app.error
    assert (game_of(app).position, game_of(app).level) == (0, "mixed")


def test_the_result_without_guesses_says_so(open_app: OpenApp) -> None:
    app = open_game(open_app, round="11")
    assert "not guessed any clip" in visible_text(app)
    assert not app.get("download_button")
    press(app, "game_same")
    assert (game_of(app).position, game_of(app).seed) == (0, 42)


def test_other_clips_are_another_game(open_app: OpenApp) -> None:
    app = press(open_game(open_app, round="11"), "game_other")
    assert game_of(app).seed != 42
    assert game_of(app).guesses == {}


def test_without_known_difficulties_no_harder_game_is_offered(open_app: OpenApp) -> None:
    app = open_game(open_app, round="11")
    assert "game_harder" not in [button.key for button in app.button]


def test_the_clip_is_hidden_from_the_other_pages_until_it_is_opened_there(open_app: OpenApp) -> None:
    app = open_game(open_app)
    clip = game_of(app).clip
    assert "clip" not in app.session_state
    press(guess(app, "sad"), "game_explore")
    assert app.session_state["clip"].sample_id == clip.sample_id
    app.switch_page(PAGE).run()
    assert game_of(app).guess == "sad"


def test_a_clip_that_cannot_be_loaded_is_replaced(open_app: OpenApp, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_game(open_app)
    rounds = game_of(app).rounds
    lost = rounds[1].sample_id
    folder_load = ComputerVoices.load
    monkeypatch.setattr(
        ComputerVoices,
        "load",
        lambda self, sample: b"damaged" if sample.sample_id == lost else folder_load(self, sample),
    )
    press(guess(app, "sad"), "game_next")
    game = game_of(app)
    assert game.position == 1
    assert game.clip.sample_id != lost
    assert game.rounds[0] == rounds[0]
    assert game.rounds[2:] == rounds[2:]
    assert not app.error


def test_before_the_first_guess_a_lost_clip_gives_the_draw_of_a_server_without_it(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds = game_of(open_game(open_app)).rounds
    lost = rounds[2].sample_id
    folder_load = ComputerVoices.load
    monkeypatch.setattr(
        ComputerVoices,
        "load",
        lambda self, sample: b"damaged" if sample.sample_id == lost else folder_load(self, sample),
    )
    game = game_of(open_game(open_app, round="3"))
    assert game.position == 2
    assert game.rounds == draw_rounds([clip for clip in store.clips() if clip.sample_id != lost], 42)


@pytest.fixture
def with_a_recording(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_app: OpenApp) -> OpenApp:
    """Return ``open_app`` for a server whose data folder has one recording with CREMA-D's name."""
    folder = tmp_path / "CREMA-D" / "AudioWAV"
    folder.mkdir(parents=True)
    shutil.copy(COMPUTER_VOICES / "disgust_male.wav", folder / f"{RECORDING}.wav")
    monkeypatch.setenv("SER_DATA_DIR", str(tmp_path))
    return open_app


def test_votes_and_the_out_of_fold_answer_are_shown_after_the_guess(with_a_recording: OpenApp) -> None:
    for position in range(N_ROUNDS):
        app = open_game(with_a_recording, round=str(position + 1))
        if game_of(app).clip.origin == "corpus":
            break
    assert game_of(app).clip.sample_id.endswith(f"{RECORDING}.wav")
    assert "of 9 chose" not in visible_text(app)
    guess(app, "disgust")
    assert "5 of 9 chose neutral, 4 happy" in visible_text(app)
    table = with_answers(read_predictions(predictions_path(DEFAULT_NETWORK, "out_of_fold")))
    committed = table[table["clip"] == RECORDING].iloc[0]
    not_sure = ": not sure" if committed["unsure"] else ""
    assert f"{committed['answer']}, {percent(committed['probability'])}{not_sure}" in visible_text(app)
    assert "listener **0 of 1**" in visible_text(app)
    assert f"network **{int(committed['answer'] == 'disgust')} of 1**" in visible_text(app)


def test_in_classroom_mode_the_game_is_played_with_samples(open_app: OpenApp, computer_voice: bytes) -> None:
    app = open_game(open_app, mode="classroom")
    guess(app, "sad")
    press(app, "game_next")
    assert game_of(app).clip.origin == "computer"
    assert "article 5(1)(f)" not in visible_text(app)
    app = open_game(open_app, mode="classroom", round="11")
    assert app.code[0].value.endswith("?game=42&mode=classroom")
