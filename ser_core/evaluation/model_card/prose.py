"""The text of the model card that holds no figures."""

from __future__ import annotations

from collections.abc import Iterable

INTENDED_USE = """## What it is for
The network recognises which of eight emotions (angry, calm, disgust, fear, happy, neutral, sad, surprise) an acted
voice sounds like to listeners. It is made for showing and teaching how a voice expresses emotion. It names one emotion
only where it is sure, otherwise the two or three that fit, or none.

## What it must not be used for
Do not use it to judge people: hiring, school marks, policing, credit, health, insurance. It measures how something is
said, and not what a person feels. The EU's AI Act, article 5(1)(f), forbids systems that infer the emotions of people
at work and in education; use *features only* there. It is not a lie detector, and it gives no diagnosis.
"""

_NETWORKS = {
    "ser_whisper": """The lower part of a speech recogniser with four small heads. The convolutions and the
first two attention blocks of the encoder of OpenAI's Whisper tiny.en (Radford et al. 2022; MIT licence) read Whisper's
log-mel spectrogram in windows of three seconds. They stay as published. From each of their steps, the *voice profile*
is subtracted: the mean of other recordings of the same voice, shrunk towards zero when they are few. Without a profile,
nothing is subtracted. Four heads follow. They learn from the same clips, but differ in their initial weights and in
what dropout leaves out. Each has dense layers, a convolution over time and attentive statistics pooling. Their logits
are averaged. These 0.7 million parameters are trained here. A profile holds network activations and a count, and no
sound.""",
    "ser_cnn": """A 2-D CNN on log-mel windows of three seconds. Steady noise is subtracted, and each window is
normalised with its own mean and deviation, without its empty bands. Two dilated convolutions over time and attentive
statistics pooling follow. The convolutional part and the first two dense layers start from BYOL-S (Scheidwasser-Clow et
al., "SERAB", ICASSP 2022; MIT licence), which was trained on speech without labels. The convolutional part stays as
published; all layers above it are trained here. Without that file, the same command trains the whole network from
scratch. It takes no voice profile.""",
    "seed_cnn": """The original project's 1-D CNN on 162 averages over time (zero-crossing rate, chroma, MFCC, RMS, mel
spectrogram), trained as it was there. It takes no voice profile.""",
}

DATA = """The networks are trained on RAVDESS speech and song, TESS, CREMA-D, nEMO (Polish) and EMOVO (Italian), and on
SAVEE where the user has it; `seed_cnn` on the corpora of the original project alone. The CREMA-D recordings were
reconstructed from published mel spectrograms: 84 of its 91 actors, with smeared fine detail and without the original
loudness. CREMA-D files that are broken or carry two labels are skipped by name. A label that a corpus lacks is left out
of the loss for its clips, so the network does not learn that the label never occurs. EmoDB is never used for training
or tuning.
"""

PROTOCOL = """Strangers: each corpus in turn is left out of a training, and the network is tested on it. The speech and
the songs of RAVDESS are by the same people, so both are left out together; songs do not count in the mean. A profile of
n clips is made of n other clips of the tested voice, drawn at random, without their emotions; "of one mood" means that
all of them have the same emotion.

New speakers: five folds split the speakers of all corpora: RAVDESS actors 1-4, 5-8, 9-12, 13-16, 17-20; CREMA-D by
actor number modulo 5; the few speakers of the other corpora one after another, so that the two women of TESS are in
different folds.

The number of epochs is fixed beforehand, and the averaged weights of the last epoch are kept: no checkpoint is chosen
by its result on test clips. The shipped network is trained on every speaker.

Calibration: the temperature, the limit from which one emotion is named, and the limit from which an emotion fits are
fitted on predictions for corpora that were left out, each corpus counting the same, songs left out. The figures of a
left-out corpus use a calibration that is fitted on the other ones; the figures of a fold use one that is fitted without
the fold's speakers. One emotion is named from the lowest probability above which 75 % of the answers are right. The
emotions that fit are a split-conformal set (Sadinle, Lei and Wasserman 2019, "Least ambiguous set-valued classifiers
with bounded error levels") that holds the true one in 80 % of the clips. Clips that are compared
with a voice profile have a calibration of their own, fitted on the same clips with profiles of several emotions. If no
corpus was left out of a network's trainings, the calibration is fitted on the other folds.

UAR is the unweighted average recall among the labels of the corpus. Intervals are 95 % bootstrap intervals over
speakers. The ablations were compared on the first fold.
"""

LIMITS = """## Limits
- The speech is acted: mostly North American English, some Polish and Italian. Everyday emotions are quieter and mixed.
- `calm` occurs only in RAVDESS, and `surprise` does not occur in CREMA-D.
- Ages and accents that the corpora lack are not measured. Music, crowds and children's voices are not measured.
- All speakers are actors. How well the network recognises people who are not acting is not known.

## Licence
The weights and tables were computed from corpora whose terms forbid commercial use, so they are for non-commercial
purposes only. RAVDESS: Livingstone and Russo 2018, CC BY-NC-SA 4.0. TESS: Pichora-Fuller and Dupuis 2020, CC BY-NC-ND
4.0. CREMA-D: Cao et al. 2014, ODbL 1.0. nEMO: Christop 2024, CC BY-NC-SA 4.0. EMOVO: Costantini et al. 2014, research.
Whisper and BYOL-S: MIT.
"""


def networks(names: Iterable[str]) -> str:
    """Return the description of each network.

    Parameters
    ----------
    names : iterable of str
        The networks that were measured.
    """
    return "\n".join(f"- **`{name}`**: {_NETWORKS[name]}" for name in names) + "\n\nLiteRT runs all of them.\n"
