"""Download buttons of a batch. Each file is made when its button is pressed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import streamlit as st

from ser_core import __version__
from ser_core.batch.feature_rows import features_table
from ser_core.batch.figures import recognition_figures
from ser_core.batch.html_report import to_html
from ser_core.batch.judging import Row
from ser_core.batch.tables import csv_of, parquet_of, to_csv, to_json, to_parquet
from ser_core.inference.report import Provenance
from ui.common import engine, network_choice
from ui.common.file_names import download_name

_MIME = {
    "csv": "text/csv",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
    "html": "text/html",
}


def show_downloads(rows: Sequence[Row]) -> None:
    """Show the buttons for the rows of a batch.

    Parameters
    ----------
    rows : sequence of dict
        The rows.
    """
    config = engine.recognizer(network_choice.chosen()).config
    provenance = Provenance("", "", config.network, config.network_sha256, __version__)

    def report() -> str:
        return to_html(rows, provenance, made=f"{datetime.now(UTC):%Y-%m-%d}")

    with st.container(horizontal=True):
        _button("Table (CSV)", "csv", lambda: to_csv(rows))
        _button("Everything (JSON)", "json", lambda: to_json(rows, recognition_figures(rows), provenance))
        _button("Table (Parquet)", "parquet", lambda: to_parquet(rows))
        _button("Report (HTML)", "html", report, help="One file with pictures, to read, print or send.")


def show_feature_downloads(rows: Sequence[Row]) -> None:
    """Show the buttons for the features of a batch."""
    with st.container(horizontal=True):
        _button("Features (CSV)", "csv", lambda: csv_of(features_table(rows)))
        _button("Features (Parquet)", "parquet", lambda: parquet_of(features_table(rows)))


def _button(label: str, suffix: str, make: Callable[[], str | bytes], help: str | None = None) -> None:
    st.download_button(
        label,
        make,
        file_name=download_name("recordings", "", suffix),
        mime=_MIME[suffix],
        icon=":material/download:",
        on_click="ignore",
        key=f"batch_{suffix}",
        help=help,
    )
