"""A batch as one HTML file: pictures are SVG inside it, nothing is fetched, and it can be printed.

It uses the colours of the reader's system, so it is readable in light and dark, and black on white on paper.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from ser_core.batch.figures import VERDICTS, emotion_counts, explained_verdicts, recognition_figures, verdict_counts
from ser_core.batch.judging import Row
from ser_core.batch.tables import flat_row
from ser_core.inference.report import Provenance

_MOST_NAMED = 3
# The columns about what is known of a recording, by their heads.
_LABELS = {"true emotion": "true_emotion", "speaker": "speaker"}

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 1000px; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; font-size: 0.875rem; }
th, td { text-align: left; vertical-align: top; padding: 0.3rem 0.5rem; border-bottom: 1px solid GrayText; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
td.name { overflow-wrap: anywhere; min-width: 12rem; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
.wide { overflow-x: auto; }
.bars { max-width: 40rem; }
.bars th, .bars td { font-weight: normal; white-space: nowrap; padding: 0.1rem 0.5rem 0.1rem 0; border: 0; }
.bars td.bar { width: 100%; min-width: 5rem; }
svg { vertical-align: middle; }
svg rect { fill: currentColor; }
@media print { body { max-width: none; margin: 0; padding: 0; font-size: 11pt; } }
@media screen and (max-width: 640px) {
  .recordings thead { display: none; }
  .recordings tr { display: block; padding: 0.5rem 0; border-bottom: 1px solid GrayText; }
  .recordings td { display: block; padding: 0.1rem 0; border: 0; text-align: left; }
  .recordings td:empty { display: none; }
  .recordings td.name { font-weight: 700; }
  .recordings td[data-head]::before { content: attr(data-head) ": "; }
}
"""

_MEANING = (
    "The network was trained on recordings of actors. An answer says which emotion a voice sounds like to listeners, "
    "not what the person feels. It must not be used to judge people, above all not at work or in education: the EU's "
    "AI Act, article 5(1)(f), forbids inferring emotions there."
)


def to_html(rows: Sequence[Row], provenance: Provenance, *, made: str) -> str:
    """Return a batch as an HTML document.

    Parameters
    ----------
    rows : sequence of dict
        Rows of ``judging.judge``.
    provenance : Provenance
        The network, and this package's version.
    made : str
        The day, as it is shown: ``"2026-01-31"``.

    Returns
    -------
    str
        Names and texts are escaped: a file's name cannot bring markup into the report.
    """
    counts, emotions = verdict_counts(rows), emotion_counts(rows)
    n_judged = counts["sure"] + counts["leaning"] + counts["open"]
    figures = recognition_figures(rows)
    parts = [
        f"<h1>{len(rows):,} {'file' if len(rows) == 1 else 'files'}</h1>",
        f"<p>{escape(made)}, network <code>{escape(provenance.network)}</code> "
        f"(<code>{escape(provenance.network_sha256[:12])}</code>), version {escape(provenance.version)}.</p>",
        f"<p>{_MEANING}</p>",
        "<h2>How sure the answers are</h2>",
        f"<p>{n_judged:,} recordings were judged. A bar is the number of recordings.</p>",
        _bars(explained_verdicts(counts)),
        "<h2>Which emotions</h2>",
        "<p>The likeliest emotion of each judged recording.</p>",
        _bars(emotions),
        *_recognition(figures),
        "<h2>Every recording</h2>",
        _table(rows),
    ]
    body = "\n".join(parts)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n<title>Emotion in speech: report</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _bars(counts: Mapping[str, int]) -> str:
    largest = max([*counts.values(), 1])
    lines = [
        f'<tr><th scope="row">{escape(name)}</th><td class="number">{count:,}</td><td class="bar">'
        '<svg width="100%" height="16" aria-hidden="true">'
        f'<rect width="{100 * count / largest:.1f}%" height="16" opacity="0.6"/></svg></td></tr>'
        for name, count in counts.items()
    ]
    return f'<table class="bars"><tbody>{"".join(lines)}</tbody></table>'


