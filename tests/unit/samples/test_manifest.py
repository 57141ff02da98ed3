"""The committed manifest is balanced, varied and free of unusable recordings."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import Counter
from pathlib import Path

from ser_core.paths import SAMPLES_DIR
from ser_core.samples import SampleSettings, open_library
from tests.harness.paths import ROOT


def test_the_committed_manifest_is_balanced_and_varied() -> None:
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


def test_the_committed_manifest_leaves_out_held_out_actors_and_broken_clips() -> None:
    names = {Path(row["path"]).stem for row in committed_rows()}
    held_out = {"1001", "1002", "1003", "1068", "1070", "1074", "1091"}
    assert not {name.split("_")[0] for name in names} & held_out
    broken = {"1076_MTI_SAD_XX", "1064_IEO_DIS_MD", "1006_TIE_HAP_XX", "1006_TIE_NEU_XX"}
    twice = {"1013_WSI_DIS_XX", "1013_WSI_SAD_XX", "1017_IWW_ANG_XX", "1017_IWW_FEA_XX"}
    assert not names & (broken | twice)


def test_listeners_recognise_most_clips_of_the_committed_manifest() -> None:
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


def test_importing_the_library_is_quick() -> None:
    """Neither pandas nor an HTTP client is imported before a clip is loaded."""
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
