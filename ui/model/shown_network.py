"""The choice of the network whose figures a section shows."""

from __future__ import annotations

from typing import Any

from ui.common import network_choice
from ui.common.linked_choice import choose_option
from ui.common.metrics_store import SHIPPED


def choose(figures: dict[str, Any]) -> str:
    """Let the visitor choose one of the measured networks; the sections share the choice, and the address names it.

    It does not change the network that the other pages use.

    Parameters
    ----------
    figures : dict
        The content of ``metrics.json``, by network.

    Returns
    -------
    str
        Key of the network in ``figures``.
    """
    return choose_option(
        "Which network?",
        [network for network in network_choice.NAMES if network in figures],
        default=SHIPPED,
        parameter="network",
        key="model_network",
        format_func=network_choice.NAMES.__getitem__,
        persist_state="session",
    )
