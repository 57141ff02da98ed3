"""The model card, written from the figures: what the network is for, what not, and how well it does.

After Mitchell et al. (2019), "Model cards for model reporting". Every number in it comes from ``metrics.json``; a test
makes the card again and compares.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

# What the project set out to reach, as UAR unless said otherwise.
TARGETS = {"RAVDESS": 0.67, "CREMA-D": 0.58, "TESS": 0.65, "nEMO": 0.70, "EmoDB": 0.64}
CALIBRATION_TARGET = 0.05
MOST_LOST = {
    "20 dB quieter": 0.0,
    "white noise, 20 dB SNR": 0.04,
    "telephone band": 0.08,
    "MP3, 64 kbit/s": 0.02,
    "small room": 0.06,
}

_INTENDED = """# Model card: `ser_cnn`

## What it is for
It tells which of eight emotions (angry, calm, disgust, fear, happy, neutral, sad, surprise) an acted or played voice
sounds like to listeners, for showing and teaching how emotion is heard in speech, and says "not sure" when it is not.

## What it must not be used for
Judging people: hiring, teaching marks, policing, credit, health, insurance. It hears how something is said, never what
somebody feels. The EU's AI Act, article 5(1)(f), forbids inferring emotions of people at work and in education; use
*features only* there. It is no lie detector and no diagnosis.

## The network
A 2-D CNN over log-mel windows of three seconds, freed from steady noise, each normalised by itself without the bands
that hold nothing; two dilated convolutions over time and attentive statistics pooling on top; served by LiteRT. Its
convolutional part and first two dense layers start from BYOL-S (Scheidwasser-Clow et al., "SERAB", ICASSP 2022; MIT
licence), which learnt from speech without labels; the convolutional part stays as it was published, all above it is
trained here. So the shipped weights descend from BYOL-S. Without that file, the same command trains the whole network
from scratch.
"""

_DATA = """## Data
RAVDESS speech and song, TESS, CREMA-D, nEMO (Polish) and EMOVO (Italian); SAVEE where a user has it. CREMA-D was
reconstructed from published mel spectrograms: 84 of its 91 actors, fine detail smeared, loudness lost; its files known
to be broken or to carry two labels are skipped by name. A clip whose corpus lacks a label does not teach that the
label never occurs. EmoDB is never trained or tuned on.

## Protocol
Five folds over the speakers of all corpora at once: RAVDESS actors 1-4, 5-8, 9-12, 13-16, 17-20; CREMA-D by actor
number modulo 5; the few speakers of the others dealt one after the other, TESS's two women in different folds. The
number of epochs is fixed beforehand and the averaged weights of the last one are kept, so nothing is chosen by looking
at a test. Each fold's temperature and "not sure" point are fitted on the other folds' answers. The shipped network is
trained on every speaker and calibrated with all out-of-fold answers. UAR is unweighted average recall among the labels
that a corpus has; intervals are 95 % bootstraps over speakers. The ablations below were compared on the first fold; the
choice of network, front end and epochs was made on the first three.
"""

_LIMITS = """## Limits
Acted speech, mostly North American English, some Polish and Italian; everyday feelings are quieter and mixed. `calm` is
known from RAVDESS alone, `surprise` not from CREMA-D. Ages and accents that the corpora lack are not measured. Music,
crowds and children's voices are not measured. A voice in the data is an actor's: how people sound who are not acting is
not known.

