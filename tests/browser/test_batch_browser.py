"""Many files in a browser: an archive becomes a table and a report, and a clicked row opens its recording."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.harness.browsing import ANSWER, LONG_MS, expect_script_finished, overflow_px, send_file
from tests.harness.paths import COMPUTER_VOICES
from tests.unit.batch.archives import zipped

pytestmark = pytest.mark.browser

# The middle of the box before the first row: pixels from the corner of the table.
_FIRST_ROW_PX = (16, 52)


def test_an_archive_becomes_a_table_whose_rows_open(visit: Visit) -> None:
    page = visit(page="batch", width=390, theme="dark", wait_for="Choose recordings")
    voice = (COMPUTER_VOICES / "sad_male.wav").read_bytes()
    send_file(page, zipped({"sad_1.wav": voice, "text.wav": b"no audio"}), "all.zip", "application/zip")
    expect(page.get_by_text("Every recording")).to_be_visible(timeout=LONG_MS)
    expect_script_finished(page)
    expect(page.locator("[data-testid=stPlotlyChart] .cartesianlayer .subplot")).to_have_count(3, timeout=LONG_MS)
    assert overflow_px(page) <= 0
    with page.expect_download() as download:
        page.get_by_role("button", name="Report (HTML)").first.click()
    assert "<h1>2 files</h1>" in Path(download.value.path()).read_text(encoding="utf-8")
    table = page.get_by_test_id("stDataFrame")
    table.scroll_into_view_if_needed()
    left_px, top_px = _FIRST_ROW_PX
    table.click(position={"x": left_px, "y": top_px})
    expect(page.get_by_text(ANSWER).first).to_be_visible(timeout=LONG_MS)
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
    expect(page.get_by_text("sad_1.wav").first).to_be_visible()


def test_a_folder_is_chosen_with_the_folders_in_it(visit: Visit, tmp_path: Path) -> None:
    recordings = tmp_path / "recordings"
    for name in ("sad/1.wav", "angry/1.wav"):
        path = recordings / name
        path.parent.mkdir(parents=True)
        path.write_bytes((COMPUTER_VOICES / f"{path.parent.name}_male.wav").read_bytes())
    page = visit(page="batch", wait_for="Choose recordings")
    page.get_by_text("Choose a whole folder").click()
    expect(page.get_by_text("Choose a folder with recordings")).to_be_visible(timeout=LONG_MS)
    expect_script_finished(page)
    page.locator("input[type=file]").set_input_files(recordings)
    expect(page.get_by_text("Every recording")).to_be_visible(timeout=LONG_MS)
    expect_script_finished(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Table (CSV)").first.click()
    rows = csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8")))
    assert {(row["path"], row["true_emotion"]) for row in rows} == {
        ("recordings/sad/1.wav", "sad"),
        ("recordings/angry/1.wav", "angry"),
    }
