"""The list of the Kaggle set needs the corpora's metadata only, and names each recording once."""

from __future__ import annotations

from pathlib import Path

import pytest

from ser_core.dataset.clip_list import list_clips, official_name
from ser_core.errors import CorpusError


@pytest.mark.parametrize(
    ("corpus", "path", "name"),
    [
        ("CREMA-D", "Crema/1040_ITH_SAD_X.wav", "1040_ITH_SAD_XX"),
        ("CREMA-D", "1006_TIE_HAP_XX.opus", "1006_TIE_HAP_XX"),
        ("RAVDESS", "a/03-01-03-01-02-02-07.flac", "03-01-03-01-02-02-07"),
        ("TESS", "OA_bite_neutral.wav", "OAF_bite_neutral"),
        ("SAVEE", "DC/a01.wav", "DC_a01"),
        ("SAVEE", "XX_a01.wav", None),
    ],
)
def test_a_recording_has_one_official_name(corpus: str, path: str, name: str | None) -> None:
    assert official_name(corpus, path) == name


def test_missing_tables_of_crema_d_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="official tables are missing"):
        list_clips(tmp_path, [])


def test_too_few_words_of_tess_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "audio_wav_sha256.tsv").write_text("path\tsha256\tbytes\n")
    (tmp_path / "VideoDemographics.csv").write_text("ActorID,Age,Sex\n")
    with pytest.raises(CorpusError, match="1 of TESS's words"):
        list_clips(tmp_path, ["back", "back"])
