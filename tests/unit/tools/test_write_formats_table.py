"""docs/formats.md has the results of the present decoders, and every ending of the file dialogue."""

from __future__ import annotations

from ser_core.audio.file_types import AUDIO_SUFFIXES
from tools.write_formats_table import FORMATS, ROWS, document


def test_the_committed_table_of_formats_is_current() -> None:
    assert FORMATS.read_text(encoding="utf-8") == document()


def test_the_table_has_every_ending_of_the_file_dialogue_once() -> None:
    assert sorted(suffix for row in ROWS for suffix in row.suffixes) == list(AUDIO_SUFFIXES)
