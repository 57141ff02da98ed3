"""Sounds of other programs for the speech detector."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ser_core import load_audio
from tools.check_speech_detector import DURATION_S, piece_of_music, sox_effects, sox_sounds


def test_a_piece_has_its_instrument_and_lasts_about_as_long_as_the_other_sounds() -> None:
    piece = piece_of_music(40, with_drums=False)
    assert [message.program for message in piece if message.type == "program_change"] == [40]
    # The last chord may sound on for four beats.
    assert DURATION_S - 1.0 < piece.length < DURATION_S + 4.0


def test_only_a_piece_with_drums_uses_the_drum_channel() -> None:
    for with_drums in (False, True):
        piece = piece_of_music(0, with_drums=with_drums)
        channels = {message.channel for message in piece if message.type == "note_on"}
        assert channels == ({0, 9} if with_drums else {0})


def test_every_note_ends() -> None:
    piece = piece_of_music(10, with_drums=True)
    n_events = {kind: sum(message.type == kind for message in piece) for kind in ("note_on", "note_off")}
    assert n_events["note_on"] == n_events["note_off"] > 0


def test_sox_makes_44_different_sounds() -> None:
    assert len({tuple(effects) for effects in sox_effects()}) == 44


@pytest.mark.skipif(shutil.which("sox") is None, reason="SoX is not installed")
def test_each_sound_of_sox_can_be_read(tmp_path: Path) -> None:
    durations_s = [load_audio(path).duration_s for path in sox_sounds(tmp_path / "sound.wav")]
    assert durations_s == pytest.approx([DURATION_S] * 44, abs=0.1)
