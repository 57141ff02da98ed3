"""The live library: what comes in arrives whole and in order, and what is made of it is right."""

from __future__ import annotations

import csv
import io
import threading

import numpy as np
import psutil
import pytest
import soxr

from ser_core import Recognizer, load_audio
from ser_core.audio.loading import Audio
from ser_core.emotions import LABELS
from ser_core.inference.recognizer import Prediction
from ser_core.live import (
    EnergyVAD,
    History,
    LiveSession,
    Moments,
    MonoResampler,
    RingBuffer,
    Seats,
    analyse,
    by_channel,
    mel_loudness,
    timeline_of,
    timeline_to_csv,
)
from ser_core.live.picture import COLUMN_S, SHOWN_S
from ser_core.live.session import KEPT_S
from ser_core.paths import SAMPLES_DIR

RATE_HZ = 16_000
VOICES = SAMPLES_DIR / "computer_voices"


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    return Recognizer()


@pytest.fixture(scope="module")
def voice() -> np.ndarray:
    """A sentence of 1.8 s."""
    return load_audio(VOICES / "angry_female.wav").samples


def silence(duration_s: float) -> np.ndarray:
    return np.zeros(round(duration_s * RATE_HZ), dtype=np.float32)


def play(session: LiveSession, samples: np.ndarray, read_every_s: float = 0.25) -> list:
    """Feed 20 ms at a time, read every quarter of a second; return what each reading said."""
    states, since_read = [], 0
    for start in range(0, len(samples), 320):
        session.feed(samples[start : start + 320, None], RATE_HZ)
        since_read += 320
        if since_read >= read_every_s * RATE_HZ:
            since_read = 0
            states.append(session.advance())
    return states


# Ring buffer


@pytest.mark.parametrize("piece", [1, 7, 100, 250])
def test_the_ring_keeps_the_newest_in_order_whatever_the_pieces(piece: int) -> None:
    ring = RingBuffer(100)
    sound = np.arange(1000, dtype=np.float32)
    for start in range(0, 1000, piece):
        ring.write(sound[start : start + piece])
    assert ring.written == 1000
    np.testing.assert_array_equal(ring.last(100), sound[-100:])
    np.testing.assert_array_equal(ring.last(30), sound[-30:])


def test_the_ring_tells_a_late_reader_what_is_gone() -> None:
    ring = RingBuffer(100)
    ring.write(np.arange(250, dtype=np.float32))
    first, samples = ring.since(20)
    assert first == 150
    np.testing.assert_array_equal(samples, np.arange(150, 250))
    assert ring.since(240)[0] == 240
    assert len(ring.since(250)[1]) == 0


def test_what_is_read_from_the_ring_does_not_change_afterwards() -> None:
    ring = RingBuffer(10)
    ring.write(np.ones(10, dtype=np.float32))
    kept = ring.last(10)
    ring.write(np.zeros(10, dtype=np.float32))
    assert (kept == 1.0).all()


def test_a_reader_beside_a_writer_sees_whole_stretches() -> None:
    ring = RingBuffer(1000)
    done = threading.Event()

    def write() -> None:
        for start in range(0, 200_000, 50):
            ring.write(np.arange(start, start + 50, dtype=np.float32))
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    position = 0
    while not done.is_set():
        first, samples = ring.since(position)
        assert (samples == np.arange(first, first + len(samples))).all()
        position = first + len(samples)
    writer.join()


# What comes in


def test_interleaved_and_planar_frames_come_out_alike() -> None:
    left, right = np.arange(5), np.arange(10, 15)
    expected = np.stack([left, right], axis=1)
    interleaved = np.array([[0, 10, 1, 11, 2, 12, 3, 13, 4, 14]])
    np.testing.assert_array_equal(by_channel(interleaved, 2), expected)
    np.testing.assert_array_equal(by_channel(np.stack([left, right]), 2), expected)
    np.testing.assert_array_equal(by_channel(left[None], 1), left[:, None])


