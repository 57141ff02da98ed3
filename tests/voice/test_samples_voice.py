"""The sample library with the real corpora: official CREMA-D files, and a data folder."""

from __future__ import annotations

import hashlib
import io
import threading
from collections import Counter
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import soundfile as sf

from ser_core.emotions import LABELS
from ser_core.errors import SampleError
from ser_core.paths import SAMPLES_DIR
from ser_core.samples import SampleSettings, open_library
from ser_core.samples.manifest import read_manifest
from tools import make_crema_d_manifest

pytestmark = pytest.mark.voice

MANIFEST = SAMPLES_DIR / "crema_d_manifest.csv"


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def official_dir(corpora_dir: Path) -> Path:
    folder = corpora_dir / "CREMA-D"
    if not any(folder.glob("AudioWAV/*.wav")):
        pytest.skip("no official CREMA-D recordings here")
    return folder


@pytest.fixture
def settings(official_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SampleSettings]:
    """Return settings with a local server that has the genuine files."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    handler = partial(QuietHandler, directory=official_dir)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield SampleSettings(base_urls=(f"http://127.0.0.1:{server.server_port}/",), cache_dir=tmp_path / "cache")
        server.shutdown()
        thread.join()


def test_genuine_files_are_fetched_checked_and_kept(settings, official_dir):
    library = open_library(settings)
    listings = {f"crema-d/{listing.name}": listing for listing in read_manifest(MANIFEST)}
    genuine_files = {path.stem: path for path in official_dir.glob("AudioWAV/*.wav")}
    genuine = [sample for sample in library.samples if Path(sample.sample_id).name in genuine_files]
    assert len(genuine) >= 10
    for sample in genuine:
        content = library.load(sample)
        assert content == genuine_files[Path(sample.sample_id).name].read_bytes()
        assert hashlib.sha256(content).hexdigest() == listings[sample.sample_id].sha256
        sound = sf.info(io.BytesIO(content))
        assert (sound.samplerate, sound.channels) == (16_000, 1)
    offline = open_library(SampleSettings(base_urls=("http://127.0.0.1:9/",), cache_dir=settings.cache_dir))
    assert all(offline.load(sample) for sample in genuine)


def test_a_clip_that_the_server_lacks_does_not_affect_others(settings, official_dir):
    library = open_library(settings)
    genuine_names = {path.stem for path in official_dir.glob("AudioWAV/*.wav")}
    people = [sample for sample in library.samples if sample.origin == "crema-d"]
    missing = [sample for sample in people if Path(sample.sample_id).name not in genuine_names]
    if not missing:
        pytest.skip("every clip of the manifest is available")
    with pytest.raises(SampleError, match="does not have it"):
        library.load(missing[0])
    assert library.load(next(sample for sample in people if Path(sample.sample_id).name in genuine_names))


def test_the_official_tables_give_the_committed_manifest(corpora_dir, tmp_path):
    folder = corpora_dir / "CREMA-D"
    if not (folder / "tabulatedVotes.csv").is_file():
        pytest.skip("no official CREMA-D tables here")
    listed = {Path(listing.path).stem for listing in read_manifest(MANIFEST)}
    keep = frozenset(path.stem for path in folder.glob("AudioWAV/*.wav"))
    if not keep <= listed:
        pytest.skip("other official recordings are here than the manifest was made with")
    clips = make_crema_d_manifest.select_clips(make_crema_d_manifest.read_clips(folder), keep)
    make_crema_d_manifest.write_manifest(clips, tmp_path / "manifest.csv")
    assert (tmp_path / "manifest.csv").read_bytes() == MANIFEST.read_bytes()


def test_the_data_folder_gives_a_balanced_selection_of_original_recordings(corpora_dir):
    library = open_library(SampleSettings(data_dir=corpora_dir))
    people = [sample for sample in library.samples if sample.origin == "corpus"]
    if not people:
        pytest.skip("no original recordings here")
    assert 40 <= len(people) <= 64
    assert len({sample.speaker for sample in people}) >= 2
    # CREMA-D's reconstructed recordings are Opus files, and are not played.
    assert not [sample for sample in people if "CREMA-D" in sample.credit and sample.sample_id.endswith(".opus")]
    assert not [sample for sample in people if "song" in sample.sample_id]
    n_of_emotion = Counter(sample.emotion for sample in people)
    assert set(n_of_emotion) <= set(LABELS)
    assert max(n_of_emotion.values()) - min(n_of_emotion.values()) <= 2
    for sample in people:
        assert sf.info(io.BytesIO(library.load(sample))).duration > 0.5
