"""Parts of a page's state as text in its address."""

from __future__ import annotations

import pytest

from ui.common import links

SLIDER = links.number("tempo", 0.6, 1.6, 0.05, default=1.0)
PANELS = links.options("panels", ("mel", "pitch", "rms"), default=("mel", "pitch", "rms"))
AGES = links.span("age", 20.0, 80.0, 1.0)


def test_an_option_is_written_in_the_letters_of_an_address() -> None:
    section = links.option("section", ("Counts", "By emotion"), default="Counts")
    assert section.write("By emotion") == "by-emotion"
    assert section.read("by-emotion") == "By emotion"


def test_several_options_keep_the_order_of_the_page() -> None:
    assert PANELS.write(["mel", "rms"]) == "mel,rms"
    assert PANELS.read("rms,nonsense,mel") == ["mel", "rms"]


def test_an_empty_selection_differs_from_the_default() -> None:
    assert PANELS.read(PANELS.write([])) == []


def test_a_number_is_rounded_to_a_step_of_its_slider() -> None:
    assert SLIDER.write(0.6 + 3 * 0.05) == "0.75"
    assert SLIDER.read("0.7512") == 0.75
    assert SLIDER.read("1.6") == 1.6


def test_a_range_has_two_ends() -> None:
    assert AGES.write((25.0, 40.0)) == "25,40"
    assert AGES.read("25,40") == (25.0, 40.0)


@pytest.mark.parametrize("text", ["", "nan", "inf", "-inf", "1e999", "0.59", "17", "fast", "0x1", "<script>"])
def test_a_text_that_is_no_number_of_the_slider_is_ignored(text: str) -> None:
    assert SLIDER.read(text) is None


@pytest.mark.parametrize("text", ["40,25", "25", "25,40,60", "19,30", "nan,nan", ","])
def test_a_text_that_is_no_range_is_ignored(text: str) -> None:
    assert AGES.read(text) is None


@pytest.mark.parametrize("text", ["", "MEL", "../../etc/passwd", "[mel](https://example.org)", "mel;rms"])
def test_a_text_that_names_no_option_is_ignored(text: str) -> None:
    assert PANELS.read(text) is None