## Licence
The weights and tables were computed from corpora whose terms forbid commercial use: for non-commercial purposes only.
RAVDESS: Livingstone and Russo 2018, CC BY-NC-SA 4.0. TESS: Pichora-Fuller and Dupuis 2020, CC BY-NC-ND 4.0. CREMA-D:
Cao et al. 2014, ODbL 1.0. nEMO: Christop 2024, CC BY-NC-SA 4.0. EMOVO: Costantini et al. 2014, research. BYOL-S: MIT.
"""


def model_card(figures: Mapping[str, Any]) -> str:
    """Return the card of ``ser_cnn`` as Markdown.

    Parameters
    ----------
    figures : mapping
        What ``figures.make_figures`` returns.
    """
    ours = figures["ser_cnn"]
    sections = [
        _INTENDED,
        _DATA,
        "## On voices it never heard\n" + _headline(ours, figures),
        "## Calibration\n" + _calibration(ours),
        "## By group\n" + _groups(ours),
        "## How much of it is the voice\n" + _voice_bias(ours),
        "## Corrupted voices (RAVDESS, out of fold)\n" + _corrupted(ours),
        "## A whole corpus left out of training\n" + _without(ours),
        "## What was tried before the settings were fixed\n" + _explored(ours),
        "## Which parts of the training earn their place\n" + _ablations(ours),
        "## Which of the original's features earn their place\n" + _features(figures),
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


def _interval(found: Mapping[str, Any]) -> str:
    return " to ".join(map(_percent, found["uar_interval"])) if found["uar_interval"] else "too few speakers"


def _headline(ours: Mapping[str, Any], figures: Mapping[str, Any]) -> str:
    corpora = ours["speaker_independent"]["corpora"]
    leaky = ours["random_split"]["corpora"]
    of_seed = figures.get("seed_cnn", {})
    seed = of_seed.get("speaker_independent", {}).get("corpora", {}) | of_seed.get("unseen_corpus", {})
    rows = [
        [
            *_recognised(corpus, found, target=TARGETS.get(corpus)),
            _percent(leaky[corpus]["uar"]) if corpus in leaky else "",
            _percent(seed[corpus]["uar"]) if corpus in seed else "",
        ]
        for corpus, found in corpora.items()
    ]
    rows += [
        [
            *_recognised(f"{corpus}, never trained on", found, target=TARGETS.get(corpus)),
            "",
            _percent(seed[corpus]["uar"]) if corpus in seed else "",
        ]
        for corpus, found in ours.get("unseen_corpus", {}).items()
    ]
    header = (
        "corpus", "clips", "speakers", "UAR", "95 % interval", "accuracy", "macro F1", "target UAR",
        "random split: UAR", "`seed_cnn`: UAR",
    )  # fmt: skip
    return _table(header, rows) + (
        "\nOn a random split the same people are in training and test, so it says nothing about a stranger's voice. "
        "`seed_cnn` is the original project's network on its 162 time averages, in the same folds.\n"
    )


def _recognised(name: str, found: Mapping[str, Any], target: float | None) -> list[str]:
    return [
        name,
        f"{found['n']:,}",
        str(found["n_speakers"]),
        _percent(found["uar"]),
        _interval(found),
        _percent(found["accuracy"]),
        _percent(found["macro_f1"]),
        _percent(target),
    ]


def _calibration(ours: Mapping[str, Any]) -> str:
    selective = ours["selective"]
    error = ours["reliability"]["expected_calibration_error"]
    header = ("corpus", "calibration error", "answered", "right of these")
    rows = [
        [
            corpus,
            _percent(found["expected_calibration_error"]),
            _percent(found["selective"]["coverage"]),
            _percent(found["selective"]["accuracy"]),
        ]
        for corpus, found in (ours["speaker_independent"]["corpora"] | ours.get("unseen_corpus", {})).items()
    ]
    return (
        f"Expected calibration error on unheard voices, ten bins: {_percent(error)} "
        f"(target {_percent(CALIBRATION_TARGET)}). Temperature {ours['calibration']['temperature']:.3f}. "
        f"It answers {_percent(selective['coverage'])} of clips and is right in {_percent(selective['accuracy'])} of "
        f'these; for the others it says "not sure" (a winning probability under '
        f"{_percent(ours['calibration']['confidence_threshold'])}). One temperature serves all voices, and fits some "
        "worse than others; it is too sure of the Polish and Italian ones (nEMO, EMOVO):\n\n" + _table(header, rows)
    )


def _groups(ours: Mapping[str, Any]) -> str:
    heard = ours["speaker_independent"]
    groups = {f"{corpus}, {sex}": found for corpus, of in heard["sex"].items() for sex, found in of.items()}
    groups |= {f"CREMA-D, {age} years": found for age, found in heard["age"].items()}
    rows = [
        [name, f"{found['n']:,}", str(found["n_speakers"]), _percent(found["uar"]), _interval(found)]
        for name, found in groups.items()
    ]
    return _table(("group", "clips", "speakers", "UAR", "95 % interval"), rows)


def _voice_bias(ours: Mapping[str, Any]) -> str:
    measured = ours["speaker_independent"]["corpora"] | ours.get("unseen_corpus", {})
    rows = [[corpus, _percent(each["uar"]), _percent(each["oracle_prior_uar"])] for corpus, each in measured.items()]
    text = "Some people sound sad to it whatever they say, others angry. The last column has the same answers, each "
    text += "speaker's tilted until each emotion is given as often as that speaker acted it (raking; Deming and Stephan"
    text += " 1940). It says what knowing the voice would be worth, and is no figure for a stranger.\n\n"
    return text + _table(("corpus", "UAR", "if each voice were known"), rows)


def _corrupted(ours: Mapping[str, Any]) -> str:
    rows = [
        [name, _percent(found["uar"]), f"{100 * found['lost']:.1f}", f"{100 * MOST_LOST[name]:.0f}"]
        for name, found in ours.get("corrupted", {}).items()
        if name != "none"
    ]
    return _table(("corruption", "UAR", "points lost", "target: at most"), rows)


def _without(ours: Mapping[str, Any]) -> str:
    rows = [
        [corpus, _percent(found["uar"]), _interval(found)] for corpus, found in ours.get("without_corpus", {}).items()
    ]
    return _table(("corpus left out", "UAR on it", "95 % interval"), rows)


def _explored(ours: Mapping[str, Any]) -> str:
    explored = ours.get("explored", [])
    corpora = [name for name in (explored[0] if explored else {}) if name not in ("tried", "fold")]
    rows = [[line["tried"], line["fold"], *(_percent(line[corpus]) for corpus in corpora)] for line in explored]
    text = "UAR on unheard speakers; one training each. Empty: other folds then, or no speaker in that one.\n\n"
    return text + _table(("tried", "fold", *corpora), rows)


def _ablations(ours: Mapping[str, Any]) -> str:
    ablations = ours.get("ablations", [])
    corpora = [name for name in (ablations[0] if ablations else {}) if name != "ablation"]
    rows = [[line["ablation"], *(_percent(line[corpus]) for corpus in corpora)] for line in ablations]
    text = "UAR on the first fold after a short training (four epochs), each ablation taken away alone; one training "
    text += "each. The last row is the shipped settings with another seed: what differs by no more says little.\n\n"
    return text + _table(("ablation", *corpora), rows)


def _features(figures: Mapping[str, Any]) -> str:
    features = figures.get("seed_cnn", {}).get("features", [])
    rows = [
        [line["feature"], str(line["n"]), _percent(line["alone_uar"]), _percent(line["without_uar"])]
        for line in features
    ]
    text = "The 162 time averages, by logistic regression on unheard RAVDESS speakers (UAR).\n\n"
    return text + _table(("feature", "numbers", "alone", "all but it"), rows)
