"""Every error that ``ser_core`` raises on purpose.

The tree::

    SerError
    ├── AudioError             a clip cannot be used
    │   ├── AudioTooLargeError     more bytes than the limit
    │   ├── EmptyAudioError        no samples in it
    │   └── UnreadableAudioError   not audio, damaged, or of an unknown kind
    ├── CorpusError            a data folder holds no recordings that we know
    ├── ModelError             a model's files are missing, damaged or do not belong together
    ├── RelayError             a server that relays live sound cannot be had
    ├── SampleError            a sample clip cannot be had
    └── TrainingError          a training cannot start or go on

Each says what was found, what was expected and what to do next, so that a page can show it as it is.
No message carries a visitor's file name or audio.
"""

from __future__ import annotations


class SerError(Exception):
    """The root of the tree: catch this to catch whatever ``ser_core`` raises on purpose.

    Parameters
    ----------
    found : str
        What was found, as a sentence without its full stop: ``"The file is empty"``.
    expected : str
        What was expected instead, in the same form.
    advice : str
        What a person can do next, in the same form.
    """

    def __init__(self, found: str, *, expected: str, advice: str) -> None:
        self.found = found
        self.expected = expected
        self.advice = advice
        super().__init__(f"{found}. {expected}. {advice}.")


class AudioError(SerError):
    """A clip cannot be used."""


class AudioTooLargeError(AudioError):
    """A file holds more bytes than the limit allows."""


class EmptyAudioError(AudioError):
    """A file holds no samples."""


class UnreadableAudioError(AudioError):
    """A file is not audio, is damaged, or is of a kind that cannot be decoded."""


class CorpusError(SerError):
    """A data folder holds no recordings that we know."""


class ModelError(SerError):
    """A model's files are missing, damaged, or do not belong together."""


class RelayError(SerError):
    """A server that relays live sound cannot be had."""


class SampleError(SerError):
    """A sample clip cannot be had."""


class TrainingError(SerError):
    """A training cannot start or go on."""
