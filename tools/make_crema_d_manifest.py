"""Choose 60 CREMA-D clips for the sample library and write ``samples/crema_d_manifest.csv``.

From the corpus's official tables alone: no recording is read or copied. The same tables give the same rows.

Each emotion gets ten clips, five of women and five of men. Clips come in groups of one actor and one
sentence, most in two or three emotions, so that a page can compare them. A group is taken for how well the
listeners who only heard its clips recognised them, and for an age and a sentence not yet heard. No two clips
chosen share sex, age and emotion, which is what a visitor reads in the list. Recordings in the ``--keep``
folder are in whatever listeners made of them: only their names count.

Usage::

    python tools/make_crema_d_manifest.py path/to/CREMA-D --keep path/to/CREMA-D/AudioWAV
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

MANIFEST = Path(__file__).resolve().parents[1] / "samples" / "crema_d_manifest.csv"

EMOTIONS = {"ANG": "angry", "DIS": "disgust", "FEA": "fear", "HAP": "happy", "NEU": "neutral", "SAD": "sad"}
VOTE_COLUMNS = {"A": "angry", "D": "disgust", "F": "fear", "H": "happy", "N": "neutral", "S": "sad"}

# The final checks of the models listen to these actors, so nobody gets to know their voices here.
HELD_OUT_ACTORS = frozenset({"1001", "1002", "1003", "1068", "1070", "1074", "1091"})
# No audio, a minute with several emotions, and three pairs of identical recordings under two labels.
BROKEN_CLIPS = frozenset(
    {
        "1076_MTI_SAD_XX",
        "1064_IEO_DIS_MD",
        "1006_TIE_HAP_XX",
        "1006_TIE_NEU_XX",
        "1013_WSI_DIS_XX",
        "1013_WSI_SAD_XX",
        "1017_IWW_ANG_XX",
        "1017_IWW_FEA_XX",
    }
)

CLIPS_PER_EMOTION_AND_SEX = 5
CLIPS_PER_GROUP = 3
LEAST_VOTES = 8
LEAST_SHARE = 0.6
# What an age band or a sentence heard once already costs a group, in shares of listeners.
REPEAT_COST = 0.15


@dataclass(frozen=True)
class Clip:
    """One official recording and what the tables say about it."""

    name: str
    n_bytes: int
    sha256: str
    sex: str
    age_years: int
    votes: dict[str, int]

    @property
    def speaker(self) -> str:
        """The actor's number."""
        return self.name.split("_")[0]

    @property
    def sentence(self) -> str:
        """The sentence's code."""
        return self.name.split("_")[1]

    @property
    def emotion(self) -> str:
        """The emotion that the actor was asked for."""
        return EMOTIONS[self.name.split("_")[2]]

    @property
    def share(self) -> float:
        """The share of audio-only listeners who chose that emotion."""
        return self.votes[self.emotion] / sum(self.votes.values())

    @property
    def as_listed(self) -> tuple[str, int, str]:
        """What tells the clip from others in a list: sex, age and emotion."""
        return self.sex, self.age_years, self.emotion


