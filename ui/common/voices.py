"""The choice of the real voices that a clip is compared with: everybody, women or men."""

from __future__ import annotations

from ser_core.features.cue_percentiles import ALL_SEXES
from ui.common.clip import Clip
from ui.common.linked_choice import choose_option

SEX_NAMES = {ALL_SEXES: "Everybody", "female": "Women", "male": "Men"}


def choose_sex(*clips: Clip) -> str:
    """Let the visitor choose women, men or everybody; the known sex of the speakers is chosen at the start.

    Parameters
    ----------
    clips : Clip
        The clips of the page. A clip whose speaker's sex is unknown does not count.

    Returns
    -------
    str
        ``"female"``, ``"male"`` or ``"all"``.
    """
    sexes = {clip.sex for clip in clips} & set(SEX_NAMES)
    default = sexes.pop() if len(sexes) == 1 else ALL_SEXES
    return choose_option(
        "Whose voices?",
        list(SEX_NAMES),
        default=default,
        parameter="voices",
        # Another default needs another key: a widget keeps its value under its key.
        key=f"voices_{default}",
        format_func=SEX_NAMES.__getitem__,
        help="Women's and men's voices differ, most of all in pitch.",
    )
