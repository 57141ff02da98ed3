"""The sample library, from the best available source."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from ser_core.errors import CorpusError, SampleError
from ser_core.samples.computer_voices import ComputerVoices
from ser_core.samples.crema_d import CremaD
from ser_core.samples.manifest import Listing, read_manifest
from ser_core.samples.mirrors import Mirrors
from ser_core.samples.sample import Sample, SampleSource, with_distinct_titles
from ser_core.samples.settings import SampleSettings

# The agreement that is assumed for a recording without votes.
_UNKNOWN_AGREEMENT = 0.5
# Each emotion has a woman's and a man's computer voice. The network finds these emotions possible only in the man's.
_CLEARER_MEN = frozenset(f"computer/{emotion}_male" for emotion in ("angry", "happy", "sad", "surprise"))


class SampleLibrary:
    """All samples, with their audio.

    Parameters
    ----------
    sources : sequence of SampleSource
        Sources of clips, in the order of the list.

    Attributes
    ----------
    samples : tuple of Sample
        All samples, in the order of their sources.
    summary : str
        One plain sentence about the sources of the samples.
    """

    def __init__(self, sources: Sequence[SampleSource]) -> None:
        self._source_of = {sample.sample_id: source for source in sources for sample in source.samples}
        self.samples = with_distinct_titles(sample for source in sources for sample in source.samples)
        self.summary = f"The samples are {', and '.join(source.description for source in sources)}."

    def available_first(self) -> tuple[Sample, ...]:
        """Return all samples, those last that cannot be loaded at the moment.

        Returns
        -------
        tuple of Sample
            The order of ``samples``, except for clips whose sources failed a moment ago.
        """
        return tuple(sorted(self.samples, key=lambda sample: not self.is_available(sample)))

    def is_available(self, sample: Sample) -> bool:
        """Return False for a sample that cannot be loaded at the moment, as far as this is known without a request.

        Parameters
        ----------
        sample : Sample
            One of ``samples``.
        """
        return self._source_of[sample.sample_id].is_available(sample)

    def clearest(self, emotion: str, *, at_hand: bool = True) -> Sample | None:
        """Return the clip of an emotion that is best to begin with.

        A recording of a person is preferred to a computer voice. Among recordings, the one with the largest share of
        votes for the intended emotion is taken; a recording without votes counts as one with a share of one half. Among
        computer voices, one is preferred in which the network finds the intended emotion possible.

        Parameters
        ----------
        emotion : str
            One of ``ser_core.emotions.LABELS``.
        at_hand : bool
            Whether to leave out clips that must be fetched from another machine.

        Returns
        -------
        Sample or None
            None if there is no clip of this emotion.
        """
        samples = [sample for sample in self.samples if sample.emotion == emotion]
        if at_hand:
            samples = [sample for sample in samples if self._source_of[sample.sample_id].is_at_hand(sample)]
        return max(samples, key=_clarity, default=None)

    def load(self, sample: Sample) -> bytes:
        """Return a sample's audio file. Safe to call from several threads.

        Parameters
        ----------
        sample : Sample
            One of ``samples``.

        Returns
        -------
        bytes
            A sound file: WAV, or the format of the file in the data folder.

        Raises
        ------
        SampleError
            If the clip is not in this library or cannot be loaded. Other samples are not affected.
        """
        source = self._source_of.get(sample.sample_id)
        if source is None:
            raise SampleError(
                "This clip is no longer among the samples",
                expected="a clip that the list of samples shows now",
                advice="Choose a clip from the list again",
            )
        return source.load(sample)


def _clarity(sample: Sample) -> tuple[bool, float]:
    if sample.origin == "computer":
        return False, float(sample.sample_id in _CLEARER_MEN)
    if not sample.votes or sample.emotion is None:
        return True, _UNKNOWN_AGREEMENT
    return True, sample.votes.get(sample.emotion, 0) / sum(sample.votes.values())


def open_library(settings: SampleSettings) -> SampleLibrary:
    """Open the library: recordings of the data folder or else CREMA-D's files, and the computer voices.

    No request is made before a clip is loaded.

    Parameters
    ----------
    settings : SampleSettings
        Sources, folders and time limits.

    Returns
    -------
    SampleLibrary

    Raises
    ------
    SampleError
        If the samples that come with the app are missing or damaged.
    """
    recordings = _recordings(settings)
    voices = ComputerVoices(settings.samples_dir / "computer_voices")
    return SampleLibrary([recordings, voices] if recordings else [voices])


def open_crema_d(settings: SampleSettings) -> CremaD | None:
    """Return the clips of CREMA-D that can be fetched; None where fetching is turned off.

    Parameters
    ----------
    settings : SampleSettings
        Sources, folders and time limits.

    Returns
    -------
    CremaD or None

    Raises
    ------
    SampleError
        If the manifest is missing or damaged.
    """
    return _crema_d(settings, _read_listings(settings))


def _recordings(settings: SampleSettings) -> SampleSource | None:
    listings = _read_listings(settings)
    if settings.data_dir is not None:
        # Imported here: pandas, which the corpora need, takes a second to import.
        from ser_core.samples.corpus_folder import CorpusFolder

        # A data folder without playable recordings is no error: CREMA-D's files are the next source.
        with suppress(CorpusError):
            return CorpusFolder(settings.data_dir, listings)
    return _crema_d(settings, listings)


def _read_listings(settings: SampleSettings) -> tuple[Listing, ...]:
    return read_manifest(settings.samples_dir / "crema_d_manifest.csv")


def _crema_d(settings: SampleSettings, listings: tuple[Listing, ...]) -> CremaD | None:
    if not settings.base_urls:
        return None
    mirrors = Mirrors(settings.base_urls, settings.timeout_s, settings.pause_s)
    return CremaD(listings, mirrors, settings.cache_dir)
