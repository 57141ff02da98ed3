"""Features as files for download: a CSV table and an archive of NumPy arrays."""

from __future__ import annotations

import io
from dataclasses import fields

import numpy as np

from ser_core.features.extraction import Features

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
    # Imported here because pandas takes a second to import.
    import pandas as pd

    columns = {
        "time_s": features.time_s,
        "zero_crossing_rate": features.zero_crossing_rate,
        "rms": features.rms,
        "pitch_hz": features.pitch_hz,
        **dict(zip([f"chroma_{name}" for name in _PITCH_CLASSES], features.chroma, strict=True)),
        **{f"mfcc_{number}": row for number, row in enumerate(features.mfcc, start=1)},
        **{
            f"mel_power_{centre_hz:.0f}_hz": row
            for centre_hz, row in zip(features.mel_centres_hz, features.mel_power, strict=True)
        },
    }
    return pd.DataFrame(columns).to_csv(index=False, float_format="%.6g", lineterminator="\n")


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
