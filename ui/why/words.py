"""The explanation of a prediction in words."""

from __future__ import annotations

from collections.abc import Sequence

from ser_core.features.cue_percentiles import ALL_SEXES
from ser_core.features.cues import WORDS
from ser_core.features.unusual import CueDeviation
from ser_core.inference.explain import Explanation, Span
from ui.common.term_tips import linked_name
from ui.common.words import listed, percent

_MAX_MOMENTS = 2
_MAX_CUES = 3

# The noun that goes with a cue's adjective ("higher", "wider" ...). A test checks that each judged cue has one.
NOUNS = {
    "pitch_hz": "pitch",
    "pitch_range_st": "intonation",
    "level_range_db": "range of loudness",
    "syllables_per_s": "speech",
    "pause_share": "silence between the words",
    "voiced_share": "voiced sound",
    "brightness_hz": "sound",
}

_NEUTRAL_SPEECH = {ALL_SEXES: "neutral speech", "female": "women's neutral speech", "male": "men's neutral speech"}

# The limits of the regions: "low" up to the first frequency, "middle" up to the second, above it "high".
_LOW_TO_HZ, _MIDDLE_TO_HZ = 700.0, 2500.0
_REGIONS = {
    "low": "the low tones, with the pitch of the voice",
    "middle": "the middle tones, where vowels differ",
    "high": "the high tones, with sharpness, hiss and breath",
}


def sentences(explanation: Explanation, cues: Sequence[CueDeviation], sex: str) -> str:
    """Return two sentences of Markdown that say why a clip got its answer.

    Parameters
    ----------
    explanation : Explanation
        The moments and bands that the prediction depends on.
    cues : sequence of CueDeviation
        The clip's cues compared with neutral speech, the most unusual first.
    sex : str
        Speakers of the neutral speech: ``"female"``, ``"male"`` or ``"all"``.
    """
    # Of the probability, not of the answer: where several emotions are possible, the answer names no single one.
    what = f"the probability of **{explanation.emotion}**"
    places = []
    if explanation.moments_s:
        places.append(f"at **{_moments(explanation.moments_s)}**")
    if explanation.band_hz:
        places.append(f"in **{region_of(explanation.band_hz)}**")
    if places:
        first = f"{what.capitalize()} depends mostly on the sound {' and '.join(places)}."
    else:
        first = f"No single moment and no single band of frequencies decides {what}."
    unusual = [f"**{unusualness(cue)} {NOUNS[cue.cue]}**" for cue in cues if cue.excess][:_MAX_CUES]
    if unusual:
        return f"{first} Compared with {_NEUTRAL_SPEECH[sex]}, this clip has {listed(unusual)}."
    return f"{first} No measured value is unusual for {_NEUTRAL_SPEECH[sex]}."


def unusualness(cue: CueDeviation) -> str:
    """Return the adjective for a cue that differs from neutral speech; empty for a cue that does not."""
    words = WORDS[cue.cue]
    return words.more if cue.excess > 0 else words.less if cue.excess < 0 else ""


def cue_table(cues: Sequence[CueDeviation], sex: str) -> str:
    """Return a table, in Markdown, of the cues and their ranges in neutral speech.

    Parameters
    ----------
    cues : sequence of CueDeviation
        The clip's cues compared with neutral speech.
    sex : str
        Speakers of the neutral speech: ``"female"``, ``"male"`` or ``"all"``.
    """
    rows = [f"| | this clip | {_NEUTRAL_SPEECH[sex]} |", "|---|---|---|"]
    for cue in cues:
        words = WORDS[cue.cue]
        low, high = (words.show(edge) for edge in cue.usual_range)
        value = words.show(cue.value)
        cell = f"**{value}, {unusualness(cue)}**" if cue.excess else value
        rows.append(f"| {linked_name(words.name)} | {cell} | {low.removesuffix(words.unit).strip()} to {high} |")
    return "\n".join(rows)


def region_of(band_hz: Span) -> str:
    """Return the name of a frequency band's region (low, middle or high tones), by the band's geometric mean."""
    middle_hz = (band_hz[0] * band_hz[1]) ** 0.5
    return _REGIONS["low" if middle_hz < _LOW_TO_HZ else "middle" if middle_hz < _MIDDLE_TO_HZ else "high"]


def effect_of_hiding(explanation: Explanation) -> str:
    """Return in Markdown how the probability changes when the moments, or the band, are hidden."""
    lines = []
    before = percent(explanation.probability)
    if explanation.moments_s:
        after = percent(explanation.without_moments)
        lines.append(f"- With the most important quarter of the time hidden, {before} falls to **{after}**.")
    if explanation.band_hz:
        low_hz, high_hz = explanation.band_hz
        after = percent(explanation.without_band)
        lines.append(f"- With {low_hz:,.0f} to {high_hz:,.0f} Hz hidden all the time, {before} falls to **{after}**.")
    return "\n".join(lines) or "- With any quarter of the time or of the frequencies hidden, the answer hardly changes."


def _moments(moments_s: tuple[Span, ...]) -> str:
    longest = sorted(sorted(moments_s, key=lambda span: span[0] - span[1])[:_MAX_MOMENTS])
    words = [f"{start_s:.1f} to {end_s:.1f} s" for start_s, end_s in longest]
    n_more = len(moments_s) - len(longest)
    if n_more:
        words.append(f"{n_more} shorter moment{'s' if n_more > 1 else ''}")
    return listed(words)
