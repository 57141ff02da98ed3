"""A small, balanced selection of recordings from the data folder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import zip_longest
from pathlib import Path, PurePosixPath

from ser_core.corpora import Utterance, scan
from ser_core.emotions import BY_LABEL, LABELS
from ser_core.errors import CorpusError, SampleError
from ser_core.samples.manifest import CREMA_D, CREMA_D_CREDIT, Listing
from ser_core.samples.sample import SPEAKER_WORDS, Sample, title

_N_CLIPS = 64
# These corpora have many actors and sentences of everyday length, so their clips come first.
_PREFERRED = (CREMA_D, "RAVDESS")
_SUNG = "RAVDESS song"
_BALANCED_FIELDS = ("sex", "corpus", "speaker")
_STRONG_INTENSITIES = ("strong", "high")

CREDITS = {
    CREMA_D: CREMA_D_CREDIT,
    "RAVDESS": "RAVDESS (Livingstone and Russo, 2018), CC BY-NC-SA 4.0",
    "TESS": "TESS (Pichora-Fuller and Dupuis, 2020), CC BY-NC-ND 4.0",
    "SAVEE": "SAVEE (Haq and Jackson, 2009), free for research",
    "nEMO": "nEMO (Christop, 2024), CC BY-NC-SA 4.0",
    "EMOVO": "EMOVO (Costantini et al., 2014), free for research",
    "EmoDB": "EmoDB (Burkhardt et al., 2005), free for research",
}
_OWN_CREDIT = "A recording from the data folder of this app's host"


class CorpusFolder:
    """About 60 recordings from the data folder, with every emotion, both sexes and several speakers.

    The same folder gives the same selection. Reconstructed recordings and songs are left out.

    Parameters
    ----------
    data_dir : Path
        The folder with the corpora.
    listings : iterable of Listing
        CREMA-D's manifest, which has ages and votes that file names do not have.

    Raises
    ------
    CorpusError
        If the folder holds nothing that can be played as a sample.
    """

    def __init__(self, data_dir: Path, listings: Iterable[Listing]) -> None:
        self._data_dir = data_dir
        listing_of_name = {listing.name: listing for listing in listings}
        utterances = _select(_read_utterances(data_dir))
        if not utterances:
            raise CorpusError(
                "The data folder holds no original recordings of speech",
                expected="original recordings, neither reconstructed nor sung",
                advice="Add a corpus such as RAVDESS to the data folder",
            )
        self._paths = {sample_id_of(utterance.path): utterance.path for utterance in utterances}
        self.samples = tuple(_as_sample(utterance, listing_of_name) for utterance in utterances)
        corpora = sorted({utterance.corpus for utterance in utterances})
        self.description = f"recordings from this app's own data folder ({', '.join(corpora)})"

    def is_available(self, sample: Sample) -> bool:
        """Return True: the files are on this machine."""
        return True

    def is_at_hand(self, sample: Sample) -> bool:
        """Return True: the files are on this machine."""
        return True

    def load(self, sample: Sample) -> bytes:
        """Return the bytes of the recording's file.

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
            If the file can no longer be read.
        """
        try:
            return (self._data_dir / self._paths[sample.sample_id]).read_bytes()
        except OSError as error:
            raise SampleError(
                "This recording cannot be read from the data folder",
                expected="the files that were there when the app started",
                advice="Choose another clip or a computer voice",
            ) from error


def _read_utterances(data_dir: Path) -> list[Utterance]:
    table = scan(data_dir, compare_sound=False).table
    # pandas marks an unknown value with NaN, which is true in a condition. None is not.
    rows = table.astype(object).where(table.notna(), None).to_dict("records")
    return [Utterance(**{str(column): value for column, value in row.items()}) for row in rows]


def _select(utterances: Iterable[Utterance]) -> list[Utterance]:
    usable = [utterance for utterance in utterances if not utterance.reconstructed and utterance.corpus != _SUNG]
    emotions = [label for label in LABELS if any(utterance.emotion == label for utterance in usable)]
    selected = []
    for emotion in emotions:
        candidates = [utterance for utterance in usable if utterance.emotion == emotion]
        preferred = [utterance for utterance in candidates if utterance.corpus in _PREFERRED]
        remaining = [utterance for utterance in candidates if utterance.corpus not in _PREFERRED]
        selected += (_balanced_order(preferred) + _balanced_order(remaining))[: _N_CLIPS // len(emotions)]
    return selected


def _balanced_order(utterances: list[Utterance], fields: tuple[str, ...] = _BALANCED_FIELDS) -> list[Utterance]:
    """Order the clips of one emotion so that any number of clips from the start is balanced.

    Women and men alternate; the clips of one sex alternate between corpora, and those of one corpus between speakers. A
    speaker's clips are sorted by path: so the first clip of a speaker tends to have the same sentence in every emotion,
    which makes the clips good to compare.
    """
    if not fields:
        return sorted(utterances, key=lambda utterance: utterance.path)
    groups: dict[str, list[Utterance]] = defaultdict(list)
    for utterance in utterances:
        groups[getattr(utterance, fields[0]) or ""].append(utterance)
    rounds = zip_longest(*(_balanced_order(groups[value], fields[1:]) for value in sorted(groups)))
    return [utterance for one_round in rounds for utterance in one_round if utterance is not None]


def sample_id_of(path: str) -> str:
    """Return the ``sample_id`` of a recording by its path, relative to the data folder."""
    return f"corpus/{path}"


def _as_sample(utterance: Utterance, listing_of_name: dict[str, Listing]) -> Sample:
    listing = listing_of_name.get(PurePosixPath(utterance.path).stem) if utterance.corpus == CREMA_D else None
    detail = str(listing.age_years) if listing else utterance.speaker
    return Sample(
        sample_id=sample_id_of(utterance.path),
        title=title(SPEAKER_WORDS.get(utterance.sex, "Speaker"), detail, utterance.emotion),
        emotion=utterance.emotion,
        origin="corpus",
        speaker=utterance.speaker,
        sex=utterance.sex,
        age_years=listing.age_years if listing else None,
        sentence=utterance.sentence,
        note=listing.note if listing else _note(utterance),
        credit=CREDITS.get(utterance.corpus, _OWN_CREDIT),
        votes=listing.votes if listing else None,
    )


def _note(utterance: Utterance) -> str:
    if utterance.corpus not in CREDITS:
        return f"Filed under {utterance.emotion} in this app's own data folder"
    strongly = ", strongly" if utterance.intensity in _STRONG_INTENSITIES else ""
    return f"The speaker was asked to sound {BY_LABEL[utterance.emotion].adjective}{strongly}"
