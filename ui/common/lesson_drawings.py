"""What each ``:::show`` and each picture of a lesson draws."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from string import ascii_uppercase

import numpy as np

from ser_core.audio.loading import SAMPLE_RATE_HZ, from_samples
from ser_core.emotions import LABELS
from ser_core.errors import LessonError
from ser_core.features.cue_percentiles import PERCENTILES
from ser_core.features.cues import WORDS
from ser_core.lessons.lesson import Show
from ser_core.lessons.sounds import sound_title
from ser_core.network_figures import new_speaker_figures
from ui.common import lesson_charts, lesson_store
from ui.common.metrics_store import figures
from ui.common.panel_figure import panel_figure
from ui.common.panels import BY_KEY, Drawing
from ui.common.plain_figure import PlainFigure
from ui.common.reference_table import reference

# The title above a figure, and the figure. The title is empty where the caption says everything.
Drawn = list[tuple[str, PlainFigure]]

# Drawings of a few numbers, which a table can show as well.
HAVE_TABLES = frozenset({"mfcc-averages", "computer-voices", "actors", "learning-curve", "random-split"})


def draw(block: Show) -> Drawn:
    """Return the figures of a drawing, from top to bottom, each with its title.

    Parameters
    ----------
    block : Show
        The directive.

    Raises
    ------
    SerError
        If a sound or a committed table is missing.
    """
    return DRAWERS[block.kind](block)


def _panel(block: Show) -> Drawn:
    panel = BY_KEY[block.kind]
    sounds = [lesson_store.sound(name) for name in block.sounds]
    start_s = float(block.options.get("from_s", 0.0))
    end_s = float(block.options.get("to_s", max(sound.audio.duration_s for sound in sounds)))
    drawings = []
    for sound in sounds:
        if block.kind == "waveform":
            # Cut before it is drawn, because the waveform of a whole clip is thinned.
            samples = sound.audio.samples[round(start_s * SAMPLE_RATE_HZ) : round(end_s * SAMPLE_RATE_HZ)]
            drawing = panel.draw(from_samples(samples, SAMPLE_RATE_HZ), sound.features)
            drawing = replace(drawing, trace=drawing.trace | {"x0": start_s})
        else:
            drawing = panel.draw(sound.audio, sound.features)
        drawings.append(drawing)
    return [
        (
            f"{panel.title}: {name}",
            panel_figure(panel, drawing, (start_s, end_s), has_colour_bar=False),
        )
        for name, drawing in zip(_names(block), _with_same_axis(drawings), strict=True)
    ]


def _names(block: Show) -> list[str]:
    """Return the names of the sounds; letters where a task must not give them away."""
    if block.has_letters:
        return list(ascii_uppercase[: len(block.sounds)])
    return [sound_title(name) for name in block.sounds]


def _with_same_axis(drawings: list[Drawing]) -> list[Drawing]:
    """Return drawings whose y axes go from the lowest to the highest value of all of them."""
    ranges = [drawing.y_axis["range"] for drawing in drawings if "range" in drawing.y_axis]
    if not ranges:
        return drawings
    shared = [min(low for low, _ in ranges), max(high for _, high in ranges)]
    return [replace(drawing, y_axis=drawing.y_axis | {"range": shared}) for drawing in drawings]


def _samples(block: Show) -> Drawn:
    (name,) = block.sounds
    first, last = (round(float(block.options[end]) * SAMPLE_RATE_HZ) for end in ("from_s", "to_s"))
    samples = lesson_store.sound(name).audio.samples[first:last]
    return [("", lesson_charts.sample_dots(samples, first / SAMPLE_RATE_HZ))]


def _mfcc_averages(block: Show) -> Drawn:
    averages = [lesson_store.sound(name).features.mfcc.mean(axis=1) for name in block.sounds]
    return [("", lesson_charts.mfcc_averages(dict(zip(_names(block), averages, strict=True))))]


def _computer_voices(block: Show) -> Drawn:
    cue, speaker = block.options["cue"], block.options["speaker"]
    measured = {label: getattr(lesson_store.values().cues(f"computer/{label}_{speaker}"), cue) for label in LABELS}
    spans = {label: (value, value, value) for label, value in measured.items() if not np.isnan(value)}
    return [("", lesson_charts.emotion_dots(spans, WORDS[cue]))]


def _actors(block: Show) -> Drawn:
    cue = block.options["cue"]
    quartiles = [PERCENTILES.index(percentile) for percentile in (25, 50, 75)]
    corpus = block.options["corpus"]
    distributions = reference().by_emotion(cue, corpus)
    if not distributions:
        raise LessonError(
            f"A lesson shows {cue} of the actors of {corpus}, which was not measured",
            expected=f"one of the corpora {', '.join(reference().corpora)}, with a cue that was measured there",
            advice="Correct the lines cue and corpus of that drawing",
        )
    spans = {
        label: tuple(distribution.values[index] for index in quartiles) for label, distribution in distributions.items()
    }
    return [("", lesson_charts.emotion_dots(spans, WORDS[cue]))]


def _filter(block: Show) -> Drawn:
    (name,) = block.sounds
    sound = lesson_store.sound(name)
    panel = BY_KEY["mel"]
    drawing = panel.draw(sound.audio, sound.features)
    span_s = (0.0, sound.audio.duration_s)
    return [
        ("The picture that goes in", panel_figure(panel, drawing, span_s, has_colour_bar=False)),
        (
            "What the filter makes of it",
            panel_figure(
                panel,
                lesson_charts.filtered_drawing(drawing, sound.features, block.options["filter"]),
                span_s,
                has_colour_bar=False,
            ),
        ),
    ]


def _learning_curve(block: Show) -> Drawn:
    return [("", lesson_charts.mean_loss(figures()[block.options["network"]]["learning_curve"]))]


def _random_split(block: Show) -> Drawn:
    network_figures = figures()[block.options["network"]]
    new_speakers = new_speaker_figures(network_figures)
    scores = {
        corpus: (results["uar"], new_speakers[corpus]["uar"])
        for corpus, results in network_figures["random_split"]["corpora"].items()
        if corpus in new_speakers
    }
    return [("", lesson_charts.split_bars(scores))]


# A test compares the keys with the kinds of ``ser_core.lessons.directives``.
DRAWERS: dict[str, Callable[[Show], Drawn]] = {
    **dict.fromkeys(BY_KEY, _panel),
    "samples": _samples,
    "mfcc-averages": _mfcc_averages,
    "computer-voices": _computer_voices,
    "actors": _actors,
    "filter": _filter,
    "learning-curve": _learning_curve,
    "random-split": _random_split,
}