@pytest.mark.parametrize("rate_hz", [48_000, 44_100, 16_000])
def test_resampling_piece_by_piece_is_resampling_at_once(rate_hz: int) -> None:
    rng = np.random.default_rng(1)
    sound = rng.normal(0.0, 0.1, rate_hz).astype(np.float32)
    expected = soxr.resample(sound, rate_hz, RATE_HZ)
    resampler = MonoResampler()
    pieces, start = [], 0
    while start < len(sound):
        # Jitter: what arrives together differs from time to time.
        n = int(rng.integers(1, 2000))
        pieces.append(resampler.feed(sound[start : start + n, None], rate_hz))
        start += n
    found = np.concatenate(pieces)
    assert len(expected) - len(found) < 0.05 * RATE_HZ
    np.testing.assert_allclose(found, expected[: len(found)], atol=1e-5)


def test_stereo_integers_are_averaged_to_full_scale_one() -> None:
    block = np.tile(np.array([[16_384, 0]], dtype=np.int16), (4_800, 1))
    found = MonoResampler().feed(block, 48_000)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found[400:1000], 0.25, atol=1e-4)


# The gate


def levels(*parts: tuple[float, float]) -> np.ndarray:
    """Return levels of stretches, each of (seconds, decibels), 16 ms a frame."""
    return np.concatenate([np.full(round(seconds / 0.016), level_db) for seconds, level_db in parts])


def test_the_gate_opens_for_a_voice_and_closes_after_it() -> None:
    found = EnergyVAD(16.0).update(levels((1.0, -75.0), (1.0, -30.0), (2.0, -75.0)))
    opened_s, closed_s = np.flatnonzero(np.diff(found.astype(int)))[:2] * 0.016
    assert 1.0 < opened_s < 1.15
    assert 2.3 < closed_s < 2.5


def test_the_gate_stays_open_between_words_and_shut_for_a_click() -> None:
    gate = EnergyVAD(16.0)
    assert not gate.update(levels((1.0, -75.0), (0.05, -20.0), (1.0, -75.0))).any()
    between = gate.update(levels((0.5, -30.0), (0.3, -75.0), (0.5, -30.0)))
    assert between[10:].all()


def test_a_fan_is_learnt_and_a_voice_over_it_is_heard() -> None:
    gate = EnergyVAD(16.0)
    assert not gate.update(levels((8.0, -40.0)))[-100:].any()
    assert gate.update(levels((0.5, -20.0)))[10:].all()


def test_whispered_silence_is_no_speech_however_quiet_the_room() -> None:
    assert not EnergyVAD(16.0).update(levels((2.0, -110.0), (2.0, -70.0))).any()


# Frames


@pytest.mark.parametrize("pitch_hz", [75.0, 120.0, 210.0, 330.0, 520.0])
def test_pitch_is_found(pitch_hz: float) -> None:
    time_s = np.arange(RATE_HZ) / RATE_HZ
    harmonics = [np.sin(2 * np.pi * k * pitch_hz * time_s) / k for k in range(1, 7)]
    found = analyse(0.1 * np.sum(harmonics, axis=0).astype(np.float32)).pitch_hz
    np.testing.assert_allclose(found, pitch_hz, rtol=0.01)


def test_noise_and_silence_have_no_pitch() -> None:
    noise = np.random.default_rng(0).normal(0.0, 0.1, RATE_HZ).astype(np.float32)
    assert np.isnan(analyse(noise).pitch_hz).mean() > 0.95
    assert np.isnan(analyse(silence(1.0)).pitch_hz).all()


def test_level_and_picture_are_decibels_of_full_scale(tone: np.ndarray) -> None:
    found = analyse(tone)
    np.testing.assert_allclose(found.level_db, 20 * np.log10(0.5 / np.sqrt(2)), atol=0.2)
    assert found.mel_db.max() == pytest.approx(20 * np.log10(0.5), abs=3.0)
    loudness = mel_loudness(found.mel_db)
    assert loudness.dtype == np.uint8
    assert loudness.max() > 200
    assert mel_loudness(analyse(silence(0.1)).mel_db).max() == 0


