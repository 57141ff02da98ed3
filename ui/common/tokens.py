"""The design tokens: the name of the app, and every colour, size and typeface.

Streamlit's theme (``.streamlit/config.toml``), Plotly's figures, the style sheets of the components and the drawn faces
all use these values. A test finds a colour that is written anywhere else, and a theme that differs from the tokens.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields

NAME = "How does it sound?"
"""The name of the app."""


@dataclass(frozen=True)
class Theme:
    """The colours of one theme, as ``#rrggbb``.

    Parameters
    ----------
    background : str
        The page.
    panel : str
        Cards, fields and the side bar.
    text : str
        Text, with a contrast of at least 7:1 on both backgrounds.
    quiet : str
        Text of less importance, with a contrast of at least 4.5:1 on both backgrounds.
    line : str
        Borders and grids.
    primary : str
        Buttons, links and what is chosen, with a contrast of at least 4.5:1 on both backgrounds.
    """

    background: str
    panel: str
    text: str
    quiet: str
    line: str
    primary: str


LIGHT = Theme(background="#ffffff", panel="#f5f3fc", text="#16131f", quiet="#5b5768", line="#ddd8ee", primary="#5b3cc4")
DARK = Theme(background="#14121c", panel="#221f30", text="#f1eff8", quiet="#b3aec4", line="#3a3550", primary="#b7a4ff")

# Each hue is the one that most people associate with the emotion. Each colour has a contrast of at least 3:1 on both
# backgrounds, so figures need no second set for the dark theme. The colours can be told apart in colour blindness too:
# a search maximised the distance of the closest two, for normal sight and three simulated kinds of colour blindness.
EMOTION_COLOURS = {
    "angry": "#e10142",
    "calm": "#267869",
    "disgust": "#5e6c04",
    "fear": "#9845e2",
    "happy": "#c98532",
    "neutral": "#8b8c95",
    "sad": "#5d8ddf",
    "surprise": "#c422a8",
}

# The roles of colours in figures. As above, one value is used in both themes.
ACCENT = "#7b5fd6"
PEOPLE = "#c98532"
GREY = "#8b8c95"
WARNING = "#e10142"
CURSOR = "#e8590c"
GOOD, BAD = "#267869", "#e10142"
# The features of a drawn face, and the marks over a spectrogram.
WHITE = "#ffffff"
INK = "#16131f"
STAR = "#f0b400"
TRANSPARENT = "rgba(0,0,0,0)"

# Colours of groups that have no colour of their own, such as corpora and speakers.
CATEGORIES = (ACCENT, *EMOTION_COLOURS.values())

# The colour scale of what is below or above an average. Its middle is transparent, so it has the colour of the page.
DIVERGING = (
    (0.0, "rgba(47,116,208,1)"),
    (0.5, "rgba(47,116,208,0)"),
    (0.5, "rgba(214,48,49,0)"),
    (1.0, "rgba(214,48,49,1)"),
)
# The colour scale of the cells of a confusion matrix. The theme's text has a contrast of at least 4.5:1 on each cell,
# in both themes.
SHARES = ((0.0, "rgba(123,95,214,0)"), (1.0, "rgba(123,95,214,0.8)"))
# The one colour scale of quantities; Plotly's name for it. Magma and Inferno start with a colour that Streamlit's theme
# replaces with its own.
SEQUENTIAL = "Viridis"

# The first is shipped with the app, in static/fonts.
FONT_FAMILY = "Bricolage Grotesque"
FONT_FILE = "app/static/fonts/bricolage-grotesque.woff2"
FONT_STACK = f'"{FONT_FAMILY}", system-ui, sans-serif'

# Sizes of text, from notes to the headline of an answer. Each is about a quarter larger than the one before.
TEXT_SIZES_REM = {"note": 0.875, "body": 1.0, "lead": 1.2, "title": 1.5, "page": 2.0, "headline": 2.75}
HEADING_SIZES_REM = (2.0, 1.5, 1.25, 1.1, 1.0, 1.0)

RADIUS_REM = 0.75
# The smallest size of what can be pressed.
TARGET_PX = 44


def style_sheet() -> str:
    """Return the tokens as custom properties of CSS: ``--hs-text``, ``--hs-angry``, ``--hs-size-lead`` ...

    A property that differs between the themes uses ``light-dark``: Streamlit sets ``color-scheme`` by the theme that
    the visitor has chosen.
    """
    light, dark = asdict(LIGHT), asdict(DARK)
    properties = {
        **{field.name: f"light-dark({light[field.name]}, {dark[field.name]})" for field in fields(Theme)},
        **EMOTION_COLOURS,
        "accent": ACCENT,
        "people": PEOPLE,
        "grey": GREY,
        "cursor": CURSOR,
        "white": WHITE,
        "ink": INK,
        "font": FONT_STACK,
        "radius": f"{RADIUS_REM}rem",
        "target": f"{TARGET_PX}px",
        **{f"size-{name}": f"{size_rem}rem" for name, size_rem in TEXT_SIZES_REM.items()},
    }
    lines = "".join(f"--hs-{name}:{value};" for name, value in properties.items())
    return f":root{{{lines}}}"
