"""Select 60 CREMA-D clips for the sample library and write ``samples/crema_d_manifest.csv``.

The corpus' official tables are the only input: no recording is read or copied. The same tables give the same rows.

Each emotion gets ten clips, five of women and five of men. Clips come in groups of one actor and one sentence, most
of them in two or three emotions, so that a page can compare them. The score of a group counts how well listeners who
heard the clips without seeing the face recognised them, and prefers ages and sentences that are not selected yet. No
two selected clips share sex, age and emotion, which are the words of a clip's title. Recordings in the ``--keep``
folder are always selected; only their names are read.

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

# The final checks of the models use these actors, so their voices are not among the samples.
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
# Penalty for each earlier selection of a group's age band or sentence, in shares of listeners.
REPEAT_COST = 0.15


@dataclass(frozen=True)
class Clip:
    """One official recording with its entries in the tables."""

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
        """The share of audio-only listeners who chose the intended emotion."""
        return self.votes[self.emotion] / sum(self.votes.values())

    @property
    def title_fields(self) -> tuple[str, int, str]:
        """The fields that make up the clip's title: sex, age and emotion."""
        return self.sex, self.age_years, self.emotion


def read_clips(folder: Path) -> list[Clip]:
    """Read the official tables.

    Parameters
    ----------
    folder : Path
        Folder with ``audio_wav_sha256.tsv``, ``VideoDemographics.csv`` and ``tabulatedVotes.csv``.

    Returns
    -------
    list of Clip
        Every usable recording, sorted by name.
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


def select_clips(clips: Iterable[Clip], keep: frozenset[str]) -> list[Clip]:
    """Select the clips of the manifest.

    Parameters
    ----------
    clips : iterable of Clip
        The candidates, sorted by name.
    keep : frozenset of str
        Names of clips that are always selected.

    Returns
    -------
    list of Clip
        At most ``CLIPS_PER_EMOTION_AND_SEX`` of each emotion and sex, sorted by name.
    """
    clips = list(clips)
    selected = [clip for clip in clips if clip.name in keep]
    well_recognised = [clip for clip in clips if sum(clip.votes.values()) >= LEAST_VOTES and clip.share >= LEAST_SHARE]
    # The kept clips get companions of the same actor and sentence first, so that they can be compared too.
    for clip_to_keep in list(selected):
        companions = [clip for clip in well_recognised if _group(clip) == _group(clip_to_keep)]
        selected += _fitting_clips(companions, selected)[: CLIPS_PER_GROUP - 1]
    while group := _best_group(well_recognised, selected):
        selected += group
    return sorted(selected, key=lambda clip: clip.name)


def _group(clip: Clip) -> tuple[str, str]:
    return clip.speaker, clip.sentence


def _fitting_clips(candidates: Iterable[Clip], selected: list[Clip]) -> list[Clip]:
    """Return the candidates that the selection has room for, with distinct titles, the best recognised first."""
    n_selected = Counter((clip.emotion, clip.sex) for clip in selected)
    titles = {clip.title_fields for clip in selected}
    fitting: list[Clip] = []
    for clip in sorted(candidates, key=lambda clip: (-clip.share, clip.name)):
        if n_selected[clip.emotion, clip.sex] < CLIPS_PER_EMOTION_AND_SEX and clip.title_fields not in titles:
            fitting.append(clip)
            titles.add(clip.title_fields)
    return fitting


def _best_group(candidates: list[Clip], selected: list[Clip]) -> list[Clip]:
    """Return the clips of the best remaining actor and sentence; empty when no group fits."""
    selected_speakers = {clip.speaker for clip in selected}
    n_of_age_band = Counter(_age_band(clip) for clip in {clip.speaker: clip for clip in selected}.values())
    n_of_sentence = Counter(sentence for _, sentence in {_group(clip) for clip in selected})
    best_group: list[Clip] = []
    best_score = 0.0
    for (speaker, sentence), members in groupby(sorted(candidates, key=_group), key=_group):
        if speaker in selected_speakers:
            continue
        group = _fitting_clips(members, selected)[:CLIPS_PER_GROUP]
        if not group:
            continue
        n_repeats = n_of_age_band[_age_band(group[0])] + n_of_sentence[sentence]
        score = sum(clip.share for clip in group) - REPEAT_COST * n_repeats
        if not best_group or score > best_score:
            best_group, best_score = group, score
    return best_group


def _age_band(clip: Clip) -> int:
    return clip.age_years // 10


def write_manifest(clips: Iterable[Clip], path: Path) -> None:
    """Write the manifest.

    Parameters
    ----------
    clips : iterable of Clip
        The selected clips, one for each row.
    path : Path
        The CSV file to write.
    """
    fields = ["path", "bytes", "sha256", "emotion", "speaker", "sex", "age_years", "sentence"]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*fields, *(f"votes_{label}" for label in EMOTIONS.values())])
        for clip in clips:
            labels = [clip.emotion, clip.speaker, clip.sex, clip.age_years, clip.sentence]
            votes = [clip.votes[label] for label in EMOTIONS.values()]
            writer.writerow([f"AudioWAV/{clip.name}.wav", clip.n_bytes, clip.sha256, *labels, *votes])


def main() -> None:
    """Read the tables, select the clips and write the manifest."""
    parser = argparse.ArgumentParser(description="Select the CREMA-D clips of the sample library.")
    parser.add_argument("tables", type=Path, help="folder with CREMA-D's official tables")
    parser.add_argument("--keep", type=Path, help="folder of recordings that are always selected")
    arguments = parser.parse_args()
    keep = frozenset(path.stem for path in arguments.keep.glob("*.wav")) if arguments.keep else frozenset()
    clips = select_clips(read_clips(arguments.tables), keep)
    write_manifest(clips, MANIFEST)
    print(f"{len(clips)} clips of {len({clip.speaker for clip in clips})} actors")


if __name__ == "__main__":
    main()
