"""A small, balanced choice from the corpora in the data folder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import zip_longest
from pathlib import Path, PurePosixPath

from ser_core.corpora import Utterance, scan
from ser_core.emotions import BY_LABEL, LABELS
from ser_core.errors import CorpusError, SampleError
from ser_core.samples.manifest import CREMA_D, CREMA_D_CREDIT, Listing
from ser_core.samples.sample import WHO, Sample, title

_CLIPS = 64
# Many actors each, and sentences of everyday length: these come before all others.
_PREFERRED = (CREMA_D, "RAVDESS")
_SUNG = "RAVDESS song"
_TURNS = ("sex", "corpus", "speaker")
_STRONG = ("strong", "high")

CREDITS = {
    CREMA_D: CREMA_D_CREDIT,
    "RAVDESS": "RAVDESS (Livingstone and Russo, 2018), CC BY-NC-SA 4.0",
    "TESS": "TESS (Pichora-Fuller and Dupuis, 2010), CC BY-NC-ND 4.0",
    "SAVEE": "SAVEE (Haq and Jackson, 2009), free for research",
    "nEMO": "nEMO (Christop, 2024), CC BY-NC-SA 4.0",
    "EMOVO": "EMOVO (Costantini et al., 2014), free for research",
    "EmoDB": "EmoDB (Burkhardt et al., 2005), free for research",
}
_OWN_CREDIT = "A recording from the data folder of whoever runs this app"


class CorpusFolder:
    """About 60 recordings from the data folder: every emotion, both sexes, several speakers.

    The same folder gives the same choice. Reconstructed recordings and songs are never in it.

    Parameters
    ----------
    data_dir : Path
        The folder with the corpora.
    listings : iterable of Listing
        CREMA-D's manifest: what is known of its clips beyond their names.

    Raises
    ------
    CorpusError
        If the folder holds nothing that can be played as a sample.
    """

    def __init__(self, data_dir: Path, listings: Iterable[Listing]) -> None:
        self._data_dir = data_dir
        by_name = {listing.name: listing for listing in listings}
        chosen = _choose(_read_table(data_dir))
        if not chosen:
            raise CorpusError(
                "The data folder holds no original recordings of speech",
                expected="Samples are original recordings, neither reconstructed nor sung",
                advice="Add a corpus such as RAVDESS to the data folder",
            )
        self._paths = {_sample_id(utterance): utterance.path for utterance in chosen}
        self.samples = tuple(_describe(utterance, by_name) for utterance in chosen)
        self.description = (
            f"recordings from this app's own data folder ({', '.join(sorted({u.corpus for u in chosen}))})"
        )

    def load(self, sample: Sample) -> bytes:
        """Return the recording's file as it lies in the folder.

        Parameters
        ----------
        sample : Sample
            One of ``samples``.

        Returns
        -------
        bytes

        Raises
        ------
        SampleError
            If the file cannot be read any more.
        """
        try:
            return (self._data_dir / self._paths[sample.sample_id]).read_bytes()
        except OSError as error:
            raise SampleError(
                "This recording cannot be read from the data folder",
                expected="Files stay where they were when the app started",
                advice="Choose another clip or a computer voice",
            ) from error


def _read_table(data_dir: Path) -> list[Utterance]:
    table = scan(data_dir).table
    # Where nothing is known pandas says "not a number", which an if takes for true.
    known = table.astype(object).where(table.notna(), None)
    return [Utterance(**row) for row in known.to_dict("records")]


def _choose(utterances: Iterable[Utterance]) -> list[Utterance]:
    usable = [u for u in utterances if not u.reconstructed and u.corpus != _SUNG]
    emotions = [label for label in LABELS if any(u.emotion == label for u in usable)]
    chosen = []
    for emotion in emotions:
        fitting = [u for u in usable if u.emotion == emotion]
        preferred = [u for u in fitting if u.corpus in _PREFERRED]
        others = [u for u in fitting if u.corpus not in _PREFERRED]
        chosen += (_in_turns(preferred) + _in_turns(others))[: _CLIPS // len(emotions)]
    return chosen


def _in_turns(utterances: list[Utterance], fields: tuple[str, ...] = _TURNS) -> list[Utterance]:
    """Order clips of one emotion so that any number of the first ones is balanced.

    Women and men take turns, within a sex its corpora, within a corpus its speakers. A speaker's clips come
    by path: so the first of one speaker tends to say the same sentence in every emotion, which makes them
    good to compare.
    """
    if not fields:
        return sorted(utterances, key=lambda u: u.path)
    groups = defaultdict(list)
    for utterance in utterances:
        groups[getattr(utterance, fields[0]) or ""].append(utterance)
    turns = zip_longest(*(_in_turns(groups[value], fields[1:]) for value in sorted(groups)))
    return [utterance for turn in turns for utterance in turn if utterance is not None]


def _sample_id(utterance: Utterance) -> str:
    return f"corpus/{utterance.path}"


def _describe(utterance: Utterance, by_name: dict[str, Listing]) -> Sample:
    listing = by_name.get(PurePosixPath(utterance.path).stem) if utterance.corpus == CREMA_D else None
    detail = str(listing.age_years) if listing else utterance.speaker
    return Sample(
        sample_id=_sample_id(utterance),
        title=title(WHO.get(utterance.sex, "Speaker"), detail, utterance.emotion),
        emotion=utterance.emotion,
        origin="corpus",
        speaker=utterance.speaker,
        sex=utterance.sex,
        age_years=listing.age_years if listing else None,
        sentence=utterance.sentence,
        note=listing.note if listing else _note(utterance),
        credit=CREDITS.get(utterance.corpus, _OWN_CREDIT),
    )


def _note(utterance: Utterance) -> str:
    if utterance.corpus not in CREDITS:
        return f"Filed under {utterance.emotion} in this app's own data folder"
    strongly = ", strongly" if utterance.intensity in _STRONG else ""
    return f"The speaker was asked to sound {BY_LABEL[utterance.emotion].adjective}{strongly}"
