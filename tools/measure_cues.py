"""Measure the acoustic cues of every recording in the corpora, and write their percentiles by emotion.

    python tools/measure_cues.py --data DIR [--out models/cue_percentiles.csv]

Two corpora are left out: songs, whose melody is given, and EmoDB, to which nothing in the project may be fitted.
Recordings that were reconstructed from mel spectrograms count only for the cues that the spectrogram preserves
(``MEL_BASED``). The table has percentiles only, so no clip can be identified from it.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from ser_core.audio.loading import load_audio
from ser_core.corpora import scan
from ser_core.errors import AudioError
from ser_core.features.cue_percentiles import ALL_SEXES, COLUMNS, PERCENTILES, REFERENCE_TABLE
from ser_core.features.cues import MEL_BASED, WORDS, measure_cues
from ser_core.features.extraction import extract_features

LEFT_OUT = ("RAVDESS song", "EmoDB")

# With fewer clips the outer percentiles cannot be estimated.
_LEAST_CLIPS = 20


def cues_of(path: Path) -> dict[str, float]:
    """Return a recording's cues by name, all NaN if it cannot be read."""
    try:
        return dataclasses.asdict(measure_cues(extract_features(load_audio(path))))
    except AudioError:
        return dict.fromkeys(WORDS, float("nan"))


def percentiles(clips: pd.DataFrame) -> pd.DataFrame:
    """Return the percentiles of each cue by corpus, sex and emotion.

    Parameters
    ----------
    clips : pandas.DataFrame
        One row per clip: corpus, sex, emotion, reconstructed, and one column for each field of ``Cues``.

    Returns
    -------
    pandas.DataFrame
        One row for each corpus, emotion, sex and cue, with ``ser_core.features.cue_percentiles.COLUMNS``.
    """
    lost_in_reconstruction = [name for name in WORDS if name not in MEL_BASED]
    valid = clips.copy()
    valid.loc[valid["reconstructed"], lost_in_reconstruction] = np.nan
    by_sex = pd.concat([valid.assign(sex=ALL_SEXES), valid[valid["sex"] != "unknown"]])
    rows = []
    for (corpus, emotion, sex), group in by_sex.groupby(["corpus", "emotion", "sex"]):
        for cue in WORDS:
            values = group[cue].dropna()
            if len(values) >= _LEAST_CLIPS:
                spread = [f"{value:.5g}" for value in np.percentile(values, PERCENTILES)]
                rows.append((corpus, emotion, sex, cue, len(values), *spread))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def main() -> None:
    """Measure the corpora and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="a folder with the corpora")
    parser.add_argument("--out", type=Path, default=REFERENCE_TABLE)
    parser.add_argument("--processes", type=int, default=1)
    arguments = parser.parse_args()
    table = scan(arguments.data).table
    table = table[~table["corpus"].isin(LEFT_OUT)].reset_index(drop=True)
    with ProcessPoolExecutor(arguments.processes) as pool:
        cues = list(pool.map(cues_of, [arguments.data / path for path in table["path"]], chunksize=64))
    clips = pd.concat([table[["corpus", "sex", "emotion", "reconstructed"]], pd.DataFrame(cues)], axis=1)
    percentiles(clips).to_csv(arguments.out, index=False, lineterminator="\n")
    print(f"{len(clips)} clips to {arguments.out}")


if __name__ == "__main__":
    main()
