"""The model card: intended use, data, protocol, figures and limits of the shipped network, as Markdown.

After Mitchell et al. (2019), "Model cards for model reporting". Every number comes from ``metrics.json``; a test writes
the card again and compares.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ser_core.network_figures import new_speaker_figures

# Targets of the project: UAR by corpus, calibration error, and the largest loss of UAR by corruption.
TARGET_UAR = {"RAVDESS": 0.67, "CREMA-D": 0.58, "TESS": 0.65, "nEMO": 0.70, "EmoDB": 0.64}
TARGET_CALIBRATION_ERROR = 0.05
TARGET_LOSS = {
    "20 dB quieter": 0.0,
    "white noise, 20 dB SNR": 0.04,
    "telephone band": 0.08,
    "MP3, 64 kbit/s": 0.02,
    "small room": 0.06,
}

_INTENDED_USE = """# Model card: `ser_cnn`

## What it is for
The network recognises which of eight emotions (angry, calm, disgust, fear, happy, neutral, sad, surprise) an acted
voice sounds like to listeners. It is made for showing and teaching how a voice expresses emotion. It says "not sure"
when its confidence is low.

## What it must not be used for
Do not use it to judge people: hiring, school marks, policing, credit, health, insurance. It measures how something is
said, and not what a person feels. The EU's AI Act, article 5(1)(f), forbids systems that infer the emotions of people
at work and in education; use *features only* there. It is not a lie detector, and it gives no diagnosis.

## The network
The network is a 2-D CNN over log-mel windows of three seconds. Steady noise is subtracted, and each window is
normalised with its own mean and deviation, without its empty bands. Two dilated convolutions over time and attentive
statistics pooling follow. LiteRT runs it.

The convolutional part and the first two dense layers start from BYOL-S (Scheidwasser-Clow et al., "SERAB", ICASSP 2022;
MIT licence), which was trained on speech without labels. The convolutional part stays as published; all layers above it
are trained here. So the shipped weights are derived from BYOL-S. Without that file, the same command trains the whole
network from scratch.
"""

_DATA = """## Data
The network is trained on RAVDESS speech and song, TESS, CREMA-D, nEMO (Polish) and EMOVO (Italian), and on SAVEE where
the user has it. The CREMA-D recordings were reconstructed from published mel spectrograms: 84 of its 91 actors, with
smeared fine detail and without the original loudness. CREMA-D files that are broken or carry two labels are skipped by
name. A label that a corpus lacks is left out of the loss for its clips, so the network does not learn that the label
never occurs. EmoDB is never used for training or tuning.

## Protocol
Five folds split the speakers of all corpora: RAVDESS actors 1-4, 5-8, 9-12, 13-16, 17-20; CREMA-D by actor number
modulo 5; the few speakers of the other corpora one after another, so that the two women of TESS are in different
folds. The number of epochs is fixed beforehand, and the averaged weights of the last epoch are kept: no checkpoint is
chosen by its result on test clips. The temperature and the confidence threshold of each fold are fitted on the
predictions for the other folds. The shipped network is trained on every speaker and calibrated with all out-of-fold
predictions. UAR is the unweighted average recall among the labels of the corpus. Intervals are 95 % bootstrap
intervals over speakers. The ablations below were compared on the first fold. The network, the front end and the
number of epochs were chosen on the first three folds.
"""

_LIMITS = """## Limits
- The speech is acted: mostly North American English, some Polish and Italian. Everyday emotions are quieter and mixed.
- `calm` occurs only in RAVDESS, and `surprise` does not occur in CREMA-D.
- Ages and accents that the corpora lack are not measured. Music, crowds and children's voices are not measured.
- All speakers are actors. How well the network recognises people who are not acting is not known.

