"""Drawing the clips of a game: balanced over the emotions, and the same for everybody who has the same seed.

A clip's place in the draw depends on the seed and on its own name alone. So a clip that is missing on one server does
not change the order of the others.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from ser_core.errors import SampleError
from ser_core.game.clips import GameClip

N_ROUNDS = 10

# CREMA-D has six emotions. With fewer, guessing would be too easy.
_MIN_EMOTIONS = 6


def draw_rounds(
    clips: Iterable[GameClip], seed: int, *, is_harder: bool = False, n_rounds: int = N_ROUNDS
) -> tuple[GameClip, ...]:
    """Draw the clips of a game.

    Each emotion gets the same number of clips, or one more than others. Clips without votes and answers, such as
    computer voices, are used only if there are too few other clips.

    Parameters
    ----------
    clips : iterable of GameClip
        The clips that can be played now.
    seed : int
        The number of the game.
    is_harder : bool
        Whether to draw from the harder half of each emotion's clips, where the difficulty is known.
    n_rounds : int
        Number of clips to draw; with fewer clips, all are drawn.

    Returns
    -------
    tuple of GameClip
        In the order of the rounds.

    Raises
    ------
    SampleError
        If there is no clip.
    """
    picked = _pick(_candidates(clips, n_rounds, is_harder=is_harder), seed, n_rounds)
    return tuple(sorted(picked, key=lambda clip: _place(seed, f"round/{clip.sample_id}")))


def replace_rounds(
    rounds: Sequence[GameClip],
    lost_ids: Collection[str],
    clips: Iterable[GameClip],
    seed: int,
    *,
    is_harder: bool = False,
) -> tuple[GameClip, ...]:
    """Replace the clips of a game that can no longer be loaded; the other rounds stay as they are.

    Parameters
    ----------
    rounds : sequence of GameClip
        The clips of the game.
    lost_ids : collection of str
        The ``sample_id`` of each clip to replace.
    clips : iterable of GameClip
        The clips that can be played now.
    seed, is_harder
        As for ``draw_rounds``.

    Returns
    -------
    tuple of GameClip
        As many rounds as before; fewer where there are not enough clips.

    Raises
    ------
    SampleError
        If there is no clip to play.
    """
    remaining = [clip for clip in rounds if clip.sample_id not in lost_ids]
    playable = [clip for clip in clips if clip.sample_id not in lost_ids]
    candidates = _candidates(playable, len(rounds), is_harder=is_harder)
    substitutes = iter(_pick(candidates, seed, len(rounds), remaining))
    new_rounds = (clip if clip.sample_id not in lost_ids else next(substitutes, None) for clip in rounds)
    return tuple(clip for clip in new_rounds if clip is not None)


def can_be_harder(clips: Iterable[GameClip], n_rounds: int = N_ROUNDS) -> bool:
    """Return whether the difficulty of enough clips is known to draw a harder game.

    Parameters
    ----------
    clips : iterable of GameClip
        The clips that can be played now.
    n_rounds : int
        Number of rounds.
    """
    return _fills(_harder_half(clips), n_rounds)


def _candidates(clips: Iterable[GameClip], n_rounds: int, *, is_harder: bool) -> list[GameClip]:
    playable = list(clips)
    if not playable:
        raise SampleError(
            "No clip can be played",
            expected="samples, or the computer voices that come with the app",
            advice="Restore the folder samples/computer_voices",
        )
    harder = _harder_half(playable)
    if is_harder and _fills(harder, n_rounds):
        return harder
    answered = [clip for clip in playable if clip.difficulty is not None]
    return answered if _fills(answered, n_rounds) else playable


def _harder_half(clips: Iterable[GameClip]) -> list[GameClip]:
    rated = [(clip.difficulty, clip) for clip in clips if clip.difficulty is not None]
    harder: list[GameClip] = []
    for emotion in dict.fromkeys(clip.emotion for _, clip in rated):
        by_difficulty = sorted(
            ((difficulty, clip) for difficulty, clip in rated if clip.emotion == emotion),
            key=lambda pair: (-pair[0], pair[1].sample_id),
        )
        harder += [clip for _, clip in by_difficulty[: math.ceil(len(by_difficulty) / 2)]]
    return harder


def _fills(clips: Sequence[GameClip], n_rounds: int) -> bool:
    """Return whether clips of at least six emotions fill a balanced game."""
    n_of_emotion = Counter(clip.emotion for clip in clips)
    if len(n_of_emotion) < _MIN_EMOTIONS:
        return False
    return min(n_of_emotion.values()) >= math.ceil(n_rounds / len(n_of_emotion))


def _pick(clips: Sequence[GameClip], seed: int, n_rounds: int, remaining: Sequence[GameClip] = ()) -> list[GameClip]:
    """Return clips that complete a game, each time one of the emotion that has the fewest."""
    remaining_ids = {clip.sample_id for clip in remaining}
    candidates_of: dict[str, list[GameClip]] = {}
    # The last of each list is picked first: clips with votes or answers are preferred.
    for clip in sorted(clips, key=lambda clip: (clip.difficulty is None, _place(seed, clip.sample_id)), reverse=True):
        if clip.sample_id not in remaining_ids:
            candidates_of.setdefault(clip.emotion, []).append(clip)
    n_of_emotion = Counter(clip.emotion for clip in remaining)
    picked: list[GameClip] = []
    while len(remaining) + len(picked) < n_rounds and any(candidates_of.values()):
        emotion = min(
            (emotion for emotion, of_emotion in candidates_of.items() if of_emotion),
            key=lambda emotion: (n_of_emotion[emotion], _place(seed, f"emotion/{emotion}")),
        )
        n_of_emotion[emotion] += 1
        picked.append(candidates_of[emotion].pop())
    return picked


def _place(seed: int, name: str) -> bytes:
    """Return a random but fixed value for a name, by which names are put in order."""
    return hashlib.sha256(f"{seed}/{name}".encode()).digest()
