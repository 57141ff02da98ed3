"""The measurements as a page: a table per subject, and a plot of the measurements with a target."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from benchmarks.machine import MachineDescription
from benchmarks.measurement import AT_LEAST, Measurement
from ui.common.tokens import ACCENT, INK, LIGHT, WARNING

PAGE, PLOT = "performance.md", "performance.svg"

_HEADINGS = {
    "against_original": (
        "Against the original's recipe",
        "`librosa.load`, the five features each from the waveform and averaged over time, and `model.predict` of its "
        "Conv1D network, on the same recording. Both in turn, and in fresh processes for cold start and memory.",
    ),
    "proportion": (
        "Cost in proportion",
        "All analyses of an upload: decoding, the quality check, the prediction, features, cues, the figure of "
        "See the sound. Peak extra memory is the peak minus the memory before the upload; it includes the upload.",
    ),
    "corpus": (
        "A corpus",
        "From files, with the start of the processes: the features of a training, and the numbers of the Data page.",
    ),
    "many": (
        "Many files",
        "From files, each way in a fresh process; the rates of the library and of the original's recipe are without "
        "its start.",
    ),
    "app": (
        "The app",
        "A server as `streamlit run` starts it, and a headless Chromium on the same cores. Times are a visitor's: they "
        "end when the text is on the screen. Each visitor has an empty browser cache.",
    ),
    "live": (
        "Live",
        "Chromium's microphone plays three seconds of silence and a voice, in a loop. Times are on the browser's "
        "clock, from the first loud sample to the picture; they include network and server.",
    ),
    "voice_lab": ("The voice lab", "The work after a moved slider."),
}

_REASONS = (
    "- **LiteRT** runs the network, not TensorFlow; one interpreter serves all visitors.",
    "- **librosa is not imported.** The same numbers are computed with NumPy and SciPy from one transform, block by "
    "block, and only for the needed lags and bins.",
    "- **Very long clips** have their windows further apart (beyond 100 s of sound; never with a gap), and "
    "no data is in memory twice: not in decoding, not in packing for the player, not in the session's cache.",
    "- **The first page first.** It needs neither SciPy nor the network; both are loaded while the visitor chooses.",
    "- **One thread per visitor.** More threads of a matrix library would compete for the same cores "
    "(oversubscription).",
    "- **No full garbage collection after each run of a page** (`postScriptGC = false`): it takes 0.1 s, in which "
    "no visitor is served, and a live stream runs a part of its page four times a second. Python's own collections "
    "are enough.",
)

_TABLE_HEAD = ("| measurement | median | smallest to largest, number | target | met |", "|---|---|---|---|---|")

# Ticks of the plot's axis, as shares of the target. The first and the last are the ends of the axis.
_TICKS = {0.02: "1/50", 0.05: "1/20", 0.1: "1/10", 0.2: "1/5", 0.5: "half", 1.0: "target", 2.0: "twice"}


def write(out_dir: Path, measurements: Sequence[Measurement], machine: MachineDescription) -> None:
    """Write the page and its plot.

    Parameters
    ----------
    out_dir : Path
        Folder of both files.
    measurements : sequence of Measurement
        In the order of the tables.
    machine : MachineDescription
        The machine of the measurements.
    """
    out_dir.mkdir(parents=True, exist_ok=True)
    (out_dir / PAGE).write_text(page(measurements, machine), encoding="utf-8")
    _plot(measurements, out_dir / PLOT)


def page(measurements: Sequence[Measurement], machine: MachineDescription) -> str:
    """Return the page in Markdown."""
    versions = ", ".join(f"{name} {version}" for name, version in machine["packages"].items())
    n_targets = sum(measurement.target is not None for measurement in measurements)
    n_met = sum(bool(measurement.is_met) for measurement in measurements)
    parts = [
        "# Performance",
        "",
        "Made by `python -m benchmarks --write docs`; do not edit by hand.",
        "",
        f"Measured on {machine['cores']} cores ({machine['architecture']}, {machine['memory_gb']} GB, "
        f"{machine['system']}), Python {machine['python']}, {versions}. The tables give the median, the "
        "smallest and the largest value, and the number of values. An MB is a million bytes.",
        "",
        f"**{n_met} of {n_targets} targets are met.** The plot shows each as a share of its target: left of the "
        "line is better.",
        "",
        f"![Each measurement as a share of its target]({PLOT})",
    ]
    for subject, rows in groupby(measurements, key=lambda measurement: measurement.subject):
        heading, lead = _HEADINGS[subject]
        parts += ["", f"## {heading}", "", lead, "", *_TABLE_HEAD, *map(_row, rows)]
    parts += ["", "## Reasons", "", *_REASONS]
    return "\n".join(parts) + "\n"


def line(measurement: Measurement) -> str:
    """Return a measurement as a line for a terminal."""
    mark = {None: " ", True: "+", False: "-"}[measurement.is_met]
    target = f"   {_target(measurement)}" if measurement.target is not None else ""
    return f"{mark} {measurement.name:58} {_number(measurement.median):>8} {measurement.unit}{target}"


def _row(measurement: Measurement) -> str:
    verdict = {None: "", True: "yes", False: "**no**"}[measurement.is_met]
    values = measurement.values
    spread = f"{_number(min(values))} to {_number(max(values))}, {len(values)}"
    median = f"{_number(measurement.median)} {measurement.unit}"
    return f"| {measurement.name} | {median} | {spread} | {_target(measurement)} | {verdict} |"


def _target(measurement: Measurement) -> str:
    if measurement.target is None:
        return ""
    return f"{measurement.direction} {_number(measurement.target)} {measurement.unit}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100.0 else f"{value:.3g}"


def _plot(measurements: Sequence[Measurement], path: Path) -> None:
    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    # Fixed salt: the same measurements give the same file. Text stays text: the file is small and can be searched.
    plt.rcParams.update({"svg.hashsalt": "performance", "svg.fonttype": "none", "font.size": 10})
    rows = [(measurement, measurement.target) for measurement in measurements if measurement.target is not None]
    figure, axes = plt.subplots(figsize=(9.0, 0.42 * len(rows) + 1.2), layout="constrained")
    for row, (measurement, target) in enumerate(rows):
        values = (measurement.median, min(measurement.values), max(measurement.values))
        shares = [target / value if measurement.direction == AT_LEAST else value / target for value in values]
        colour = ACCENT if measurement.is_met else WARNING
        axes.plot(shares[1:], [row, row], color=colour, linewidth=3, alpha=0.4)
        axes.plot(shares[0], row, "o", color=colour)
        label = f"{_number(measurement.median)} {measurement.unit}, {_target(measurement)}"
        axes.text(1.01, row, label, transform=axes.get_yaxis_transform(), va="center", fontsize=9, color=LIGHT.quiet)
    axes.axvline(1.0, color=INK, linewidth=1)
    axes.set_yticks(range(len(rows)), [measurement.name.replace("`", "") for measurement, _ in rows])
    axes.invert_yaxis()
    axes.set_xscale("log")
    axes.set_xticks(list(_TICKS), list(_TICKS.values()))
    axes.set_xticks([], minor=True)
    axes.set_xlim(min(_TICKS), max(_TICKS))
    axes.set_xlabel(
        "share of the target: left of the line is better, a bar goes from the smallest to the largest value"
    )
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, metadata={"Date": None, "Creator": None})
    plt.close(figure)
