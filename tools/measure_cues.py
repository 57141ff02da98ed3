"""Measure the acoustic cues of every recording in the corpora, and write their percentiles by emotion.

    python tools/measure_cues.py --data DIR [--out models/cue_percentiles.csv]

Left out: songs, whose melody is the composer's, and EmoDB, the corpus that nothing here may learn from. Of recordings
that were reconstructed from spectrograms only the cues that survive it count (``MEL_BASED``). The table holds
percentiles alone: no clip can be told from it.
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
from ser_core.features.cues import MEL_BASED, WORDS, measure_cues
from ser_core.features.extraction import extract_features
from ser_core.features.reference import ALL_SEXES, COLUMNS, PERCENTILES, REFERENCE_TABLE

LEFT_OUT = ("RAVDESS song", "EmoDB")

# Fewer clips than this say nothing about their tails.
_LEAST_CLIPS = 20


def cues_of(path: Path) -> dict[str, float]:
    """Return a recording's cues, all NaN where it cannot be read."""
    try:
        return dataclasses.asdict(measure_cues(extract_features(load_audio(path))))
    except AudioError:
        return dict.fromkeys(WORDS, float("nan"))


def percentiles(clips: pd.DataFrame) -> pd.DataFrame:
    """Sum clips up by corpus, sex and emotion.

    Parameters
    ----------
    clips : pandas.DataFrame
        One row a clip: corpus, sex, emotion, reconstructed, and one column for each field of ``Cues``.

    Returns
    -------
    pandas.DataFrame
        One row for each corpus, emotion, sex and cue, with ``ser_core.features.reference.COLUMNS``.
    """
    invented = [name for name in WORDS if name not in MEL_BASED]
    honest = clips.copy()
    honest.loc[honest["reconstructed"], invented] = np.nan
    both = pd.concat([honest.assign(sex=ALL_SEXES), honest[honest["sex"] != "unknown"]])
    rows = []
    for (corpus, emotion, sex), group in both.groupby(["corpus", "emotion", "sex"]):
        for cue in WORDS:
            known = group[cue].dropna()
            if len(known) >= _LEAST_CLIPS:
                values = [f"{value:.5g}" for value in np.percentile(known, PERCENTILES)]
                rows.append((corpus, emotion, sex, cue, len(known), *values))
    return pd.DataFrame(rows, columns=COLUMNS)


def main() -> None:
    """Run the tool."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="a folder with the corpora")
    parser.add_argument("--out", type=Path, default=REFERENCE_TABLE)
    parser.add_argument("--processes", type=int, default=1)
    arguments = parser.parse_args()
    table = scan(arguments.data).table
    table = table[~table["corpus"].isin(LEFT_OUT)].reset_index(drop=True)
    with ProcessPoolExecutor(arguments.processes) as pool:
        found = list(pool.map(cues_of, [arguments.data / path for path in table["path"]], chunksize=64))
    clips = pd.concat([table[["corpus", "sex", "emotion", "reconstructed"]], pd.DataFrame(found)], axis=1)
    percentiles(clips).to_csv(arguments.out, index=False, lineterminator="\n")
    print(f"{len(clips)} clips to {arguments.out}")


if __name__ == "__main__":
    main()
