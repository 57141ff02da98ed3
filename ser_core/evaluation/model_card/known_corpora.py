"""Sections of the model card about new speakers of corpora that the network was trained on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ser_core.evaluation.model_card.markdown import interval, percent, table
from ser_core.network_figures import LARGE_PROFILE, new_speaker_figures, stranger_mean

# Targets of the project: UAR by corpus.
_TARGET_UAR = {"RAVDESS": 0.74, "CREMA-D": 0.70, "TESS": 0.80, "nEMO": 0.62, "EMOVO": 0.54, "EmoDB": 0.82}


def side_by_side(figures: Mapping[str, Any]) -> str:
    """Return the UAR of each network: strangers, new speakers of known corpora, and a random split.

    Parameters
    ----------
    figures : mapping
        The content of ``metrics.json``, by network.
    """
    corpora = list(dict.fromkeys(corpus for network in figures.values() for corpus in new_speaker_figures(network)))
    split_corpora = [
        corpus for corpus in corpora if any(corpus in _random_split(network) for network in figures.values())
    ]
    rows = []
    for name, network in figures.items():
        means = [stranger_mean(network), stranger_mean(network, LARGE_PROFILE)]
        new_speakers, random_split = new_speaker_figures(network), _random_split(network)
        rows.append(
            [
                f"`{name}`",
                *(percent(mean["uar"] if mean else None, "not measured") for mean in means),
                *(percent(new_speakers.get(corpus, {}).get("uar")) for corpus in corpora),
                *(percent(random_split.get(corpus, {}).get("uar")) for corpus in split_corpora),
            ]
        )
    header = [
        "network",
        "strangers, mean",
        f"strangers, {LARGE_PROFILE}",
        *(f"{corpus}, new speakers" for corpus in corpora),
        *(f"{corpus}, random split" for corpus in split_corpora),
    ]
    return (
        "UAR. An empty cell: the network was not trained on this corpus.\n\n"
        + table(header, rows)
        + "\nOn a random split, the same people are in training and test, so it does not show how well new speakers "
        "are recognised.\n"
    )


def recognition(network: Mapping[str, Any]) -> str:
    """Return recognition by corpus, on speakers that were left out.

    Parameters
    ----------
    network : mapping
        The entry of one network in ``metrics.json``.
    """
    rows = [
        [
            f"{corpus}, never trained on" if corpus in network.get("unseen_corpus", {}) else corpus,
            f"{figures['n']:,}",
            str(figures["n_speakers"]),
            percent(figures["uar"]),
            interval(figures),
            percent(figures["accuracy"]),
            percent(figures["macro_f1"]),
            percent(_TARGET_UAR.get(corpus)),
        ]
        for corpus, figures in new_speaker_figures(network).items()
    ]
    header = ("corpus", "clips", "speakers", "UAR", "95 % interval", "accuracy", "macro F1", "target UAR")
    return (
        "Other people of the same corpus, with its sentences, room and microphone, were in the training.\n\n"
        + table(header, rows)
    )


def calibration(network: Mapping[str, Any]) -> str:
    """Return calibration error and single emotions by corpus.

    Parameters
    ----------
    network : mapping
        The entry of one network in ``metrics.json``.
    """
    rows = [
        [
            corpus,
            percent(figures["expected_calibration_error"]),
            percent(figures["selective"]["coverage"] or None, "never"),
            percent(figures["selective"]["accuracy"], "no such clip"),
        ]
        for corpus, figures in new_speaker_figures(network).items()
    ]
    return (
        "The probabilities are fitted on strangers, so they need not agree with the share of right answers here. "
        "Expected calibration error of all clips, with ten bins: "
        f"{percent(network['reliability']['expected_calibration_error'])}.\n\n"
        + table(("corpus", "calibration error", "one emotion", "right of these"), rows)
    )


def groups(network: Mapping[str, Any]) -> str:
    """Return recognition by sex and by age.

    Parameters
    ----------
    network : mapping
        The entry of one network in ``metrics.json``.
    """
    speaker_independent = network["speaker_independent"]
    by_group = {
        f"{corpus}, {sex}": figures
        for corpus, figures_by_sex in speaker_independent["sex"].items()
        for sex, figures in figures_by_sex.items()
    }
    by_group |= {f"CREMA-D, {age} years": figures for age, figures in speaker_independent["age"].items()}
    rows = [
        [group, f"{figures['n']:,}", str(figures["n_speakers"]), percent(figures["uar"]), interval(figures)]
        for group, figures in by_group.items()
    ]
    return table(("group", "clips", "speakers", "UAR", "95 % interval"), rows)


def oracle_prior(network: Mapping[str, Any]) -> str:
    """Return how much the UAR would rise if each speaker were known.

    Parameters
    ----------
    network : mapping
        The entry of one network in ``metrics.json``.
    """
    rows = [
        [corpus, percent(figures["uar"]), percent(figures["oracle_prior_uar"])]
        for corpus, figures in new_speaker_figures(network).items()
    ]
    return (
        "The network predicts sad too often for some speakers, and angry too often for others. The last "
        "column uses an oracle: the probabilities of each speaker are scaled until each emotion is predicted as often "
        "as the speaker acted it (raking; Deming and Stephan 1940). It shows how much it would help to know the "
        "speaker. It is not the UAR for a new speaker.\n\n"
        + table(("corpus", "UAR", "UAR with oracle prior per speaker"), rows)
    )


def _random_split(network: Mapping[str, Any]) -> dict[str, Any]:
    corpora: dict[str, Any] = network.get("random_split", {}).get("corpora", {})
    return corpora