# A session


def test_silence_is_waited_out_and_a_voice_is_answered(recognizer: Recognizer, voice: np.ndarray) -> None:
    session = LiveSession(recognizer)
    states = play(session, np.concatenate([silence(1.0), voice, silence(2.0)]))
    first_answer_s = next(state.heard_s for state in states if state.prediction)
    assert 1.0 < first_answer_s < 1.7
    assert not states[3].is_speech
    assert states[6].is_speech
    assert not states[-1].is_speech
    said = [state.prediction for state in states if state.is_speech and state.prediction]
    assert said[-1].emotion == recognizer.predict(load_audio(VOICES / "angry_female.wav")).emotion
    assert sum(said[-1].probabilities.values()) == pytest.approx(1.0)
    # What was heard last stays, while nobody speaks.
    assert states[-1].prediction is said[-1]


def test_no_network_is_asked_while_nobody_speaks(voice: np.ndarray) -> None:
    class Deaf:
        def predict(self, audio: object) -> None:
            raise AssertionError("asked")

    noise = np.random.default_rng(0).normal(0.0, 1e-4, 3 * RATE_HZ).astype(np.float32)
    assert play(LiveSession(Deaf()), noise)
    with pytest.raises(AssertionError, match="asked"):
        play(LiveSession(Deaf()), voice)


def test_answers_are_smoothed(recognizer: Recognizer, voice: np.ndarray) -> None:
    asked = []

    class Overheard:
        config = recognizer.config

        def predict(self, audio: object) -> object:
            asked.append(recognizer.predict(audio))
            return asked[-1]

    session = LiveSession(Overheard())
    play(session, voice)
    moments = session.moments()
    smooth = moments.probabilities[moments.is_answered]
    raw = np.array([each.shares for each in asked])
    assert len(smooth) == len(raw) > 3
    np.testing.assert_allclose(smooth[0], raw[0])
    assert np.abs(np.diff(smooth, axis=0)).sum() < 0.8 * np.abs(np.diff(raw, axis=0)).sum()


def test_in_classroom_mode_the_sound_is_shown_and_no_emotion_inferred(voice: np.ndarray) -> None:
    session = LiveSession(None)
    states = play(session, voice)
    assert any(state.is_speech for state in states)
    assert all(state.prediction is None for state in states)
    columns = session.columns()
    assert np.nanmedian(columns.pitch_hz) == pytest.approx(210, abs=25)
    assert columns.mel.max() > 150


def test_the_picture_is_the_same_however_the_sound_arrives(voice: np.ndarray) -> None:
    steady, jittery = LiveSession(None), LiveSession(None)
    play(steady, voice)
    steady.advance()
    rng = np.random.default_rng(3)
    start = 0
    while start < len(voice):
        n = int(rng.integers(1, 3000))
        jittery.feed(voice[start : start + n, None], RATE_HZ)
        start += n
        if rng.random() < 0.3:
            jittery.advance()
    jittery.advance()
    first, second = steady.columns(), jittery.columns()
    np.testing.assert_array_equal(first.mel, second.mel)
    np.testing.assert_array_equal(first.pitch_hz, second.pitch_hz)
    assert first.mel.shape[1] == pytest.approx(len(voice) / RATE_HZ / COLUMN_S, abs=2)


def test_columns_are_numbered_since_the_beginning_and_thirty_seconds_are_kept() -> None:
    session = LiveSession(None)
    play(session, silence(40.0), read_every_s=1.0)
    columns = session.columns()
    assert len(columns.level_db) == round(SHOWN_S / COLUMN_S)
    assert columns.first + len(columns.level_db) == pytest.approx(40.0 / COLUMN_S, abs=2)
    newest = session.columns(3.0)
    assert newest.first + len(newest.level_db) == columns.first + len(columns.level_db)


