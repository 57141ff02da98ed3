"""After a visitor has analysed a clip, the caches that all visitors share are searched for it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any

import numpy as np
from streamlit.runtime.caching import cache_data_api, cache_resource_api

from ser_core.audio.loading import load_audio
from tests.app.visiting import OpenApp, go, upload
from ui.common.intake import UPLOAD

FOR_ALL = None  # Streamlit's own name for what belongs to no session.


def held_by(roots: list[Any]) -> Iterator[Any]:
    """Yield all data that is reached from the roots, but not through code."""
    seen, waiting = set(), list(roots)
    while waiting:
        each = waiting.pop()
        if id(each) in seen or isinstance(each, ModuleType | FunctionType | CodeType | FrameType | type):
            continue
        seen.add(id(each))
        yield each
        waiting += gc.get_referents(each)


def is_of(each: Any, pcm: bytes, samples: np.ndarray) -> bool:
    if isinstance(each, bytes | bytearray):
        return pcm in each or samples[:500].tobytes() in each
    return isinstance(each, np.ndarray) and each.dtype == np.float32 and samples[:500].tobytes() in each.tobytes()


def test_no_clip_is_in_what_all_share(open_app: OpenApp, computer_voice: bytes) -> None:
    app = upload(go(open_app(), UPLOAD), "voice.wav", computer_voice)
    for page in ("pages/why.py", "pages/explore.py", "pages/voice_lab.py", "pages/compare.py"):
        assert not app.switch_page(page).run().exception
    samples, pcm = load_audio(computer_voice).samples, computer_voice[2_000:3_000]
    assert is_of(computer_voice, pcm, samples)
    assert is_of(samples, pcm, samples)
    caches = [cache_data_api._data_caches, cache_resource_api._resource_caches]
    shared = [cache for each in caches for cache in each._function_caches.get(FOR_ALL, {}).values()]
    assert shared
    assert [type(each) for each in held_by(shared) if is_of(each, pcm, samples)] == []
