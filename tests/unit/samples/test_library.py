"""The sample library lists clips of CREMA-D and computer voices without a request."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from ser_core.audio.loading import load_audio
from ser_core.emotions import LABELS
from ser_core.errors import SampleError
from ser_core.inference.recognizer import Recognizer
from ser_core.inference.verdict import reach_verdict
from ser_core.samples import Sample, SampleLibrary, SampleSettings, open_library
from ser_core.samples.computer_voices import ComputerVoices
from ser_core.samples.sample import SampleSource
from ser_core.samples.settings import GITHUB_URL, GITLAB_URL
from tests.harness.paths import COMPUTER_VOICES
from tests.unit.samples.generated_clips import CLIPS
from tests.unit.samples.libraries import open_with
from tests.unit.samples.local_server import Server

AGREEMENT = {"few agree": {"happy": 2, "sad": 8}, "nobody voted": None, "most agree": {"happy": 9, "sad": 1}}


def test_crema_d_and_computer_voices_are_listed_without_a_request(library: SampleLibrary, server: Server) -> None:
    assert Counter(sample.origin for sample in library.samples) == {"crema-d": len(CLIPS), "computer": 1}
    assert "CREMA-D" in library.summary
    assert "computer voices" in library.summary
    assert library.summary.endswith(".")
    assert server.requests == 0


def test_a_sample_has_the_labels_of_the_manifest(library: SampleLibrary) -> None:
    assert library.samples[0] == Sample(
        sample_id="crema-d/1004_DFA_ANG_XX",
        title="Woman, 21 - angry",
        emotion="angry",
        origin="crema-d",
        speaker="CREMA-D-1004",
        sex="female",
        age_years=21,
        sentence="DFA",
        note="7 of 10 listeners who only heard it chose angry",
        credit="CREMA-D (Cao et al., 2014), ODbL 1.0 / DbCL 1.0",
        votes={"angry": 7, "disgust": 0, "fear": 0, "happy": 0, "neutral": 3, "sad": 0},
    )


def test_titles_and_ids_are_distinct(library: SampleLibrary) -> None:
    assert len({sample.title for sample in library.samples}) == len(library.samples)
    assert len({sample.sample_id for sample in library.samples}) == len(library.samples)


def test_the_id_of_a_sample_does_not_depend_on_other_samples(library: SampleLibrary, settings: SampleSettings) -> None:
    without_crema_d = open_with(settings, base_urls=())
    assert without_crema_d.samples[-1].sample_id == library.samples[-1].sample_id == "computer/happy_male"


def test_computer_voices_are_named_as_such(library: SampleLibrary, samples_dir: Path) -> None:
    voice = library.samples[-1]
    assert voice.title == "Computer voice, man - happy"
    assert voice.note == "Computer voice, not a person"
    assert library.load(voice) == (samples_dir / "computer_voices" / "happy_male.wav").read_bytes()


def test_without_sources_only_computer_voices_remain(settings: SampleSettings) -> None:
    library = open_with(settings, base_urls=())
    assert [sample.origin for sample in library.samples] == ["computer"]
    assert library.summary == "The samples are computer voices."


def test_a_sample_of_another_library_is_an_error(library: SampleLibrary, settings: SampleSettings) -> None:
    with pytest.raises(SampleError, match="no longer among the samples"):
        open_with(settings, base_urls=()).load(library.samples[0])


@pytest.mark.parametrize("name", ["crema_d_manifest.csv", "computer_voices/voices.json"])
@pytest.mark.parametrize("content", [None, "", "path,bytes\nx,y\n", "{}", "[1]", "\xff"])
def test_a_missing_or_damaged_list_is_an_error(
    settings: SampleSettings, samples_dir: Path, name: str, content: str | None
) -> None:
    if content is None:
        (samples_dir / name).unlink()
    else:
        (samples_dir / name).write_text(content, encoding="latin-1")
    with pytest.raises(SampleError, match="missing or damaged"):
        open_library(settings)


def test_a_missing_computer_voice_is_an_error(library: SampleLibrary, samples_dir: Path) -> None:
    (samples_dir / "computer_voices" / "happy_male.wav").unlink()
    with pytest.raises(SampleError, match="computer voice is missing"):
        library.load(library.samples[-1])


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("SER_DATA_DIR", "SER_SAMPLES_URL", "SER_SAMPLES_CACHE"):
        monkeypatch.delenv(name, raising=False)
    assert SampleSettings.from_environment() == SampleSettings(None, (GITHUB_URL, GITLAB_URL), None)
    monkeypatch.setenv("SER_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("SER_SAMPLES_URL", "https://mirror.example/")
    monkeypatch.setenv("SER_SAMPLES_CACHE", str(tmp_path / "cache"))
    expected = SampleSettings(tmp_path, ("https://mirror.example/",), tmp_path / "cache")
    assert SampleSettings.from_environment() == expected
    for name in ("SER_DATA_DIR", "SER_SAMPLES_URL", "SER_SAMPLES_CACHE"):
        monkeypatch.setenv(name, "")
    assert SampleSettings.from_environment() == SampleSettings(None, (), None)


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("https://a.example/ https://b.example/", ("https://a.example/", "https://b.example/")),
        ("https://a.example/,\thttps://b.example/\n", ("https://a.example/", "https://b.example/")),
        ("public", (GITHUB_URL, GITLAB_URL)),
        ("https://a.example/ public", ("https://a.example/", GITHUB_URL, GITLAB_URL)),
        (f"public https://a.example/ {GITLAB_URL}", (GITHUB_URL, GITLAB_URL, "https://a.example/")),
        (" , ", ()),
    ],
)
def test_the_sources_are_a_list(monkeypatch: pytest.MonkeyPatch, text: str, urls: tuple[str, ...]) -> None:
    monkeypatch.setenv("SER_SAMPLES_URL", text)
    assert SampleSettings.from_environment().base_urls == urls


def test_the_clearest_clip_at_hand_needs_no_request(library: SampleLibrary, server: Server) -> None:
    happy, angry = library.clearest("happy"), library.clearest("angry")
    assert happy is not None
    assert happy.origin == "computer"
    assert angry is None
    assert server.requests == 0


def test_a_recording_of_a_person_is_clearer_than_a_computer_voice(library: SampleLibrary) -> None:
    recording = library.clearest("happy", at_hand=False)
    assert recording is not None
    assert recording.origin == "crema-d"
    library.load(recording)
    assert library.clearest("happy") == recording
    assert library.clearest("surprise", at_hand=False) is None


def test_the_clip_with_the_most_agreement_is_the_clearest(library: SampleLibrary) -> None:
    voice = library.samples[-1]
    clips = [replace(voice, sample_id=name, origin="corpus", votes=votes) for name, votes in AGREEMENT.items()]
    source = SimpleNamespace(samples=clips, description="clips", is_at_hand=lambda sample: True)
    clearest = SampleLibrary([cast(SampleSource, source)]).clearest("happy")
    assert clearest is not None
    assert clearest.sample_id == "most agree"


# No computer voice of disgust is clear, and the network calls both calm ones neutral.
@pytest.mark.parametrize("emotion", [label for label in LABELS if label not in ("calm", "disgust")])
def test_the_first_computer_voice_of_an_emotion_is_one_that_fits(emotion: str) -> None:
    library = SampleLibrary([ComputerVoices(COMPUTER_VOICES)])
    voice = library.clearest(emotion)
    assert voice is not None
    audio = load_audio(library.load(voice))
    assert emotion in reach_verdict(Recognizer().predict(audio)).emotions
