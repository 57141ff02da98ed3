"""The sample library, and what it does when a server, a disk or a folder lets it down."""

from __future__ import annotations

import contextlib
import csv
import errno
import hashlib
import io
import json
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import requests
import soundfile as sf

from ser_core.emotions import LABELS
from ser_core.errors import SampleError
from ser_core.paths import SAMPLES_DIR
from ser_core.samples import Sample, SampleLibrary, SampleSettings, open_library
from ser_core.samples.fetching import TRANSFER_THREAD, Fetcher
from ser_core.samples.settings import CREMA_D_URL
from tests.harness.paths import ROOT

# For servers that stall: the shorter, the quicker the tests. Where nothing should stall the limit is long,
# so that a busy machine fails no test.
SHORT_S = 0.3
LONG_S = 60.0
# Far beyond the short limit, far below what the servers here would go on for.
PATIENCE_S = 10.0
CLIP_NAMES = [f"{1004 + k}_DFA_{code}_XX" for k, code in enumerate(("ANG", "HAP", "SAD") * 6)]
CODES = {"ANG": "angry", "HAP": "happy", "SAD": "sad"}


def wav_bytes(frequency_hz: float) -> bytes:
    """A tenth of a second of a tone."""
    file = io.BytesIO()
    tone = 0.3 * np.sin(2 * np.pi * frequency_hz * np.arange(1600) / 16_000)
    sf.write(file, tone, 16_000, subtype="PCM_16", format="WAV")
    return file.getvalue()


CLIPS = {f"AudioWAV/{name}.wav": wav_bytes(200.0 + 20 * k) for k, name in enumerate(CLIP_NAMES)}
FIRST_PATH, FIRST_CONTENT = next(iter(CLIPS.items()))


@pytest.fixture
def samples_dir(tmp_path: Path) -> Path:
    """A manifest of generated clips, and one computer voice."""
    folder = tmp_path / "samples"
    (folder / "computer_voices").mkdir(parents=True)
    columns = ["path", "bytes", "sha256", "emotion", "speaker", "sex", "age_years", "sentence"]
    labels = ["angry", "disgust", "fear", "happy", "neutral", "sad"]
    with (folder / "crema_d_manifest.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*columns, *(f"votes_{label}" for label in labels)])
        for path, content in CLIPS.items():
            speaker, sentence, code, _ = Path(path).stem.split("_")
            emotion = CODES[code]
            votes = [7 if label == emotion else 3 if label == "neutral" else 0 for label in labels]
            digest = hashlib.sha256(content).hexdigest()
            writer.writerow([path, len(content), digest, emotion, speaker, "female", 21, sentence, *votes])
    (folder / "computer_voices" / "happy_male.wav").write_bytes(wav_bytes(120.0))
    clip = {"path": "happy_male.wav", "emotion": "happy", "sex": "male", "voice": "x"}
    table = {"synthesiser": "S 1.0", "licence": "free", "sentence": "CUP", "clips": [clip]}
    (folder / "computer_voices" / "voices.json").write_text(json.dumps(table))
    return folder


class Server(ThreadingHTTPServer):
    """A server on this machine whose every answer is ``behave``; ``end`` stops what would go on for ever."""

    daemon_threads = False

    def __init__(self) -> None:
        self.behave: Callable[[Server, BaseHTTPRequestHandler], None] = serve_well
        self.requests = 0
        self.end = threading.Event()
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.requests += 1
        self.close_connection = True
        # The library hangs up on a server that goes on for ever.
        with contextlib.suppress(ConnectionError):
            self.server.behave(self.server, self)

    def log_message(self, *args: object) -> None:
        pass


def answer(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, length: int | None = None) -> None:
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(body) if length is None else length))
    handler.end_headers()
    handler.wfile.write(body)


def serve_well(server: Server, handler: BaseHTTPRequestHandler) -> None:
    answer(handler, CLIPS[handler.path.lstrip("/")])


def serve_other_bytes(server: Server, handler: BaseHTTPRequestHandler) -> None:
    content = CLIPS[handler.path.lstrip("/")]
    answer(handler, content[:-1] + bytes([content[-1] ^ 1]))


