"""The design tokens: contrast, colour-blind eyes, and no second place for a colour."""

from __future__ import annotations

import itertools
import re
import tomllib
from dataclasses import asdict

import numpy as np
import numpy.typing as npt
import pytest

from ser_core.emotions import LABELS
from tests.harness.paths import ROOT
from ui.common import tokens
from ui.common.tokens import DARK, EMOTION_COLOURS, LIGHT

# The colours that colour-blind people see, in linear light (Machado, Oliveira and Fernandes 2009).
SIGHT = {
    "normal": np.eye(3),
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
# Linear light to the responses of the eye, and these to Oklab (Ottosson 2020), in which distances are as large as they
# look: 0.02 is just visible.
TO_CONES = [
    [0.41222147, 0.53633254, 0.05144599],
    [0.2119035, 0.6806995, 0.10739696],
    [0.08830246, 0.28171884, 0.6299787],
]
TO_OKLAB = [
    [0.21045426, 0.79361779, -0.00407205],
    [1.9779985, -2.4285922, 0.4505937],
    [0.02590404, 0.78277177, -0.80867577],
]
MIN_DISTANCE = 0.08

RGBA = re.compile(r"rgba\((\d+),(\d+),(\d+),(0?\.?\d+)\)")
LITERAL = re.compile(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b|\b(?:rgb|hsl)a?\(\s*\d", re.ASCII)


def linear(colour: str) -> npt.NDArray[np.float64]:
    srgb = np.array([int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)])
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    return float(linear(colour) @ [0.2126, 0.7152, 0.0722])


def contrast(first: str, second: str) -> float:
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def laid_over(colour: str, background: str) -> str:
    """Return the colour that a partly transparent one has on a background."""
    match = RGBA.fullmatch(colour)
    assert match
    *channels, alpha = map(float, match.groups())
    below = [int(background[start : start + 2], 16) for start in (1, 3, 5)]
    mixed = (alpha * upper + (1.0 - alpha) * lower for upper, lower in zip(channels, below, strict=True))
    return "#" + "".join(f"{round(value):02x}" for value in mixed)


def oklab(colour: str, sight: str) -> npt.NDArray[np.float64]:
    seen = np.clip(np.array(SIGHT[sight]) @ linear(colour), 0.0, 1.0)
    return np.array(TO_OKLAB) @ np.cbrt(np.array(TO_CONES) @ seen)


def test_every_emotion_has_a_colour() -> None:
    assert tuple(EMOTION_COLOURS) == LABELS


@pytest.mark.parametrize("sight", SIGHT)
def test_emotion_colours_stay_apart_for_all_eyes(sight: str) -> None:
    distances = {
        pair: float(np.linalg.norm(oklab(EMOTION_COLOURS[pair[0]], sight) - oklab(EMOTION_COLOURS[pair[1]], sight)))
        for pair in itertools.combinations(LABELS, 2)
    }
    assert min(distances.values()) > MIN_DISTANCE, min(distances, key=distances.__getitem__)


def test_the_simulator_finds_colours_that_a_protanope_confuses() -> None:
    red, green = "#a00000", "#3c3c00"
    normal, protan = (float(np.linalg.norm(oklab(red, sight) - oklab(green, sight))) for sight in ("normal", "protan"))
    assert normal > MIN_DISTANCE > protan


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_contrast(theme: tokens.Theme) -> None:
    for ground in (theme.background, theme.panel):
        assert contrast(theme.text, ground) >= 7.0
        assert contrast(theme.quiet, ground) >= 4.5
        assert contrast(theme.primary, ground) >= 4.5
    for colour in EMOTION_COLOURS.values():
        assert contrast(colour, theme.background) >= 3.0
        assert contrast(colour, tokens.WHITE) >= 3.0
    for _, colour in tokens.SHARES:
        assert contrast(theme.text, laid_over(colour, theme.background)) >= 4.5


def test_streamlits_theme_has_the_tokens() -> None:
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    names = {
        "primaryColor": "primary",
        "backgroundColor": "background",
        "secondaryBackgroundColor": "panel",
        "textColor": "text",
        "borderColor": "line",
    }
    for name, expected in (("light", LIGHT), ("dark", DARK)):
        assert theme[name] == {option: asdict(expected)[token] for option, token in names.items()}
    assert theme["font"].replace("'", '"') == tokens.FONT_STACK
    assert [face["family"] for face in theme["fontFaces"]] == [tokens.FONT_FAMILY]
    assert theme["fontFaces"][0]["url"] == tokens.FONT_FILE
    assert theme["headingFontSizes"] == [f"{size_rem}rem" for size_rem in tokens.HEADING_SIZES_REM]
    assert theme["baseRadius"] == f"{tokens.RADIUS_REM}rem"
    assert theme["chartCategoricalColors"] == list(tokens.CATEGORIES)


def test_the_typeface_and_its_licence_are_shipped() -> None:
    assert (ROOT / tokens.FONT_FILE.removeprefix("app/")).read_bytes()[:4] == b"wOF2"
    assert "SIL Open Font License" in (ROOT / "static" / "fonts" / "OFL.txt").read_text(encoding="utf-8")


def test_no_colour_is_written_anywhere_else() -> None:
    paths = [
        path
        for folder in ("ui", "pages", "ser_core", "benchmarks", "tools")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".css", ".js", ".html"} and path != ROOT / "ui" / "common" / "tokens.py"
    ]
    assert len(paths) > 100
    literals = {
        f"{path.relative_to(ROOT)}: {match}"
        for path in paths
        for match in LITERAL.findall(path.read_text(encoding="utf-8"))
    }
    assert literals == set()


def test_the_style_sheet_has_both_themes() -> None:
    sheet = tokens.style_sheet()
    assert f"--hs-text:light-dark({LIGHT.text}, {DARK.text});" in sheet
    assert f"--hs-angry:{EMOTION_COLOURS['angry']};" in sheet


def test_the_middle_of_the_scale_of_deviations_is_the_page_itself() -> None:
    stops = [(share, colour.removeprefix("rgba(").removesuffix(")").split(",")) for share, colour in tokens.DIVERGING]
    assert [alpha for share, (*_, alpha) in stops if share == 0.5] == ["0", "0"]
    for share, (*channels, alpha) in (stops[0], stops[-1]):
        assert (share in {0.0, 1.0}, alpha) == (True, "1")
        colour = "#" + "".join(f"{int(channel):02x}" for channel in channels)
        assert min(contrast(colour, theme.background) for theme in (LIGHT, DARK)) >= 3.0
