"""When the cached measurements of the corpora are computed again."""

from __future__ import annotations

import sys
from pathlib import Path

from ser_core.audio.loading import load_audio
from ser_core.dataset.build_tables import measure_clip, measuring_modules
from tests.harness.paths import ROOT


def test_the_cache_depends_on_all_code_that_decodes_and_measures() -> None:
    measure_clip(load_audio(ROOT / "samples" / "computer_voices" / "sad_female.wav"), is_reconstructed=False)
    imported = {
        Path(module.__file__)
        for name, module in list(sys.modules.items())
        if name.startswith(("ser_core.audio", "ser_core.features")) and module.__file__
    }
    decoders = {
        ROOT / "ser_core" / "audio" / f"{name}.py" for name in ("decoding", "ffmpeg_decoder", "channels", "scaling")
    }
    assert imported | decoders <= set(measuring_modules())
