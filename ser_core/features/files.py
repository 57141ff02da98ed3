"""Features as files for download: a CSV table and an archive of NumPy arrays."""

from __future__ import annotations

import io
from dataclasses import fields
from typing import TYPE_CHECKING

import numpy as np

from ser_core.features.extraction import SUMMARY_LAYOUT, Features

if TYPE_CHECKING:
    import pandas as pd

_PITCH_CLASSES = ("c", "c_sharp", "d", "d_sharp", "e", "f", "f_sharp", "g", "g_sharp", "a", "a_sharp", "b")


def features_to_csv(features: Features) -> str:
    """Return a clip's features as a CSV table with one row per frame.

    Parameters
    ----------
    features : Features
        Features of the clip, as ``extract_features`` returns them.

    Returns
    -------
    str
        Comma-separated values with a header: ``time_s``, ``zero_crossing_rate``, ``rms``, ``pitch_hz`` (empty where the
        frame is not voiced), ``chroma_c`` to ``chroma_b``, ``mfcc_1`` to ``mfcc_20``, ``mel_power_<centre>_hz``.
    """
    return frames_table(features).to_csv(index=False, float_format="%.6g", lineterminator="\n")


def frames_table(features: Features) -> pd.DataFrame:
    """Return a clip's features as a table with one row per frame and the columns of ``features_to_csv``."""
    # Imported here because pandas takes a second to import.
    import pandas as pd

    names = _names(features)
    columns = {
        "time_s": features.time_s,
        "zero_crossing_rate": features.zero_crossing_rate,
        "rms": features.rms,
        "pitch_hz": features.pitch_hz,
        **dict(zip(names["chroma"], features.chroma, strict=True)),
        **dict(zip(names["mfcc"], features.mfcc, strict=True)),
        **dict(zip(names["mel_power"], features.mel_power, strict=True)),
    }
    return pd.DataFrame(columns)


def summary_names(features: Features) -> list[str]:
    """Return the names of the numbers in ``Features.summary``, in their order: ``"zero_crossing_rate"`` ...

    Parameters
    ----------
    features : Features
        Features of any clip.

    Returns
    -------
    list of str [length=N_SUMMARY]
    """
    names = _names(features)
    return [name for feature in SUMMARY_LAYOUT for name in names.get(feature, [feature])]


def _names(features: Features) -> dict[str, list[str]]:
    """Return the names of the rows of each feature that has several."""
    return {
        "chroma": [f"chroma_{name}" for name in _PITCH_CLASSES],
        "mfcc": [f"mfcc_{number}" for number in range(1, len(features.mfcc) + 1)],
        "mel_power": [f"mel_power_{centre_hz:.0f}_hz" for centre_hz in features.mel_centres_hz],
    }


def features_to_npz(features: Features) -> bytes:
    """Return a clip's features as an archive for ``numpy.load``.

    Parameters
    ----------
    features : Features
        Features of the clip, as ``extract_features`` returns them.

    Returns
    -------
    bytes
        Compressed ``.npz`` archive with one array for each field of ``Features``.
    """
    file = io.BytesIO()
    np.savez_compressed(file, **{field.name: getattr(features, field.name) for field in fields(features)})
    return file.getvalue()
