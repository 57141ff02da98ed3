"""The model card: intended use, networks, data, protocol, figures and limits.

After Mitchell et al. (2019), "Model cards for model reporting". Strangers come first, then new speakers of known
corpora, then the random split.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ser_core.evaluation.model_card import conditions, known_corpora, prose, strangers, trials
from ser_core.paths import DEFAULT_NETWORK


def model_card(figures: Mapping[str, Any]) -> str:
    """Return the model card of the shipped network, compared with the other networks.

    Parameters
    ----------
    figures : mapping
        The content of ``metrics.json``, as ``figures.make_figures`` returns it.

    Returns
    -------
    str
        Markdown.
    """
    # A small experiment may have measured only another network.
    main_network = DEFAULT_NETWORK if DEFAULT_NETWORK in figures else [*figures][-1]
    network_figures = figures[main_network]
    newest_first = {network: figures[network] for network in reversed(list(figures))}
    sections = [
        f"# Model card: `{main_network}`\n",
        prose.INTENDED_USE,
        "## The networks\n" + prose.networks(newest_first),
        "## Strangers: a corpus left out of the training\n" + strangers.recognition(network_figures),
        "## Answers to strangers\n" + strangers.answers(network_figures),
        "## The networks side by side\n" + known_corpora.side_by_side(newest_first),
        "## New speakers of known corpora\n" + known_corpora.recognition(network_figures),
        "## Calibration for new speakers of known corpora\n" + known_corpora.calibration(network_figures),
        "## By group\n" + known_corpora.groups(network_figures),
        "## Confusion between speaker and emotion\n" + known_corpora.oracle_prior(network_figures),
        "## Corrupted recordings (RAVDESS, out of fold)\n" + conditions.corruptions(network_figures),
        "## Speech detector\n" + conditions.speech_detector(network_figures),
        "## Data\n" + prose.DATA,
        "## Protocol\n" + prose.PROTOCOL,
        "## What was tried before the settings were fixed\n" + _by_network(newest_first, "explored", trials.explored),
        "## Ablations of the training\n" + _by_network(newest_first, "ablations", trials.ablations),
        "## Ablations of the original project's features\n" + trials.features(figures.get("seed_cnn", {})),
        prose.LIMITS,
    ]
    return "\n".join(sections)


def _by_network(figures: Mapping[str, Any], key: str, section: Callable[[list[dict[str, Any]]], str]) -> str:
    """Return one part for each network that has the rows of a section."""
    parts = [
        f"### `{network}`\n{section(of_network[key])}" for network, of_network in figures.items() if key in of_network
    ]
    return "\n".join(parts) if parts else "Not measured yet.\n"
