"""The sample library: clips to try the app with, from the best available source. May import ``corpora``."""

from ser_core.samples.library import SampleLibrary, open_library
from ser_core.samples.sample import Sample
from ser_core.samples.settings import SampleSettings

__all__ = ["Sample", "SampleLibrary", "SampleSettings", "open_library"]
