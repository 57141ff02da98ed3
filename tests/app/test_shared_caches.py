"""The caches that all visitors share hold nothing of a clip that a visitor has analysed."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any

import numpy as np
from streamlit.runtime.caching import cache_data_api, cache_resource_api

from ser_core.audio.loading import load_audio, to_wav_bytes
from tests.app.visiting import OpenApp, choose_way_in, upload
from tests.harness.paths import COMPUTER_VOICES
from ui.common.intake import UPLOAD

FOR_ALL = None  # The session id of Streamlit's caches that belong to no session.


def reachable_from(roots: list[Any]) -> Iterator[Any]:
    """Yield all data that can be reached from the roots without passing through code."""
    visited_ids, waiting = set(), list(roots)
    while waiting:
        item = waiting.pop()
        if id(item) in visited_ids or isinstance(item, ModuleType | FunctionType | CodeType | FrameType | type):
            continue
        visited_ids.add(id(item))
        yield item
        waiting += gc.get_referents(item)


def holds_clip(item: Any, pcm: bytes, samples: np.ndarray) -> bool:
    # From inside the voice: a file of a network holds long runs of zeros, as the silence before a voice does.
    start = samples[4_000:4_500].tobytes()
    if isinstance(item, bytes | bytearray):
        return pcm in item or start in item
    return isinstance(item, np.ndarray) and item.dtype == np.float32 and start in item.tobytes()


def test_no_clip_is_in_a_shared_cache(open_app: OpenApp) -> None:
    # Not a sample itself: samples are shared by all visitors.
    computer_voice = to_wav_bytes(np.float32(0.9) * load_audio(COMPUTER_VOICES / "angry_male.wav").samples)
    app = upload(choose_way_in(open_app(), UPLOAD), "voice.wav", computer_voice)
    for page in ("pages/why.py", "pages/explore.py", "pages/voice_lab.py", "pages/compare.py"):
        assert not app.switch_page(page).run().exception
    samples, pcm = load_audio(computer_voice).samples, computer_voice[2_000:3_000]
    assert holds_clip(computer_voice, pcm, samples)
    assert holds_clip(samples, pcm, samples)
    caches: list[Any] = [cache_data_api._data_caches, cache_resource_api._resource_caches]
    shared = [cache for kind in caches for cache in kind._function_caches.get(FOR_ALL, {}).values()]
    assert shared
    assert [type(item) for item in reachable_from(shared) if holds_clip(item, pcm, samples)] == []
