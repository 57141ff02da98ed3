"""The one sample library, from the best source at hand."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from ser_core.errors import CorpusError, SampleError
from ser_core.samples.computer_voices import ComputerVoices
from ser_core.samples.crema_d import CremaD
from ser_core.samples.fetching import Fetcher
from ser_core.samples.manifest import read_manifest
from ser_core.samples.sample import Sample, SampleSource, with_distinct_titles
from ser_core.samples.settings import SampleSettings


class SampleLibrary:
    """Every sample there is to choose from, and their audio.

    Parameters
    ----------
    sources : sequence of SampleSource
        In the order of the list.

    Attributes
    ----------
    samples : tuple of Sample
        What there is to choose from.
    summary : str
        One plain sentence: where the samples come from.
    """

    def __init__(self, sources: Sequence[SampleSource]) -> None:
        self._source_of = {sample.sample_id: source for source in sources for sample in source.samples}
        self.samples = with_distinct_titles(sample for source in sources for sample in source.samples)
        self.summary = f"The samples are {', and '.join(source.description for source in sources)}."

    def load(self, sample: Sample) -> bytes:
        """Return a sample's audio file. Safe to call from several threads.

        Parameters
        ----------
        sample : Sample
            One of ``samples``.

        Returns
        -------
        bytes
            A sound file: WAV, or whatever format the data folder holds.

        Raises
        ------
        SampleError
            If the clip is not in this library or cannot be had; every other sample can be loaded as before.
        """
        source = self._source_of.get(sample.sample_id)
        if source is None:
            raise SampleError(
                "This clip is no longer among the samples",
                expected="The samples are the ones that the list shows now",
                advice="Choose a clip from the list again",
            )
        return source.load(sample)


def open_library(settings: SampleSettings) -> SampleLibrary:
    """Open the library: the data folder if it holds recordings, else CREMA-D's files; computer voices always.

    Nothing is fetched and no server is asked for anything before a clip is loaded.

    Parameters
    ----------
    settings : SampleSettings
        Where to look.

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


def _recordings(settings: SampleSettings) -> SampleSource | None:
    listings = read_manifest(settings.samples_dir / "crema_d_manifest.csv")
    if settings.data_dir is not None:
        # Pandas, which the corpora need, takes a second to import.
        from ser_core.samples.corpus_folder import CorpusFolder

        # A folder with nothing to play is no reason to stop: the next best source it is.
        with suppress(CorpusError):
            return CorpusFolder(settings.data_dir, listings)
    if settings.base_url is None:
        return None
    fetcher = Fetcher(settings.timeout_s, settings.pause_s)
    return CremaD(listings, base_url=settings.base_url, cache_dir=settings.cache_dir, fetcher=fetcher)
