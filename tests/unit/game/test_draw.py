"""Ten rounds: balanced, the same for the same seed, and filled from what can be played."""

from __future__ import annotations

from collections import Counter

import pytest

from ser_core.errors import SampleError
from ser_core.game.clips import GameClip
from ser_core.game.draw import N_ROUNDS, can_be_harder, draw_rounds, replace_rounds
from tests.unit.game.example_clips import SIX, answered_clips, computer_clips

SEEDS = range(1, 40)


def n_of_emotion(rounds: tuple[GameClip, ...]) -> Counter[str]:
    return Counter(clip.emotion for clip in rounds)


@pytest.mark.parametrize("is_harder", [False, True])
def test_ten_different_clips_are_balanced_over_all_emotions(is_harder: bool) -> None:
    for seed in SEEDS:
        rounds = draw_rounds(answered_clips(), seed, is_harder=is_harder)
        assert len({clip.sample_id for clip in rounds}) == N_ROUNDS
        counts = n_of_emotion(rounds)
        assert set(counts) == set(SIX)
        assert max(counts.values()) - min(counts.values()) == 1


def test_the_same_seed_draws_the_same_clips_in_any_order_of_the_library() -> None:
    clips = answered_clips()
    assert draw_rounds(clips, 7) == draw_rounds(list(reversed(clips)), 7)
    assert len({draw_rounds(clips, seed) for seed in SEEDS}) == len(SEEDS)


def test_the_seed_decides_the_order_of_emotions() -> None:
    assert len({draw_rounds(answered_clips(), seed)[0].emotion for seed in SEEDS}) == len(SIX)


def test_a_clip_that_one_server_lacks_changes_only_its_own_place_in_the_draw() -> None:
    clips = answered_clips()
    rounds = draw_rounds(clips, 7)
    fewer = draw_rounds([clip for clip in clips if clip != rounds[0]], 7)
    assert len(set(rounds) - set(fewer)) == 1


def test_a_harder_game_has_the_harder_half_of_each_emotion() -> None:
    for seed in SEEDS:
        rounds = draw_rounds(answered_clips(), seed, is_harder=True)
        assert all((clip.listener_share or 0.0) <= 0.4 for clip in rounds)


def test_computer_voices_are_a_last_resort() -> None:
    rounds = draw_rounds([*computer_clips(), *answered_clips()], 7)
    assert {clip.origin for clip in rounds} == {"crema-d"}
    assert {clip.origin for clip in draw_rounds(computer_clips(), 7)} == {"computer"}


def test_the_few_recordings_at_hand_are_used_before_computer_voices() -> None:
    recordings = [clip for clip in answered_clips(1) if clip.emotion in ("angry", "sad")]
    rounds = draw_rounds([*computer_clips(), *recordings], 7)
    assert set(recordings) < set(rounds)
    assert len(n_of_emotion(rounds)) == 8


def test_harder_needs_known_difficulties() -> None:
    assert can_be_harder(answered_clips())
    assert not can_be_harder(computer_clips())
    assert not can_be_harder(answered_clips(2))
    assert draw_rounds(computer_clips(), 7, is_harder=True) == draw_rounds(computer_clips(), 7)


def test_a_lost_clip_is_replaced_and_the_others_stay() -> None:
    clips = answered_clips()
    rounds = draw_rounds(clips, 7)
    lost = {rounds[3].sample_id}
    replaced = replace_rounds(rounds, lost, clips, 7)
    assert replaced[:3] + replaced[4:] == rounds[:3] + rounds[4:]
    assert replaced[3] not in rounds
    counts = n_of_emotion(replaced)
    assert max(counts.values()) - min(counts.values()) == 1


def test_computer_voices_replace_recordings_that_cannot_be_fetched() -> None:
    rounds = draw_rounds(answered_clips(), 7)
    lost = {clip.sample_id for clip in rounds[1:]}
    replaced = replace_rounds(rounds, lost, computer_clips(), 7)
    assert replaced[0] == rounds[0]
    assert {clip.origin for clip in replaced[1:]} == {"computer"}
    assert len(set(replaced)) == N_ROUNDS


def test_with_too_few_clips_the_game_is_shorter() -> None:
    clips = computer_clips()[:4]
    assert len(draw_rounds(clips, 7)) == 4


def test_without_any_clip_the_error_says_what_to_do() -> None:
    with pytest.raises(SampleError, match="Restore the folder"):
        draw_rounds([], 7)