def _recognition(figures: dict[str, Any] | None) -> list[str]:
    if figures is None:
        return []
    labels, confusion = figures["labels"], figures["confusion"]
    head = "".join(f'<th class="number">{label}</th>' for label in labels)
    body = "".join(
        f"<tr><th>{label}</th>{''.join(_cell(count, sum(counts)) for count in counts)}</tr>"
        for label, counts in zip(labels, confusion, strict=True)
        if sum(counts)
    )
    return [
        "<h2>How often the true emotion is recognised</h2>",
        f"<p>Judged recordings with a known emotion: {figures['n']:,}. The likeliest emotion is the true one in "
        f"{figures['accuracy']:.0%} of them. UAR, the mean over the emotions, is {figures['uar']:.0%}. In the table, a "
        "row is the true emotion, a column the answer.</p>",
        f'<div class="wide"><table><thead><tr><th></th>{head}</tr></thead><tbody>{body}</tbody></table></div>',
    ]


def _cell(count: int, n_in_row: int) -> str:
    share = count / max(n_in_row, 1)
    return f'<td class="number" style="font-weight:{700 if share >= 0.5 else 400}">{count or ""}</td>'


def _table(rows: Sequence[Row]) -> str:
    has_labels = any("true_emotion" in row or "speaker" in row for row in rows)
    heads = ["recording", *(_LABELS if has_labels else []), "answer", "likeliest"]
    body = "".join(_row(row, has_labels) for row in rows)
    head = "".join(f"<th>{name}</th>" for name in heads) + '<th class="number">s</th><th>notes</th>'
    return f'<table class="recordings"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _row(row: Row, has_labels: bool) -> str:
    flat = flat_row(row)
    name = flat["path"] if flat["channel"] is None else f"{flat['path']}, channel {flat['channel']}"
    probabilities = row.get("probabilities", {}) if flat["possible"] else {}
    likeliest = sorted(probabilities, key=probabilities.__getitem__, reverse=True)[:_MOST_NAMED]
    shares = ", ".join(f"{label} {probabilities[label]:.0%}" for label in likeliest)
    answer = f"{VERDICTS[flat['verdict']]}{': ' if flat['possible'] else ''}{_listed(flat['possible'])}"
    duration = "" if flat["duration_s"] is None else f"{flat['duration_s']:.1f}"
    cells = [
        f'<td class="name">{escape(name)}</td>',
        *(_label(head, flat[column]) for head, column in _LABELS.items() if has_labels),
        f"<td>{escape(answer)}</td>",
    ]
    if flat["problem"]:
        # The reason is a long text, and there are neither probabilities nor a duration.
        cells.append(f'<td colspan="3">{escape(flat["problem"])}</td>')
    else:
        cells += [
            f"<td>{_share_bar(probabilities, likeliest)}{escape(shares)}</td>",
            f'<td class="number" data-head="seconds">{duration}</td>',
            f"<td>{escape(flat['notes'] or '')}</td>",
        ]
    return f"<tr>{''.join(cells)}</tr>"


def _label(head: str, value: str | None) -> str:
    # On a narrow screen there is no head above the column: the cell has it.
    return f'<td data-head="{head}">{escape(value)}</td>' if value else "<td></td>"


def _listed(possible: str | None) -> str:
    return (possible or "").replace("|", " or ")


def _share_bar(probabilities: Mapping[str, float], likeliest: Sequence[str]) -> str:
    """Return the largest probabilities as parts of one bar, the likeliest darkest."""
    if not likeliest:
        return ""
    parts, start = [], 0.0
    for place, label in enumerate(likeliest):
        width = 120.0 * probabilities[label]
        parts.append(f'<rect x="{start:.1f}" width="{width:.1f}" height="8" opacity="{0.8 - 0.25 * place:.2f}"/>')
        start += width
    return f'<svg width="120" height="8" aria-hidden="true">{"".join(parts)}</svg><br>'