## Licence
The weights and tables were computed from corpora whose terms forbid commercial use, so they are for non-commercial
purposes only. RAVDESS: Livingstone and Russo 2018, CC BY-NC-SA 4.0. TESS: Pichora-Fuller and Dupuis 2020, CC BY-NC-ND
4.0. CREMA-D: Cao et al. 2014, ODbL 1.0. nEMO: Christop 2024, CC BY-NC-SA 4.0. EMOVO: Costantini et al. 2014, research.
BYOL-S: MIT.
"""


def model_card(figures: Mapping[str, Any]) -> str:
    """Return the model card of ``ser_cnn``.

    Parameters
    ----------
    figures : mapping
        The content of ``metrics.json``, as ``figures.make_figures`` returns it.

    Returns
    -------
    str
        Markdown.
    """
    ours, original = figures["ser_cnn"], figures.get("seed_cnn", {})
    sections = [
        _INTENDED_USE,
        _DATA,
        "## Recognition of new speakers\n" + _recognition(ours, original),
        "## Calibration\n" + _calibration(ours),
        "## By group\n" + _groups(ours),
        "## Confusion between speaker and emotion\n" + _oracle_prior(ours),
        "## Corrupted recordings (RAVDESS, out of fold)\n" + _corruptions(ours),
        "## A whole corpus left out of training\n" + _left_out_corpora(ours),
        "## Speech detector\n" + _speech_detector(ours),
        "## What was tried before the settings were fixed\n" + _explored(ours),
        "## Ablations of the training\n" + _training_ablations(ours),
        "## Ablations of the original project's features\n" + _feature_ablations(original),
        _LIMITS,
    ]
    return "\n".join(sections)


def _table(header: Iterable[str], rows: Sequence[Iterable[str]]) -> str:
    if not rows:
        return "Not measured yet.\n"
    header = list(header)
    lines = [header, ["---"] * len(header), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.1%}"


def _interval(recognition: Mapping[str, Any]) -> str:
    interval = recognition["uar_interval"]
    return " to ".join(map(_percent, interval)) if interval else "too few speakers"


def _recognition(ours: Mapping[str, Any], original: Mapping[str, Any]) -> str:
    random_split = ours.get("random_split", {}).get("corpora", {})
    original_corpora = new_speaker_figures(original)
    rows = [
        [
            f"{corpus}, never trained on" if corpus in ours.get("unseen_corpus", {}) else corpus,
            f"{recognition['n']:,}",
            str(recognition["n_speakers"]),
            _percent(recognition["uar"]),
            _interval(recognition),
            _percent(recognition["accuracy"]),
            _percent(recognition["macro_f1"]),
            _percent(TARGET_UAR.get(corpus)),
            _percent(random_split.get(corpus, {}).get("uar")),
            _percent(original_corpora.get(corpus, {}).get("uar")),
        ]
        for corpus, recognition in new_speaker_figures(ours).items()
    ]
    header = (
        "corpus", "clips", "speakers", "UAR", "95 % interval", "accuracy", "macro F1", "target UAR",
        "random split: UAR", "`seed_cnn`: UAR",
    )  # fmt: skip
    return _table(header, rows) + (
        "\nOn a random split, the same people are in training and test, so it does not show how well new speakers are "
        "recognised. `seed_cnn` is the original project's network on its 162 time averages, in the same folds.\n"
    )


def _calibration(ours: Mapping[str, Any]) -> str:
    selective = ours["selective"]
    error = ours["reliability"]["expected_calibration_error"]
    header = ("corpus", "calibration error", "answered", "correct among these")
    rows = [
        [
            corpus,
            _percent(recognition["expected_calibration_error"]),
            _percent(recognition["selective"]["coverage"]),
            _percent(recognition["selective"]["accuracy"]),
        ]
        for corpus, recognition in new_speaker_figures(ours).items()
    ]
    return (
        f"Expected calibration error for new speakers, with ten bins: {_percent(error)} "
        f"(target {_percent(TARGET_CALIBRATION_ERROR)}). Temperature: {ours['calibration']['temperature']:.3f}. "
        f"The network answers {_percent(selective['coverage'])} of the clips, and {_percent(selective['accuracy'])} of "
        f'these answers are correct. For the other clips it says "not sure", because the winning probability is below '
        f"{_percent(ours['calibration']['confidence_threshold'])}. All voices share one temperature, which does not "
        "fit all of them: for the Polish and Italian voices (nEMO, EMOVO), the confidence is too high.\n\n"
        + _table(header, rows)
    )


def _groups(ours: Mapping[str, Any]) -> str:
    speaker_independent = ours["speaker_independent"]
    groups = {
        f"{corpus}, {sex}": recognition
        for corpus, recognition_by_sex in speaker_independent["sex"].items()
        for sex, recognition in recognition_by_sex.items()
    }
    groups |= {f"CREMA-D, {age} years": recognition for age, recognition in speaker_independent["age"].items()}
    rows = [
        [
            group,
            f"{recognition['n']:,}",
            str(recognition["n_speakers"]),
            _percent(recognition["uar"]),
            _interval(recognition),
        ]
        for group, recognition in groups.items()
    ]
    return _table(("group", "clips", "speakers", "UAR", "95 % interval"), rows)


def _oracle_prior(ours: Mapping[str, Any]) -> str:
    rows = [
        [corpus, _percent(recognition["uar"]), _percent(recognition["oracle_prior_uar"])]
        for corpus, recognition in new_speaker_figures(ours).items()
    ]
    return (
        "To the network, some speakers sound sad and others angry, whatever emotion they act. The last column uses an "
        "oracle: the probabilities of each speaker are scaled until each emotion is predicted as often as the speaker "
        "acted it (raking; Deming and Stephan 1940). It shows how much knowing the speaker would help. It is not the "
        "UAR for a new speaker.\n\n" + _table(("corpus", "UAR", "UAR with oracle prior per speaker"), rows)
    )


def _corruptions(ours: Mapping[str, Any]) -> str:
    rows = [
        [name, _percent(figures["uar"]), f"{100 * figures['lost']:.1f}", f"{100 * TARGET_LOSS[name]:.0f}"]
        for name, figures in ours.get("corrupted", {}).items()
        if name != "none"
    ]
    return _table(("corruption", "UAR", "points lost", "target: at most"), rows)


def _left_out_corpora(ours: Mapping[str, Any]) -> str:
    rows = [
        [corpus, _percent(recognition["uar"]), _interval(recognition)]
        for corpus, recognition in ours.get("without_corpus", {}).items()
    ]
    return _table(("corpus left out", "UAR on it", "95 % interval"), rows)


def _speech_detector(ours: Mapping[str, Any]) -> str:
    rows = [
        (line["group"], line["kind"], f"{line['n']:,}", _percent(line["passed_as_speech"]))
        for line in ours.get("speech_detector", [])
    ]
    return (
        "A logistic regression on the embedding decides whether a recording is speech. Each row was measured with a "
        "detector that was fitted without this corpus or this kind of sound. The sounds are synthesised.\n\n"
        + _table(("corpus or kind of sound", "content", "recordings", "taken for speech"), rows)
        + "\nA model folder without `speech_detector.npz`, such as `models/seed_cnn`, has no such check: all sound "
        "except silence and steady noise is judged, music too.\n" + _speech_detector_checks(ours)
    )


def _speech_detector_checks(ours: Mapping[str, Any]) -> str:
    checks = ours.get("speech_detector_checks")
    if checks is None:
        return ""
    rows = [
        (sounds["made_with"], sounds["content"], f"{sounds['n']:,}", f"{sounds['n_passed_as_speech']:,}")
        for sounds in checks["other_sounds"]
    ]
    ready_detector = checks["other_detector"]
    return (
        "\nOutput of other synthesisers, to which the detector was never fitted. It was measured once, with the "
        f"network `{checks['network_sha256'][:12]}`:\n\n"
        + _table(("made with", "content", "recordings", "taken for speech"), rows)
        + f"\nA ready detector, {ready_detector['name']}, separates speech from music as well, but takes "
        f"{ready_detector['ms_per_second_of_sound']} ms for each second of sound; this one takes none, because the "
        "embedding is computed anyway.\n"
    )


def _explored(ours: Mapping[str, Any]) -> str:
    explored = ours.get("explored", [])
    corpora = [name for name in (explored[0] if explored else {}) if name not in ("tried", "fold")]
    rows = [[line["tried"], line["fold"], *(_percent(line[corpus]) for corpus in corpora)] for line in explored]
    text = (
        "UAR on new speakers; one training per row. An empty cell: the fold has no speaker of this corpus, or the "
        "folds were different then. A varied copy or draw is an augmented clip.\n\n"
    )
    return text + _table(("tried", "fold", *corpora), rows)


def _training_ablations(ours: Mapping[str, Any]) -> str:
    ablations = ours.get("ablations", [])
    corpora = [name for name in (ablations[0] if ablations else {}) if name != "ablation"]
    rows = [[line["ablation"], *(_percent(line[corpus]) for corpus in corpora)] for line in ablations]
    text = (
        "UAR on the first fold after a short training (four epochs). Each row removes one part of the training; one "
        "training per row. The last row has the shipped settings with another seed: a difference of the same size may "
        "be chance.\n\n"
    )
    return text + _table(("ablation", *corpora), rows)


def _feature_ablations(original: Mapping[str, Any]) -> str:
    rows = [
        [line["feature"], str(line["n"]), _percent(line["alone_uar"]), _percent(line["without_uar"])]
        for line in original.get("features", [])
    ]
    text = "The 162 time averages with logistic regression, on new RAVDESS speakers (UAR).\n\n"
    return text + _table(("feature", "numbers", "alone", "all but this"), rows)