def serve_404(server: Server, handler: BaseHTTPRequestHandler) -> None:
    answer(handler, b"no such file", status=404)


def serve_500(server: Server, handler: BaseHTTPRequestHandler) -> None:
    answer(handler, b"out of order", status=500)


def serve_lfs_pointer(server: Server, handler: BaseHTTPRequestHandler) -> None:
    answer(handler, b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 3244\n")


def serve_half_then_hang_up(server: Server, handler: BaseHTTPRequestHandler) -> None:
    content = CLIPS[handler.path.lstrip("/")]
    answer(handler, content[: len(content) // 2], length=len(content))


def serve_short(server: Server, handler: BaseHTTPRequestHandler) -> None:
    answer(handler, CLIPS[handler.path.lstrip("/")][:-2])


def serve_without_end(server: Server, handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    while not server.end.is_set():
        handler.wfile.write(bytes(65_536))


def serve_in_circles(server: Server, handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(302)
    handler.send_header("Location", "/round/and/round")
    handler.send_header("Content-Length", "0")
    handler.end_headers()


def serve_silence(server: Server, handler: BaseHTTPRequestHandler) -> None:
    server.end.wait()


def serve_body_in_drips(server: Server, handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(FIRST_CONTENT)))
    handler.end_headers()
    for byte in FIRST_CONTENT:
        handler.wfile.write(bytes([byte]))
        if server.end.wait(0.02):
            return


def serve_headers_in_drips(server: Server, handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not server.end.wait(0.02):
        handler.wfile.write(b"z")


def serve_no_http(server: Server, handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"who goes there?\r\n\r\n")


OF_THE_CLIP = [serve_other_bytes, serve_404, serve_lfs_pointer, serve_short, serve_without_end]
STALLING = [serve_silence, serve_body_in_drips, serve_headers_in_drips]
OF_THE_SERVER = [serve_500, serve_half_then_hang_up, serve_in_circles, serve_no_http, *STALLING]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.end.set()
        server.shutdown()
        thread.join()
    assert_no_transfer_goes_on()


@pytest.fixture
def settings(samples_dir: Path, server: Server, tmp_path: Path) -> SampleSettings:
    return SampleSettings(base_url=server.url, cache_dir=tmp_path / "cache", timeout_s=LONG_S, samples_dir=samples_dir)


@pytest.fixture
def library(settings: SampleSettings) -> SampleLibrary:
    return open_library(settings)


def misbehaving(settings: SampleSettings, server: Server, behave: Callable) -> SampleLibrary:
    server.behave = behave
    return changed(settings, timeout_s=SHORT_S if behave in STALLING else LONG_S)


def changed(settings: SampleSettings, **changes: object) -> SampleLibrary:
    return open_library(SampleSettings(**{**vars(settings), **changes}))


def files_under(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def assert_no_transfer_goes_on() -> None:
    for thread in threading.enumerate():
        if thread.name == TRANSFER_THREAD:
            thread.join(PATIENCE_S)
            assert not thread.is_alive()


def assert_says_what_to_do(error: SampleError) -> None:
    assert "could not be fetched" in error.found
    assert "computer voice" in error.advice


# What a library offers


def test_lists_crema_d_and_computer_voices_without_asking_any_server(library, server):
    assert Counter(sample.origin for sample in library.samples) == {"crema-d": len(CLIPS), "computer": 1}
    assert "CREMA-D" in library.summary
    assert "computer voices" in library.summary
    assert library.summary.endswith(".")
    assert server.requests == 0


def test_a_sample_says_what_the_manifest_knows(library):
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
    )


def test_no_two_titles_or_ids_are_the_same(library):
    assert len({sample.title for sample in library.samples}) == len(library.samples)
    assert len({sample.sample_id for sample in library.samples}) == len(library.samples)


def test_a_sample_keeps_its_id_whatever_else_the_library_holds(library, settings):
    without_crema_d = changed(settings, base_url=None)
    assert without_crema_d.samples[-1].sample_id == library.samples[-1].sample_id == "computer/happy_male"


def test_computer_voices_are_called_so(library, samples_dir):
    voice = library.samples[-1]
    assert voice.title == "Computer voice, man - happy"
    assert voice.note == "Computer voice, not a person"
    assert library.load(voice) == (samples_dir / "computer_voices" / "happy_male.wav").read_bytes()


def test_without_an_address_only_computer_voices_remain(settings):
    library = changed(settings, base_url=None)
    assert [sample.origin for sample in library.samples] == ["computer"]
    assert library.summary == "The samples are computer voices."


def test_a_sample_of_another_library_is_refused(library, settings):
    with pytest.raises(SampleError, match="no longer among the samples"):
        changed(settings, base_url=None).load(library.samples[0])


@pytest.mark.parametrize("name", ["crema_d_manifest.csv", "computer_voices/voices.json"])
@pytest.mark.parametrize("content", [None, "", "path,bytes\nx,y\n", "{}", "[1]", "\xff"])
def test_missing_or_damaged_lists_are_named(settings, samples_dir, name, content):
    if content is None:
        (samples_dir / name).unlink()
    else:
        (samples_dir / name).write_text(content, encoding="latin-1")
    with pytest.raises(SampleError, match="missing or damaged"):
        open_library(settings)


def test_a_missing_computer_voice_is_named(library, samples_dir):
    (samples_dir / "computer_voices" / "happy_male.wav").unlink()
    with pytest.raises(SampleError, match="computer voice is missing"):
        library.load(library.samples[-1])


def test_settings_come_from_the_environment(monkeypatch, tmp_path):
    for name in ("SER_DATA_DIR", "SER_SAMPLES_URL", "SER_SAMPLES_CACHE"):
        monkeypatch.delenv(name, raising=False)
    assert SampleSettings.from_environment() == SampleSettings(None, CREMA_D_URL, None)
    monkeypatch.setenv("SER_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("SER_SAMPLES_URL", "https://mirror.example/")
    monkeypatch.setenv("SER_SAMPLES_CACHE", str(tmp_path / "cache"))
    expected = SampleSettings(tmp_path, "https://mirror.example/", tmp_path / "cache")
    assert SampleSettings.from_environment() == expected
    for name in ("SER_DATA_DIR", "SER_SAMPLES_URL", "SER_SAMPLES_CACHE"):
        monkeypatch.setenv(name, "")
    assert SampleSettings.from_environment() == SampleSettings(None, None, None)


# Fetching


def test_a_fetched_clip_is_the_official_one_and_is_fetched_once(library, server, settings):
    assert library.load(library.samples[0]) == FIRST_CONTENT
    assert library.load(library.samples[0]) == FIRST_CONTENT
    assert server.requests == 1
    later = changed(settings, base_url=f"http://127.0.0.1:{closed_port()}/")
    assert later.load(later.samples[0]) == FIRST_CONTENT


def test_an_address_without_its_last_stroke_works(settings, server):
    library = changed(settings, base_url=server.url.rstrip("/"))
    assert library.load(library.samples[0]) == FIRST_CONTENT


def test_a_damaged_copy_in_the_cache_is_fetched_again(library, server, settings):
    library.load(library.samples[0])
    (settings.cache_dir / FIRST_PATH).write_bytes(b"rot")
    assert library.load(library.samples[0]) == FIRST_CONTENT
    assert server.requests == 2


def test_a_redirect_is_followed(library, server):
    def redirect_once(server: Server, handler: BaseHTTPRequestHandler) -> None:
        if handler.path.startswith("/elsewhere/"):
            return answer(handler, CLIPS[handler.path.removeprefix("/elsewhere/")])
        handler.send_response(302)
        handler.send_header("Location", f"/elsewhere{handler.path}")
        handler.end_headers()
        # A redirect's own body is not worth waiting for.
        return serve_silence(server, handler)

    server.behave = redirect_once
    assert library.load(library.samples[0]) == FIRST_CONTENT


@pytest.mark.parametrize("behave", OF_THE_CLIP + OF_THE_SERVER)
def test_whatever_a_server_does_the_library_goes_on(server, settings, behave):
    library = misbehaving(settings, server, behave)
    start_s = time.monotonic()
    with pytest.raises(SampleError) as caught:
        library.load(library.samples[0])
    assert time.monotonic() - start_s < PATIENCE_S
    assert_says_what_to_do(caught.value)
    assert files_under(settings.cache_dir) == []
    assert library.load(library.samples[-1])


@pytest.mark.parametrize(
    ("behave", "words"),
    [
        (serve_other_bytes, "not the official recording"),
        (serve_404, "does not have it"),
        (serve_lfs_pointer, "a pointer to the recording"),
        (serve_short, "shorter than the official"),
        (serve_without_end, "longer than the official"),
        (serve_500, "status 500"),
        (serve_silence, "longer than 0.3 seconds"),
    ],
)
def test_the_error_says_what_came(settings, server, behave, words):
    library = misbehaving(settings, server, behave)
    with pytest.raises(SampleError, match=words):
        library.load(library.samples[0])


def test_a_server_that_drips_does_not_keep_a_thread_busy(settings, server):
    library = misbehaving(settings, server, serve_body_in_drips)
    with pytest.raises(SampleError):
        library.load(library.samples[0])
    assert_no_transfer_goes_on()
    assert not server.end.is_set()


@pytest.mark.parametrize("behave", [serve_other_bytes, serve_404, serve_short])
def test_a_bad_clip_does_not_keep_good_ones_away(library, server, behave):
    server.behave = behave
    with pytest.raises(SampleError):
        library.load(library.samples[0])
    server.behave = serve_well
    assert library.load(library.samples[1]) == CLIPS[f"AudioWAV/{CLIP_NAMES[1]}.wav"]


@pytest.mark.parametrize("behave", OF_THE_SERVER)
def test_a_server_that_failed_is_left_alone_for_a_while(settings, server, behave):
    library = misbehaving(settings, server, behave)
    with pytest.raises(SampleError):
        library.load(library.samples[0])
    asked = server.requests
    with pytest.raises(SampleError, match="a moment ago") as caught:
        library.load(library.samples[1])
    assert_says_what_to_do(caught.value)
    assert server.requests == asked


def test_a_server_that_failed_is_asked_again_after_the_pause(settings, server):
    library = changed(settings, pause_s=0.0)
    server.behave = serve_500
    with pytest.raises(SampleError, match="status 500"):
        library.load(library.samples[0])
    server.behave = serve_well
    assert library.load(library.samples[0]) == FIRST_CONTENT


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@pytest.mark.parametrize("url", ["http://127.0.0.1:{port}/", "http://", "nonsense", "http://[::1", "http://\x00/"])
def test_no_server_at_the_address(settings, url):
    library = changed(settings, base_url=url.format(port=closed_port()))
    with pytest.raises(SampleError) as caught:
        library.load(library.samples[0])
    assert_says_what_to_do(caught.value)
    assert files_under(settings.cache_dir) == []


def test_a_redirect_from_a_secure_address_to_another_is_refused(monkeypatch):
    redirect = SimpleNamespace(is_redirect=True, headers={"location": "http://insecure.example/x.wav"})
    asked = []

    def get(session: requests.Session, url: str, **options: object) -> contextlib.nullcontext:
        asked.append(url)
        return contextlib.nullcontext(redirect)

    monkeypatch.setattr(requests.Session, "get", get)
    with pytest.raises(SampleError, match="not secure"):
        Fetcher(LONG_S, pause_s=0.0).fetch("https://secure.example/x.wav", 10)
    assert asked == ["https://secure.example/x.wav"]


def load_at_once(library: SampleLibrary, samples: list[Sample]) -> list[bytes | SampleError]:
    results: list[bytes | SampleError] = [b""] * len(samples)

    def load(place: int) -> None:
        try:
            results[place] = library.load(samples[place])
        except SampleError as error:
            results[place] = error

    threads = [threading.Thread(target=load, args=(place,)) for place in range(len(samples))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_many_threads_can_load_at_once(settings):
    library = open_library(settings)
    expected = [*CLIPS.values(), *CLIPS.values()]
    samples = [*library.samples[: len(CLIPS)]] * 2
    assert load_at_once(library, samples) == expected


def test_many_threads_do_not_queue_up_behind_a_dead_server(settings, server):
    library = misbehaving(settings, server, serve_headers_in_drips)
    start_s = time.monotonic()
    results = load_at_once(library, list(library.samples[:10]))
    assert time.monotonic() - start_s < PATIENCE_S
    assert all(isinstance(result, SampleError) for result in results)
    assert server.requests <= 4


# The disk


@pytest.fixture(params=["closed", "full"])
def library_without_disk(request, settings, tmp_path, monkeypatch) -> SampleLibrary:
    if request.param == "closed":
        # Where a file is in the way no folder can be made, not even by the superuser.
        (tmp_path / "in the way").write_text("")
        return changed(settings, cache_dir=tmp_path / "in the way" / "cache")

    def no_space(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", no_space)
    return open_library(settings)


def test_without_a_disk_clips_are_kept_in_memory(library_without_disk, server, settings):
    library = library_without_disk
    assert library.load(library.samples[0]) == FIRST_CONTENT
    assert library.load(library.samples[0]) == FIRST_CONTENT
    assert server.requests == 1
    assert files_under(settings.cache_dir) == []


def test_without_a_disk_hashes_are_checked_all_the_same(library_without_disk, server):
    server.behave = serve_other_bytes
    with pytest.raises(SampleError, match="not the official recording"):
        library_without_disk.load(library_without_disk.samples[0])


def test_memory_holds_only_the_last_clips(library_without_disk, server):
    library = library_without_disk
    for sample in library.samples[: len(CLIPS)]:
        library.load(sample)
    assert server.requests == len(CLIPS)
    library.load(library.samples[len(CLIPS) - 1])
    assert server.requests == len(CLIPS)
    library.load(library.samples[0])
    assert server.requests == len(CLIPS) + 1


# The data folder


@pytest.fixture
def ravdess_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "Ravdess"
    folder.mkdir(parents=True)
    for actor in range(1, 25):
        for emotion in range(1, 9):
            for statement in (1, 2):
                name = f"03-01-{emotion:02}-01-{statement:02}-01-{actor:02}.wav"
                (folder / name).write_bytes(name.encode())
    (folder / "03-02-02-01-01-01-01.wav").write_bytes(b"a song")
    return folder


def test_the_data_folder_comes_first(settings, ravdess_dir, server):
    library = changed(settings, data_dir=ravdess_dir.parent)
    people = [sample for sample in library.samples if sample.origin == "corpus"]
    assert {sample.origin for sample in library.samples} == {"corpus", "computer"}
    assert "RAVDESS" in library.summary
    assert "data folder" in library.summary
    by_kind = Counter((sample.emotion, sample.sex) for sample in people)
    assert by_kind == {(label, sex): 4 for label in LABELS for sex in ("female", "male")}
    # The same voices say the same sentence in every emotion.
    assert len({sample.speaker for sample in people}) == 8
    assert {sample.sentence for sample in people} == {"01"}
    assert people[0].title == "Woman, RAVDESS-02 - angry"
    assert people[0].credit.startswith("RAVDESS")
    assert library.load(people[0]) == b"03-01-05-01-01-01-02.wav"
    assert changed(settings, data_dir=ravdess_dir.parent).samples == library.samples
    assert server.requests == 0


def test_crema_d_originals_in_the_data_folder_say_what_listeners_heard(settings, ravdess_dir):
    folder = ravdess_dir.parent / "AudioWAV"
    folder.mkdir()
    (folder / f"{CLIP_NAMES[0]}.wav").write_bytes(FIRST_CONTENT)
    (folder / "1091_DFA_ANG_XX.wav").write_bytes(FIRST_CONTENT)
    library = changed(settings, data_dir=ravdess_dir.parent)
    samples = {Path(sample.sample_id).stem: sample for sample in library.samples}
    known, unknown = samples[CLIP_NAMES[0]], samples["1091_DFA_ANG_XX"]
    assert known.note == "7 of 10 listeners who only heard it chose angry"
    assert known.title == "Woman, 21 - angry"
    assert known.age_years == 21
    assert unknown.note == "The speaker was asked to sound angry"
    assert unknown.age_years is None


def test_other_corpora_and_own_folders_fill_up_what_is_missing(settings, tmp_path):
    data_dir = tmp_path / "data"
    for name in ("OAF_back_angry.wav", "03-01-05-02-01-01-02.wav", "Sad/mine.wav"):
        (data_dir / name).parent.mkdir(parents=True, exist_ok=True)
        (data_dir / name).write_bytes(name.encode())
    library = changed(settings, data_dir=data_dir)
    angry, other_angry, sad = library.samples[:3]
    assert angry.note == "The speaker was asked to sound angry, strongly"
    assert other_angry.speaker == "TESS-OAF"
    assert (sad.title, sad.speaker, sad.sentence) == ("Speaker - sad", None, None)
    assert "data folder" in sad.note


@pytest.mark.parametrize("names", [[], ["1004_DFA_ANG_XX.opus"], ["03-02-02-01-01-01-01.wav"]])
def test_a_data_folder_with_nothing_to_play_is_passed_over(settings, tmp_path, names):
    data_dir = tmp_path / "data"
    data_dir.mkdir()
    for name in names:
        (data_dir / name).write_bytes(b"reconstructed or sung")
    library = changed(settings, data_dir=data_dir)
    assert {sample.origin for sample in library.samples} == {"crema-d", "computer"}
    assert changed(settings, data_dir=tmp_path / "nowhere").samples == library.samples


def test_a_recording_that_was_taken_away_is_named(settings, ravdess_dir):
    library = changed(settings, data_dir=ravdess_dir)
    (ravdess_dir / "03-01-05-01-01-01-02.wav").unlink()
    with pytest.raises(SampleError, match="cannot be read"):
        library.load(library.samples[0])
    assert library.load(library.samples[1])


# What is committed


def test_the_committed_manifest_is_balanced_and_varied():
    library = open_library(SampleSettings())
    clips = [sample for sample in library.samples if sample.origin == "crema-d"]
    six = {"angry", "disgust", "fear", "happy", "neutral", "sad"}
    by_kind = Counter((clip.emotion, clip.sex) for clip in clips)
    assert by_kind == {(emotion, sex): 5 for emotion in six for sex in ("female", "male")}
    assert len({clip.speaker for clip in clips}) >= 20
    assert len({clip.sentence for clip in clips}) >= 10
    assert {clip.age_years // 10 for clip in clips} >= {2, 3, 4, 5, 6}
    comparable = Counter((clip.speaker, clip.sentence) for clip in clips)
    assert sum(count >= 2 for count in comparable.values()) >= 15


def test_the_committed_manifest_leaves_out_what_it_must():
    names = {Path(row["path"]).stem for row in committed_rows()}
    held_out = {"1001", "1002", "1003", "1068", "1070", "1074", "1091"}
    assert not {name.split("_")[0] for name in names} & held_out
    broken = {"1076_MTI_SAD_XX", "1064_IEO_DIS_MD", "1006_TIE_HAP_XX", "1006_TIE_NEU_XX"}
    twice = {"1013_WSI_DIS_XX", "1013_WSI_SAD_XX", "1017_IWW_ANG_XX", "1017_IWW_FEA_XX"}
    assert not names & (broken | twice)


def test_the_committed_manifest_is_mostly_of_clips_that_listeners_recognise():
    rows = committed_rows()
    shares = []
    for row in rows:
        votes = {column: int(count) for column, count in row.items() if column.startswith("votes_")}
        shares.append(votes[f"votes_{row['emotion']}"] / sum(votes.values()))
        assert sum(votes.values()) >= 8
        assert len(bytes.fromhex(row["sha256"])) == 32
        assert 40_000 < int(row["bytes"]) < 170_000
    assert sum(share >= 0.6 for share in shares) >= 0.9 * len(rows)


def committed_rows() -> list[dict[str, str]]:
    with (SAMPLES_DIR / "crema_d_manifest.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def test_importing_the_library_is_quick():
    """Neither pandas nor an HTTP client is needed before somebody wants a clip."""
    code = (
        "import sys; from ser_core.samples import SampleSettings, open_library; "
        "open_library(SampleSettings()); "
        "print([name for name in ('pandas', 'requests', 'pooch') if name in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert run.stdout.strip() == "[]"
