"""Clips for games in tests."""

from __future__ import annotations

from ser_core.game.clips import GameClip, NetworkAnswer

SIX = ("angry", "disgust", "fear", "happy", "neutral", "sad")


def answered_clip(emotion: str, number: int, *, share: float = 0.5, answer: str | None = None) -> GameClip:
    """Return a clip with ten votes and an answer; a share of the votes, and as much probability, is as intended."""
    other = SIX[SIX.index(emotion) - 1]
    n_right = round(10 * share)
    return GameClip(
        f"crema-d/{emotion}_{number}",
        emotion,
        "crema-d",
        votes={emotion: n_right, other: 10 - n_right},
        answer=NetworkAnswer(answer or emotion, 0.6, unsure=False, intended_probability=share),
    )


def answered_clips(n_per_emotion: int = 10) -> list[GameClip]:
    """Return clips of six emotions; the higher its number, the easier a clip."""
    return [
        answered_clip(emotion, number, share=number / n_per_emotion)
        for emotion in SIX
        for number in range(n_per_emotion)
    ]


def computer_clips() -> list[GameClip]:
    """Return two clips of each of eight emotions that nobody answered."""
    emotions = (*SIX, "calm", "surprise")
    return [GameClip(f"computer/{emotion}_{sex}", emotion, "computer") for emotion in emotions for sex in ("a", "b")]