def test_a_hole_in_the_stream_is_counted_and_filled() -> None:
    session = LiveSession(None)
    frame = np.full((960, 2), 8_000, dtype=np.int16)
    for position in [0, 960, 1_920, 2_880 + 48_000, 3_840 + 48_000]:
        session.feed(frame, 48_000, position)
    for extra in range(10):
        session.feed(frame, 48_000, 4_800 + 48_000 + 960 * extra)
    state = session.advance()
    assert state.lost_s == pytest.approx(1.0)
    assert state.heard_s == pytest.approx(1.3, abs=0.05)


def test_a_late_or_repeated_frame_is_no_hole() -> None:
    session = LiveSession(None)
    frame = np.full((9_600, 1), 8_000, dtype=np.int16)
    for position in [0, 9_600, 0, 9_600]:
        session.feed(frame, 48_000, position)
    assert session.advance().lost_s == 0.0


def test_sound_that_nobody_read_in_time_is_counted_and_never_makes_a_delay() -> None:
    session = LiveSession(None)
    session.feed(np.full((20 * RATE_HZ, 1), 0.1, dtype=np.float32), RATE_HZ)
    state = session.advance()
    assert state.dropped_s == pytest.approx(5.0)
    assert state.heard_s == pytest.approx(20.0)


def test_a_muted_microphone_is_told_from_a_quiet_room() -> None:
    muted, quiet = LiveSession(None), LiveSession(None)
    noise = np.random.default_rng(0).normal(0.0, 1e-5, 4 * RATE_HZ).astype(np.float32)
    assert play(muted, silence(4.0))[-1].is_mute
    assert not play(quiet, noise)[-1].is_mute


def test_when_it_is_over_its_buffers_go_and_its_last_ten_seconds_stay() -> None:
    closed = []
    session = LiveSession(None, on_close=lambda: closed.append(True))
    sound = np.random.default_rng(0).normal(0.0, 0.1, 12 * RATE_HZ).astype(np.float32)
    play(session, sound)
    session.close()
    session.close()
    assert closed == [True]
    assert not session.is_open
    np.testing.assert_array_equal(session.last_seconds(), sound[-round(KEPT_S * RATE_HZ) :])
    before = session.advance()
    session.feed(sound[:, None], RATE_HZ)
    assert session.advance() is before
    assert before.heard_s == pytest.approx(12.0, abs=0.25)


def test_closing_while_sound_comes_in_is_safe() -> None:
    session = LiveSession(None)
    begun = threading.Event()
    failed = []

    def feed() -> None:
        try:
            for _ in range(2_000):
                session.feed(np.ones((320, 1), dtype=np.float32), RATE_HZ)
                begun.set()
        except Exception as error:
            failed.append(error)

    feeding = threading.Thread(target=feed)
    feeding.start()
    begun.wait()
    session.close()
    feeding.join()
    assert not failed


# What is left


@pytest.fixture(scope="module")
def moments(recognizer: Recognizer) -> Moments:
    session = LiveSession(recognizer)
    play(session, np.concatenate([silence(1.0), load_audio(VOICES / "sad_male.wav").samples, silence(1.0)]))
    return session.moments()


def prediction(emotion: str, share: float) -> Prediction:
    shares = np.full(len(LABELS), (1.0 - share) / (len(LABELS) - 1))
    shares[LABELS.index(emotion)] = share
    return Prediction.from_logits(np.log(shares), temperature=1.0, confidence_threshold=0.5)


def test_history_keeps_the_newest_moments_in_order() -> None:
    history = History(10)
    for number in range(25):
        history.add(number / 4, -30.0, 200.0, prediction("happy", 0.6) if number % 2 else None)
    assert len(history) == 10
    found = history.newest()
    np.testing.assert_allclose(found.time_s, np.arange(15, 25) / 4)
    np.testing.assert_array_equal(found.is_answered, np.arange(15, 25) % 2 == 1)
    np.testing.assert_allclose(history.newest(3).time_s, [5.5, 5.75, 6.0])


