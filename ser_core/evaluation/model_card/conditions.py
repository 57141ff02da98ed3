"""Sections of the model card about corrupted recordings and about sound that is not speech."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ser_core.evaluation.model_card.markdown import percent, table

# Targets of the project: the largest loss of UAR.
_TARGET_LOSS = {
    "20 dB quieter": 0.0,
    "white noise, 20 dB SNR": 0.02,
    "telephone band": 0.05,
    "MP3, 64 kbit/s": 0.01,
    "small room": 0.02,
}


def corruptions(network: Mapping[str, Any]) -> str:
    """Return the UAR of corrupted recordings.

    Parameters
    ----------
    network : mapping
        The entry of one network in ``metrics.json``.
    """
    rows = [
        [name, percent(figures["uar"]), f"{100 * figures['lost']:.1f}", f"{100 * _TARGET_LOSS[name]:.0f}"]
        for name, figures in network.get("corrupted", {}).items()
        if name != "none"
    ]
    return table(("corruption", "UAR", "points lost", "target: at most"), rows)


def speech_detector(network: Mapping[str, Any]) -> str:
    """Return which sounds are taken for speech.

    Parameters
    ----------
    network : mapping
        The entry of one network in ``metrics.json``.
    """
    rows = [
        (line["group"], line["kind"], f"{line['n']:,}", percent(line["passed_as_speech"]))
        for line in network.get("speech_detector", [])
    ]
    return (
        "A logistic regression on the embedding decides whether a recording is speech. Each row was measured with a "
        "detector that was fitted without this corpus or this kind of sound. The sounds are synthesised.\n\n"
        + table(("corpus or kind of sound", "content", "recordings", "taken for speech"), rows)
        + "\nThe folder `models/seed_cnn` has no speech detector. The app and the commands then use the one of the "
        "network that ships; `Recognizer(folder)` in Python judges all sound except silence and steady noise.\n"
        + _other_sounds(network)
    )


def _other_sounds(network: Mapping[str, Any]) -> str:
    checks = network.get("speech_detector_checks")
    if checks is None:
        return ""
    rows = [
        (sounds["made_with"], sounds["content"], f"{sounds['n']:,}", f"{sounds['n_passed_as_speech']:,}")
        for sounds in checks["other_sounds"]
    ]
    ready_detector = checks.get("other_detector")
    text = (
        "\nOutput of other synthesisers, to which the detector was never fitted, measured by "
        f"`python -m tools.check_speech_detector` with the network `{checks['network_sha256'][:12]}`:\n\n"
        + table(("made with", "content", "recordings", "taken for speech"), rows)
    )
    if ready_detector is not None:
        text += (
            f"\nA ready detector, {ready_detector['name']}, separates speech from music as well, but takes "
            f"{ready_detector['ms_per_second_of_sound']} ms for each second of sound; this one takes none, because the "
            "embedding is computed anyway.\n"
        )
    return text
