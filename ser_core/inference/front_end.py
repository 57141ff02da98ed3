"""Front ends: they compute the input of a network from samples, with the same code in training and in serving.

A network's config holds the kind and the parameters of its front end, and the front end is reconstructed from there. So
a network is always served with the front end that it was trained with.

There are three: ``WhisperFrontEnd`` (for ``ser_whisper``), ``LogMelFrontEnd`` (for ``ser_cnn``) and ``SummaryFrontEnd``
(the 162 time averages of the original project, for ``seed_cnn``).
"""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from ser_core.errors import ModelError
from ser_core.inference.log_mel import LogMelFrontEnd
from ser_core.inference.summary import SummaryFrontEnd
from ser_core.inference.whisper_log_mel import WhisperFrontEnd

FrontEnd = LogMelFrontEnd | WhisperFrontEnd | SummaryFrontEnd

FRONT_ENDS: dict[str, type[FrontEnd]] = {
    LogMelFrontEnd.kind: LogMelFrontEnd,
    WhisperFrontEnd.kind: WhisperFrontEnd,
    SummaryFrontEnd.kind: SummaryFrontEnd,
}


def to_config(front_end: FrontEnd) -> dict[str, Any]:
    """Return a front end's kind and parameters, JSON-ready."""
    return {"kind": front_end.kind, **asdict(front_end)}


def from_config(config: dict[str, Any]) -> FrontEnd:
    """Reconstruct a front end.

    Parameters
    ----------
    config : dict
        The return value of ``to_config``, also after a round trip through JSON.

    Raises
    ------
    ModelError
        If the kind or a parameter is unknown or missing.
    """
    parameters = dict(config)
    kind = parameters.pop("kind", None)
    front_end_class = FRONT_ENDS.get(str(kind))
    if front_end_class is None or set(parameters) != {field.name for field in fields(front_end_class)}:
        raise ModelError(
            f"The model's config names a front end ({kind!r}) that this version does not have",
            expected=f"one of {sorted(FRONT_ENDS)} with exactly its parameters",
            advice="Use the model that came with this version, or train a new network",
        )
    # JSON has no tuples.
    with_tuples: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in parameters.items()
    }
    return front_end_class(**with_tuples)
