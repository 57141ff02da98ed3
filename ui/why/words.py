"""Why the network gave its answer, in words."""

from __future__ import annotations

from collections.abc import Sequence

from ser_core.emotions import BY_LABEL
from ser_core.features.cues import WORDS
from ser_core.features.unusual import CueDeviation
from ser_core.inference.explain import Explanation, Span
from ui.common.words import listed, percent

_MOST_MOMENTS_TOLD = 2
_MOST_CUES_TOLD = 3

# What a cue makes higher or lower, wider or narrower ...; a test holds that each has its word.
NOUNS = {
    "pitch_hz": "pitch",
    "pitch_range_st": "intonation",
    "level_range_db": "range of loudness",
    "syllables_per_s": "speech",
    "pause_share": "silence between the words",
    "voiced_share": "voiced sound",
    "brightness_hz": "sound",
}

# Where in a voice a band lies: up to the first number "low", up to the second "middle", in hertz.
_LOW_TO_HZ, _MIDDLE_TO_HZ = 700.0, 2500.0
_PLACES = {
    "low": "the low tones, where the melody of a voice lies",
    "middle": "the middle tones, which tell vowels apart",
    "high": "the high tones, where sharpness, hiss and breath lie",
}


def sentence(explanation: Explanation, judged: Sequence[CueDeviation]) -> str:
    """Return in one sentence of Markdown why a clip got its answer.

    Parameters
    ----------
    explanation : Explanation
        What mattered to the network.
    judged : sequence of CueDeviation
        The clip's cues beside neutral speech, the most unusual first.
    """
    adjective = BY_LABEL[explanation.emotion].adjective
    places = []
    if explanation.moments_s:
        places.append(f"at **{_moments_told(explanation.moments_s)}**")
    if explanation.band_hz:
        places.append(f"in **{place_of(explanation.band_hz)}**")
    if places:
        heard = f"The network hears **{adjective}** mostly {' and '.join(places)}"
    else:
        heard = f"No moment and no band of frequencies alone makes the network hear **{adjective}**"
    unusual = [f"**{unusualness(each)} {NOUNS[each.cue]}**" for each in judged if each.excess][:_MOST_CUES_TOLD]
    if unusual:
        return f"{heard}, and compared with neutral speech this clip has {listed(unusual)}."
    return f"{heard}, and nothing that we measure is unusual for neutral speech."


def unusualness(judged: CueDeviation) -> str:
    """Return in a word how a cue differs from neutral speech; empty where it does not."""
    words = WORDS[judged.cue]
    return words.more if judged.excess > 0 else words.less if judged.excess < 0 else ""


def cue_table(judged: Sequence[CueDeviation]) -> str:
    """Return the cues beside neutral speech, as a table in Markdown."""
    rows = ["| | this clip | neutral speech |", "|---|---|---|"]
    for each in judged:
        words = WORDS[each.cue]
        low, high = (words.show(edge) for edge in each.usual_range)
        value = words.show(each.value)
        found = f"**{value}, {unusualness(each)}**" if each.excess else value
        rows.append(f"| {words.name} | {found} | {low.removesuffix(words.unit).strip()} to {high} |")
    return "\n".join(rows)


def place_of(band_hz: Span) -> str:
    """Return where in a voice a band lies."""
    middle_hz = (band_hz[0] * band_hz[1]) ** 0.5
    return _PLACES["low" if middle_hz < _LOW_TO_HZ else "middle" if middle_hz < _MIDDLE_TO_HZ else "high"]


def without(explanation: Explanation) -> str:
    """Return in Markdown what hiding the moments, and the band, makes of the probability."""
    told = []
    before = percent(explanation.probability)
    if explanation.moments_s:
        after = percent(explanation.without_moments)
        told.append(f"- Hide the quarter of the time that mattered most, and {before} become **{after}**.")
    if explanation.band_hz:
        low_hz, high_hz = explanation.band_hz
        told.append(
            f"- Hide {low_hz:,.0f} to {high_hz:,.0f} Hz all the time, and {before} become "
            f"**{percent(explanation.without_band)}**."
        )
    return "\n".join(told) or "- Hide any quarter of the time or of the frequencies, and the answer hardly moves."


def _moments_told(moments_s: tuple[Span, ...]) -> str:
    longest = sorted(sorted(moments_s, key=lambda span: span[0] - span[1])[:_MOST_MOMENTS_TOLD])
    told = [f"{start_s:.1f} to {end_s:.1f} s" for start_s, end_s in longest]
    left = len(moments_s) - len(longest)
    if left:
        told.append(f"{left} shorter moment{'s' if left > 1 else ''}")
    return listed(told)