def test_the_timeline_has_gaps_where_nobody_spoke(moments: Moments) -> None:
    line = timeline_of(moments)
    assert line.probabilities.shape == (len(moments.time_s), len(LABELS))
    spoken = ~np.isnan(line.probabilities[:, 0])
    assert not spoken[0]
    assert not spoken[-1]
    assert spoken.any()
    np.testing.assert_allclose(line.probabilities[spoken].sum(axis=1), 1.0, atol=1e-6)


def test_of_a_long_stream_six_hundred_points_are_drawn() -> None:
    history = History(14_400)
    assert timeline_of(history.newest()).probabilities.shape == (0, len(LABELS))
    for number in range(7_200):
        history.add(number / 4, -30.0, 200.0, None)
    line = timeline_of(history.newest())
    assert 500 < len(line.start_s) <= 600
    assert line.start_s[-1] > 1_790.0


def test_the_table_has_a_row_for_each_moment(moments: Moments) -> None:
    rows = list(csv.DictReader(io.StringIO(timeline_to_csv(moments))))
    assert len(rows) == len(moments.time_s)
    assert rows[0]["emotion"] == rows[0]["happy"] == rows[0]["pitch_hz"] == ""
    spoken = [row for row in rows if row["emotion"]]
    assert spoken
    for row in spoken:
        assert row["emotion"] == max(LABELS, key=lambda label: float(row[label]))
        assert row["unsure"] in ("0", "1")
    assert float(rows[-1]["time_s"]) == pytest.approx(moments.time_s[-1], abs=1e-3)


class Instant:
    """A network that answers at once, and always the same."""

    class config:  # noqa: N801
        confidence_threshold = 0.5
        temperature = 1.0

    def predict(self, audio: Audio) -> Prediction:
        assert audio.duration_s <= 3.0
        return prediction("happy", 0.8)


def test_half_an_hour_needs_no_more_memory_than_five_minutes_and_makes_no_delay(voice: np.ndarray) -> None:
    minute = np.resize(np.concatenate([voice, silence(1.0)]), 60 * RATE_HZ)
    frame = (np.repeat(minute, 3)[:, None] * 30_000).astype(np.int16)
    session, process, in_memory = LiveSession(Instant()), psutil.Process(), []
    for number in range(30):
        # Read every second, as in a tab in the background, which is a quarter of the work.
        for start in range(0, len(frame), 48_000):
            session.feed(frame[start : start + 48_000], 48_000, number * len(frame) + start)
            state = session.advance()
        in_memory.append(process.memory_info().rss)
        # Nothing waits to be read, but for what the resampler holds.
        assert 60.0 * (number + 1) - state.heard_s < 0.1
    assert state.lost_s == state.dropped_s == 0.0
    assert len(session.moments().time_s) == pytest.approx(1_800, abs=2)
    assert in_memory[-1] - in_memory[4] < 5_000_000


# Seats


def test_no_more_streams_than_seats() -> None:
    seats = Seats(2)
    first, second = seats.take(), seats.take()
    assert seats.take() is None
    first.leave()
    first.leave()
    assert seats.taken() == 1
    assert seats.take() is not None
    second.leave()
    assert seats.taken() == 1


def test_a_seat_that_nobody_uses_falls_free() -> None:
    now_s = [0.0]
    seats = Seats(2, idle_s=90.0, clock=lambda: now_s[0])
    used, _left_alone = seats.take(), seats.take()
    for now_s[0] in (50.0, 100.0):
        used.renew()
    assert seats.taken() == 1
    assert seats.take() is not None


def test_many_at_once_get_no_more_than_there_are() -> None:
    seats = Seats(5)
    got = []
    threads = [threading.Thread(target=lambda: got.append(seats.take())) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(seat is not None for seat in got) == 5
