"""The attempts of a visit and the scores of a round. All of it is in the session, and gone when the visit ends."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import streamlit as st

from ser_core.acting.direction import NEUTRAL, find_steps, plain_voice, score_of, score_of_neutral
from ser_core.acting.players import Board
from ser_core.audio.loading import SAMPLE_RATE_HZ, from_samples, to_wav_bytes
from ser_core.features.cues import Cues
from ui.common import engine
from ui.common.clip import Clip
from ui.common.next_focus import move_focus
from ui.common.reference_table import reference

# Longer than any of the sentences, however slowly it is said.
LONGEST_S = 20.0
# Older attempts are forgotten: each holds its sound.
_MOST_ATTEMPTS = 12

_STAGE = "acting"


@dataclass(frozen=True, eq=False)
class Attempt:
    """One recording of a sentence.

    Parameters
    ----------
    player : str
        Who spoke; empty outside a round.
    sentence : str
        A key of ``SENTENCES``.
    emotion : str
        The emotion that was to be heard.
    clip : Clip
        The recording, not longer than ``LONGEST_S``.
    cues : Cues
        Its cues.
    """

    player: str
    sentence: str
    emotion: str
    clip: Clip
    cues: Cues


@dataclass
class Stage:
    """What was acted in this visit.

    Parameters
    ----------
    attempts : list of Attempt
        The latest ones, the newest last.
    plain : dict
        Cues of the plain voice, by player and sentence.
    board : Board
        The scores of the round.
    n_recorded : int
        How many attempts there were, those that are forgotten included.
    """

    attempts: list[Attempt] = field(default_factory=list)
    plain: dict[tuple[str, str], Cues] = field(default_factory=dict)
    board: Board = field(default_factory=Board)
    n_recorded: int = 0

    def of(self, player: str, sentence: str, emotion: str) -> list[Attempt]:
        """Return the attempts of a player at a sentence with an emotion, the newest last."""
        key = (player, sentence, emotion)
        return [attempt for attempt in self.attempts if (attempt.player, attempt.sentence, attempt.emotion) == key]

    def add(self, attempt: Attempt, sex: str) -> None:
        """Add an attempt, and its score to the board; a neutral one becomes the player's plain voice."""
        self.n_recorded += 1
        self.attempts = [*self.attempts, attempt][-_MOST_ATTEMPTS:]
        if attempt.emotion == NEUTRAL:
            self.plain[attempt.player, attempt.sentence] = attempt.cues
            score = score_of_neutral(attempt.cues, reference(), sex)
        else:
            plain = plain_voice(reference(), sex, self.plain.get((attempt.player, attempt.sentence)))
            score = score_of(find_steps(attempt.cues, attempt.emotion, reference(), plain, sex))
        if attempt.player:
            self.board.add(attempt.player, attempt.emotion, score)


def stage() -> Stage:
    """Return the attempts of this visit."""
    current: Stage = st.session_state.setdefault(_STAGE, Stage())
    return current


def go_to_newest() -> None:
    """Go to the attempts when there is a new one; each run of the page calls this, below them."""
    move_focus(f"act/{stage().n_recorded}", "act_attempts")


def shortened(clip: Clip) -> Clip:
    """Return a recording, of which at most ``LONGEST_S`` are kept: several attempts stay in memory."""
    if clip.audio.duration_s <= LONGEST_S:
        return clip
    audio = from_samples(clip.audio.samples[: round(LONGEST_S * SAMPLE_RATE_HZ)], SAMPLE_RATE_HZ)
    return replace(clip, audio=audio, wav=to_wav_bytes(audio.samples))


def measured(player: str, sentence: str, emotion: str, clip: Clip) -> Attempt:
    """Return an attempt with its cues.

    Raises
    ------
    SerError
        If the recording cannot be analysed.
    """
    return Attempt(player, sentence, emotion, clip, engine.cues(clip.audio))