def read_clips(folder: Path) -> list[Clip]:
    """Read the official tables.

    Parameters
    ----------
    folder : Path
        Holds ``audio_wav_sha256.tsv``, ``VideoDemographics.csv`` and ``tabulatedVotes.csv``.

    Returns
    -------
    list of Clip
        Every usable recording, by name.
    """
    with (folder / "VideoDemographics.csv").open(newline="", encoding="utf-8") as file:
        actors = {row["ActorID"]: (row["Sex"].lower(), int(row["Age"])) for row in csv.DictReader(file)}
    with (folder / "tabulatedVotes.csv").open(newline="", encoding="utf-8") as file:
        # Row numbers from 200000 on are votes of people who saw the face, alone or with the voice.
        votes = {
            row["fileName"]: {label: int(row[column]) for column, label in VOTE_COLUMNS.items()}
            for row in csv.DictReader(file)
            if int(row[""]) < 200_000
        }
    clips = []
    with (folder / "audio_wav_sha256.tsv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            name = Path(row["path"]).stem
            actor = name.split("_")[0]
            if actor not in HELD_OUT_ACTORS and name not in BROKEN_CLIPS:
                clips.append(Clip(name, int(row["bytes"]), row["sha256"], *actors[actor], votes[name]))
    return sorted(clips, key=lambda clip: clip.name)


def choose(clips: Iterable[Clip], keep: frozenset[str]) -> list[Clip]:
    """Choose the clips of the manifest.

    Parameters
    ----------
    clips : iterable of Clip
        What there is to choose from, by name.
    keep : frozenset of str
        Names that are in at any rate.

    Returns
    -------
    list of Clip
        At most ``CLIPS_PER_EMOTION_AND_SEX`` of each emotion and sex, by name.
    """
    clips = list(clips)
    chosen = [clip for clip in clips if clip.name in keep]
    good = [clip for clip in clips if sum(clip.votes.values()) >= LEAST_VOTES and clip.share >= LEAST_SHARE]
    # Companions for the clips kept come first, so that these too can be compared.
    for clip in list(chosen):
        chosen += _fitting([c for c in good if _group(c) == _group(clip)], chosen)[: CLIPS_PER_GROUP - 1]
    while best := _best_group(good, chosen):
        chosen += best
    return sorted(chosen, key=lambda clip: clip.name)


def _group(clip: Clip) -> tuple[str, str]:
    return clip.speaker, clip.sentence


def _fitting(candidates: Iterable[Clip], chosen: list[Clip]) -> list[Clip]:
    """Return one clip an emotion that there is still room for, the best recognised first."""
    room = Counter((clip.emotion, clip.sex) for clip in chosen)
    listed = {clip.as_listed for clip in chosen}
    fitting: list[Clip] = []
    for clip in sorted(candidates, key=lambda clip: (-clip.share, clip.name)):
        if room[clip.emotion, clip.sex] < CLIPS_PER_EMOTION_AND_SEX and clip.as_listed not in listed:
            fitting.append(clip)
            listed.add(clip.as_listed)
    return fitting


def _best_group(good: list[Clip], chosen: list[Clip]) -> list[Clip]:
    """Return the clips of the best actor and sentence still to be had; none when nothing more fits."""
    heard = {clip.speaker for clip in chosen}
    bands = Counter(_age_band(clip) for clip in {clip.speaker: clip for clip in chosen}.values())
    sentences = Counter(sentence for _, sentence in {_group(clip) for clip in chosen})
    best: list[Clip] = []
    best_score = 0.0
    for (speaker, sentence), members in groupby(sorted(good, key=_group), key=_group):
        if speaker in heard:
            continue
        group = _fitting(members, chosen)[:CLIPS_PER_GROUP]
        if not group:
            continue
        repeats = bands[_age_band(group[0])] + sentences[sentence]
        score = sum(clip.share for clip in group) - REPEAT_COST * repeats
        if not best or score > best_score:
            best, best_score = group, score
    return best


def _age_band(clip: Clip) -> int:
    return clip.age_years // 10


def write_manifest(clips: Iterable[Clip], path: Path) -> None:
    """Write the manifest.

    Parameters
    ----------
    clips : iterable of Clip
        Its rows.
    path : Path
        Where it goes.
    """
    fields = ["path", "bytes", "sha256", "emotion", "speaker", "sex", "age_years", "sentence"]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*fields, *(f"votes_{label}" for label in EMOTIONS.values())])
        for clip in clips:
            about = [clip.emotion, clip.speaker, clip.sex, clip.age_years, clip.sentence]
            votes = [clip.votes[label] for label in EMOTIONS.values()]
            writer.writerow([f"AudioWAV/{clip.name}.wav", clip.n_bytes, clip.sha256, *about, *votes])


def main() -> None:
    """Read the tables, choose, write."""
    parser = argparse.ArgumentParser(description="Choose the CREMA-D clips of the sample library.")
    parser.add_argument("tables", type=Path, help="folder with CREMA-D's official tables")
    parser.add_argument("--keep", type=Path, help="folder of recordings that must be in")
    arguments = parser.parse_args()
    keep = frozenset(path.stem for path in arguments.keep.glob("*.wav")) if arguments.keep else frozenset()
    clips = choose(read_clips(arguments.tables), keep)
    write_manifest(clips, MANIFEST)
    print(f"{len(clips)} clips of {len({clip.speaker for clip in clips})} actors")


if __name__ == "__main__":
    main()
