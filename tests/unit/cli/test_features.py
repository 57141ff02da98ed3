"""``ser features``: the averages as one table, the frames as a file for each recording; and ``ser words``."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ser_core.audio.loading import SAMPLE_RATE_HZ, load_audio
from ser_core.batch import feature_rows
from ser_core.cli import main
from ser_core.features.extraction import N_SUMMARY, extract_features
from ser_core.features.files import summary_names
from tests.harness.paths import SAD_VOICE
from tests.harness.recordings import encode

FEATURES = extract_features(load_audio(SAD_VOICE))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("clips").mkdir()
    Path("clips/a.wav").write_bytes(SAD_VOICE.read_bytes())
    Path("clips/b.wav").write_bytes(b"this is no audio")
    return tmp_path


@pytest.mark.parametrize("name", ["", "x.csv", "x.parquet", "x.npz"])
def test_the_averages_in_every_format(name: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["features", "clips", *(["--output", name] if name else [])]) == 1
    if name.endswith("npz"):
        archive = np.load(name)
        table = pd.DataFrame(archive["values"], columns=list(archive["names"])).assign(path=archive["paths"])
    elif name.endswith("parquet"):
        table = pd.read_parquet(name)
    else:
        table = pd.read_csv(name or io.BytesIO(capfdbinary.readouterr().out))
    assert table["path"].tolist() == ["clips/a.wav", "clips/b.wav"]
    values = table[summary_names(FEATURES)].to_numpy(dtype=float)
    assert values.shape == (2, N_SUMMARY)
    np.testing.assert_allclose(values[0], FEATURES.summary(), rtol=1e-4)
    assert np.isnan(values[1]).all()


def test_a_stored_table_is_summed_up(capsys: pytest.CaptureFixture[str]) -> None:
    Path("clips/notes.txt").write_bytes(b"notes")
    main(["features", "clips", "--output", "x.csv"])
    assert capsys.readouterr().err == "3 files: 1 measured, 1 cannot be read, 1 left out\nwritten: x.csv\n"


def test_columns_do_not_depend_on_which_recording_comes_first(capsys: pytest.CaptureFixture[str]) -> None:
    sound = load_audio(SAD_VOICE).samples
    Path("clips/two.wav").write_bytes(encode(np.stack([sound, sound], axis=1), SAMPLE_RATE_HZ))
    main(["features", "clips/b.wav", "clips/a.wav", "clips/two.wav", "--channels", "each"])
    assert capsys.readouterr().out.startswith("path,channel,duration_s,")


def test_the_decoder_writes_no_messages_of_its_own(capfd: pytest.CaptureFixture[str]) -> None:
    mp3 = np.frombuffer(encode(load_audio(SAD_VOICE).samples, SAMPLE_RATE_HZ, "MP3", "MPEG_LAYER_III"), np.uint8).copy()
    # Every 97th byte after the first frames is another one.
    mp3[1000::97] ^= 0b1010_1010
    Path("clips/b.wav").write_bytes(mp3.tobytes())
    assert main(["features", "clips", "--what", "frames", "--output", "out"]) == 0
    assert capfd.readouterr().err == "2 files: 2 measured\nwritten: out\n"


@pytest.mark.parametrize("chosen_format", ["csv", "parquet", "npz"])
def test_the_frames_in_every_format(chosen_format: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["features", "clips", "--what", "frames", "--format", chosen_format, "--output", "out"]
    assert main(command) == 1
    printed = capsys.readouterr().err
    assert "b.wav: error: " in printed
    assert "2 files: 1 measured, 1 cannot be read\nwritten: out\n" in printed
    (file,) = [path for path in (folder / "out").rglob("*") if path.is_file()]
    assert file == folder / "out" / "clips" / f"a.wav.{chosen_format}"
    if chosen_format == "npz":
        rms = np.load(file)["rms"]
    else:
        rms = (pd.read_csv(file) if chosen_format == "csv" else pd.read_parquet(file))["rms"]
    np.testing.assert_allclose(rms, FEATURES.rms, rtol=1e-4)
    # A second run leaves out what is there.
    file.write_bytes(b"mine")
    main(command)
    assert file.read_bytes() == b"mine"


def test_frames_need_a_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["features", "clips", "--what", "frames"]) == 2
    assert "--output" in capsys.readouterr().err


def test_the_words_for_emotions_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["words"]) == 0
    assert "suprise" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["x.csv", "x.parquet", "x.npz"])
def test_stop_before_the_first_row_leaves_a_whole_file(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(feature_rows, "extract_features", stop)
    assert main(["features", "clips/a.wav", "--output", name]) == 130
    assert Path(name).stat().st_size > 0


def test_output_whose_ending_names_no_format_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["features", "clips", "--output", "x.json"]) == 2
    assert "The ending of the output, .json, names no format" in capsys.readouterr().err
    assert not Path("x.json").exists()
