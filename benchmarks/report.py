"""The measurements as a page: a table a subject, and a plot of what has a target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from benchmarks.runner import AT_LEAST, Figure

PAGE, PLOT = "performance.md", "performance.svg"

_HEADINGS = {
    "against_original": (
        "Against the original's recipe",
        "`librosa.load`, the five features each from the waveform and averaged over time, and `model.predict` of its "
        "Conv1D network, on the same recording. Both by turns, and in fresh processes for cold start and memory.",
    ),
    "proportion": (
        "Cost in proportion",
        "Everything that is made of an upload: decoding, the quality check, the prediction, features, cues, the "
        "figure of the Explore page. Extra memory is what is held at the most beyond what was held before there was a "
        "clip, the uploaded file with it.",
    ),
    "corpus": (
        "A corpus",
        "From files, the start of the processes included: as for a training, and as for the Data page.",
    ),
    "app": (
        "The app",
        "A server as `streamlit run` starts it, and a headless Chromium on the same cores. Times are what a visitor "
        "sees: until the words are on the screen. Each visitor comes with an empty browser cache.",
    ),
    "live": (
        "Live",
        "Chromium's microphone plays a voice after three seconds of silence, again and again; by the browser's own "
        "clock, from the first loud sample to the picture, network, server and all.",
    ),
    "voice_lab": ("The voice lab", "What a moved slider sets going."),
}

_REASONS = (
    "- **LiteRT** runs the network, not TensorFlow; one interpreter serves all visitors.",
    "- **librosa is not imported.** Its numbers are computed with NumPy and SciPy from one transform, block by block, "
    "and only for the lags and bins that are asked for.",
    "- **Very long clips** have their windows further apart (beyond 100 s of sound; never with a gap), and "
    "nothing is held twice: not in decoding, not in packing for the player, not in the session's cache.",
    "- **Paint first.** The first page needs neither NumPy nor the network; both are woken while the visitor chooses.",
    "- **One thread a visitor**: with a matrix library's threads on top of that, everybody waited for everybody.",
    "- **No full garbage collection after each run of a page** (`postScriptGC = false`): it takes 0.1 s, in which "
    "nobody is served, and a live stream runs a part of its page four times a second. Python's own are enough.",
)

_TABLE_HEAD = ("| what | median | least to most, of | target | met |", "|---|---|---|---|---|")

# The plot's axis: shares of the target, the least that is drawn first.
_TICKS = {0.02: "1/50", 0.05: "1/20", 0.1: "1/10", 0.2: "1/5", 0.5: "half", 1.0: "target", 2.0: "twice"}


def write(out_dir: Path, figures: Sequence[Figure], machine: Mapping[str, Any]) -> None:
    """Write the page and its plot.

    Parameters
    ----------
    out_dir : Path
        Where to.
    figures : sequence of Figure
        In the order of the tables.
    machine : mapping
        As ``machine.describe`` gives it.
    """
    out_dir.mkdir(parents=True, exist_ok=True)
    (out_dir / PAGE).write_text(page(figures, machine), encoding="utf-8")
    _plot([figure for figure in figures if figure.target is not None], out_dir / PLOT)


def page(figures: Sequence[Figure], machine: Mapping[str, Any]) -> str:
    """Return the page, Markdown."""
    versions = ", ".join(f"{name} {version}" for name, version in machine["packages"].items())
    n_targets = sum(figure.target is not None for figure in figures)
    n_met = sum(bool(figure.is_met) for figure in figures)
    parts = [
        "# Performance",
        "",
        "Made by `python -m benchmarks --write docs`; do not edit by hand.",
        "",
        f"Measured on {machine['cores']} cores ({machine['architecture']}, {machine['memory_gb']} GB, "
        f"{machine['system']}), Python {machine['python']}, {versions}. A figure is the median; beside it the least, "
        "the most, and of how many measurements. MB are a million bytes.",
        "",
        f"**{n_met} of {n_targets} targets are met.** The plot shows each by its target: left of the line is better.",
        "",
        f"![Each figure as a share of its target]({PLOT})",
    ]
    for subject, some in groupby(figures, key=lambda figure: figure.subject):
        heading, lead = _HEADINGS[subject]
        parts += ["", f"## {heading}", "", lead, "", *_TABLE_HEAD, *map(_row, some)]
    parts += ["", "## What made it so", "", *_REASONS]
    return "\n".join(parts) + "\n"


def in_words(figure: Figure) -> str:
    """Return a figure in one line, for a terminal."""
    mark = {None: " ", True: "+", False: "-"}[figure.is_met]
    target = f"   {_target(figure)}" if figure.target is not None else ""
    return f"{mark} {figure.name:58} {_number(figure.median):>8} {figure.unit}{target}"


def _row(figure: Figure) -> str:
    met = {None: "", True: "yes", False: "**no**"}[figure.is_met]
    spread = f"{_number(min(figure.values))} to {_number(max(figure.values))}, {len(figure.values)}"
    return f"| {figure.name} | {_number(figure.median)} {figure.unit} | {spread} | {_target(figure)} | {met} |"


def _target(figure: Figure) -> str:
    return "" if figure.target is None else f"{figure.direction} {_number(figure.target)} {figure.unit}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100.0 else f"{value:.3g}"


def _plot(figures: Sequence[Figure], path: Path) -> None:
    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    # The same measurements give the same file; letters stay letters, so that the file is small and can be searched.
    plt.rcParams.update({"svg.hashsalt": "performance", "svg.fonttype": "none", "font.size": 10})
    drawing, axes = plt.subplots(figsize=(9.0, 0.42 * len(figures) + 1.2), layout="constrained")
    for row, figure in enumerate(figures):
        shares = [_share(figure, value) for value in (figure.median, min(figure.values), max(figure.values))]
        colour = "#6f52d9" if figure.is_met else "#d9363e"
        axes.plot(shares[1:], [row, row], color=colour, linewidth=3, alpha=0.4)
        axes.plot(shares[0], row, "o", color=colour)
        label = f"{_number(figure.median)} {figure.unit}, {_target(figure)}"
        axes.text(1.01, row, label, transform=axes.get_yaxis_transform(), va="center", fontsize=9, color="#565064")
    axes.axvline(1.0, color="#121018", linewidth=1)
    axes.set_yticks(range(len(figures)), [figure.name.replace("`", "") for figure in figures])
    axes.invert_yaxis()
    axes.set_xscale("log")
    axes.set_xticks(list(_TICKS), list(_TICKS.values()))
    axes.set_xticks([], minor=True)
    axes.set_xlim(min(_TICKS), max(_TICKS))
    axes.set_xlabel("beside its target: left of the line is better, a bar goes from the least to the most")
    axes.spines[["top", "right"]].set_visible(False)
    drawing.savefig(path, metadata={"Date": None, "Creator": None})
    plt.close(drawing)


def _share(figure: Figure, value: float) -> float:
    return figure.target / value if figure.direction == AT_LEAST else value / figure.target
