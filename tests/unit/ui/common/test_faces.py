"""The drawn faces."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from ser_core.emotions import LABELS
from tools.draw_faces import FOLDER
from ui.common import faces

NAMES = (*LABELS, faces.MARK, faces.OPEN)


@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_is_an_svg_document(name: str) -> None:
    assert ET.fromstring(faces.drawing(name)).attrib["viewBox"] == "0 0 100 100"


def test_no_two_drawings_are_equal() -> None:
    assert len({faces.drawing(name) for name in NAMES}) == len(NAMES)


def test_the_files_are_those_of_the_tool() -> None:
    files = {path.stem: path.read_text(encoding="utf-8").strip() for path in FOLDER.glob("*.svg")}
    assert files == {name: faces.drawing(name) for name in (*LABELS, faces.MARK)}
