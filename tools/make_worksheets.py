"""Make the PDF files of the worksheets and the teacher's notes: ``static/worksheets/*.pdf``.

A worksheet and notes for each lesson, on A4 and on Letter, in black and white, from the lessons' files. Run it after a
lesson has changed, as ``python -m tools.make_worksheets``. A test fails if a PDF is older than its lesson.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos

from ser_core.lessons.sheets import (
    Bullets,
    Choices,
    Heading,
    Lines,
    Paragraph,
    Part,
    Picture,
    Sheet,
    teachers_notes,
    worksheet,
)
from tools.print_figure import print_figure
from ui.common import lesson_store
from ui.common.lesson_drawings import draw

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "static" / "worksheets"
PAPERS = ("A4", "Letter")

_FONT = "Helvetica"
_MARGIN_MM, _LINE_MM, _WRITING_LINE_MM, _BOX_MM, _INDENT_MM = 16.0, 5.2, 8.0, 3.6, 6.0
# The width of a picture, as a share of the text's; and about how high one is.
_PICTURE_SHARE, _PICTURE_MM = 0.8, 45.0
# The same in each run, so that a PDF changes only with its content.
_DATE = datetime(2026, 1, 1, tzinfo=UTC)


class _Page(FPDF):
    """A sheet of paper with the name of the app and the page number at the bottom."""

    def footer(self) -> None:
        """Write the bottom line; fpdf2 calls this for each page."""
        self.set_y(-13)
        self.set_font(_FONT, size=8)
        self.cell(0, 5, f"How does it sound?   Page {self.page_no()}", align="C")


def sheets() -> Iterator[tuple[str, Sheet]]:
    """Yield each sheet with the start of its file's name."""
    for lesson in lesson_store.lessons().values():
        yield f"{lesson.number}-{lesson.key}-worksheet", worksheet(lesson, lesson_store.glossary())
        yield f"{lesson.number}-{lesson.key}-notes", teachers_notes(lesson)


def make_pdf(sheet: Sheet, paper: str) -> bytes:
    """Return a sheet as a PDF file.

    Parameters
    ----------
    sheet : Sheet
        The sheet.
    paper : str
        One of ``PAPERS``.
    """
    page = _Page(format=paper)
    page.set_margin(_MARGIN_MM)
    page.set_auto_page_break(True, margin=_MARGIN_MM)
    page.set_creation_date(_DATE)
    page.set_title(sheet.title)
    page.set_lang("en")
    page.set_keywords(content_hash(sheet))
    page.add_page()
    page.set_font(_FONT, style="B", size=17)
    _write(page, sheet.title, 8.0)
    page.ln(2)
    for position, part in enumerate(sheet.parts):
        following = sheet.parts[position + 1 :]
        if isinstance(part, Heading) and page.will_page_break(_height_mm(following)):
            page.add_page()
        _print_part(page, part)
    return bytes(page.output())


def content_hash(sheet: Sheet) -> str:
    """Return a hash of a sheet's text and of the committed figures in its pictures.

    Sounds are named in the text. Their numbers may differ in the last digit between machines, so they do not count.
    """
    figures = [
        [trace["x"], trace["y"]]
        for part in sheet.parts
        if isinstance(part, Picture) and not part.show.sounds
        for _, figure in draw(part.show)
        for trace in figure.to_dict()["data"]
    ]
    return hashlib.sha256(f"{sheet}{json.dumps(figures)}".encode()).hexdigest()


def _height_mm(following: tuple[Part, ...]) -> float:
    """Return about how much room a heading needs, so that it stays with what is below it, up to the next heading."""
    height_mm = 10.0
    for part in following:
        if isinstance(part, Heading):
            break
        if isinstance(part, Picture):
            height_mm += _PICTURE_MM * len(draw(part.show))
        elif isinstance(part, Lines):
            height_mm += part.number * _WRITING_LINE_MM
        elif isinstance(part, Choices):
            height_mm += len(part.items) * (_LINE_MM + 1)
        else:
            height_mm += 2 * _LINE_MM
    return height_mm


def _print_part(page: FPDF, part: Part) -> None:
    page.set_font(_FONT, size=11)
    if isinstance(part, Heading):
        page.ln(2)
        page.set_font(_FONT, style="B", size=12)
        _write(page, part.text, _LINE_MM + 1)
    elif isinstance(part, Paragraph):
        _write(page, part.markdown, _LINE_MM)
    elif isinstance(part, Bullets):
        for item in part.items:
            page.cell(_INDENT_MM, _LINE_MM, "\N{BULLET}".encode("cp1252").decode("latin-1"))
            _write(page, item, _LINE_MM)
            page.ln(0.6)
    elif isinstance(part, Choices):
        for item in part.items:
            page.rect(page.get_x() + 1, page.get_y() + 1, _BOX_MM, _BOX_MM)
            page.set_x(page.get_x() + _INDENT_MM + 1)
            _write(page, item, _LINE_MM)
            page.ln(1)
    elif isinstance(part, Picture):
        for title, figure in draw(part.show):
            _write(page, title, _LINE_MM)
            page.image(BytesIO(print_figure(figure)), w=page.epw * _PICTURE_SHARE, x=Align.C, alt_text=title)
    else:
        _draw_lines(page, part.number)


def _draw_lines(page: FPDF, number: int) -> None:
    for _ in range(number):
        if page.will_page_break(_WRITING_LINE_MM):
            page.add_page()
        page.ln(_WRITING_LINE_MM)
        page.line(page.l_margin, page.get_y(), page.w - page.r_margin, page.get_y())
    page.ln(2)


def _write(page: FPDF, text: str, line_mm: float) -> None:
    # fpdf2 has two marks for italics: the lessons' files use one star, it uses two underscores.
    page.multi_cell(
        0, line_mm, _with_its_marks(text), align="L", markdown="*" in text, new_x=XPos.LMARGIN, new_y=YPos.NEXT
    )


def _with_its_marks(text: str) -> str:
    return text.replace("**", "\0").replace("*", "__").replace("\0", "**")


def main() -> None:
    """Write all files, and remove those of lessons that are gone."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path in FOLDER.glob("*.pdf"):
        path.unlink()
    for name, sheet in sheets():
        for paper in PAPERS:
            (FOLDER / f"{name}-{paper.lower()}.pdf").write_bytes(make_pdf(sheet, paper))


if __name__ == "__main__":
    main()
