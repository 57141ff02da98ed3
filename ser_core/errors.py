"""All errors that ``ser_core`` raises on purpose.

The class tree::

    SerError
    ├── AudioError             a clip cannot be used
    │   ├── AudioTypeError         an argument is not an Audio
    │   ├── AudioTooLargeError     the file exceeds the size limit
    │   ├── EmptyAudioError        the file has no samples
    │   └── UnreadableAudioError   not audio, damaged, or in an unknown format
    │       ├── UnsupportedCodecError  the container is known, the codec of the sound is not
    │       └── ZipAsAudioError        a ZIP archive where one recording was expected
    ├── ArchiveError           a ZIP archive cannot be opened
    ├── CorpusError            a data folder has no known recordings
    ├── LabelError             labels of recordings cannot be read
    ├── LessonError            the file of a lesson or of the glossary is missing or has a mistake
    ├── ModelError             a model's files are missing, damaged or inconsistent
    ├── RelayError             no relay server for live sound is available
    ├── SampleError            a sample clip is not available
    ├── StorageError           a file cannot be written
    ├── TrainingError          a training cannot start or continue
    └── WorkerError            the processes or machines that share the work cannot go on

Each message has three parts: the problem, what was expected and what to do next. A page can show it unchanged. No
message contains a visitor's file name or audio.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial


class SerError(Exception):
    """Base class of all errors that ``ser_core`` raises on purpose.

    Parameters
    ----------
    problem : str
        What is wrong, as a sentence without its full stop: ``"The file is empty"``.
    expected : str
        What was expected instead, as a noun phrase in lower case: ``"a recording as WAV"``.
    advice : str
        What the user can do next, as a sentence without its full stop: ``"Record it again"``.
    """

    def __init__(self, problem: str, *, expected: str, advice: str) -> None:
        self.problem = problem
        self.expected = expected
        self.advice = advice
        super().__init__(f"{problem}. Expected: {expected}. {advice}.")

    def __reduce__(self) -> tuple[Callable[..., SerError], tuple[str]]:
        # How an error comes back from another process. The default would call the class with the whole message.
        return partial(type(self), expected=self.expected, advice=self.advice), (self.problem,)


class AudioError(SerError):
    """A clip cannot be used."""


class AudioTypeError(AudioError, TypeError):
    """An argument is not an ``Audio``."""


class AudioTooLargeError(AudioError):
    """A file exceeds the size limit."""


class EmptyAudioError(AudioError):
    """A file has no samples."""


class UnreadableAudioError(AudioError):
    """A file is not audio, is damaged, or is in a format that cannot be decoded."""


class UnsupportedCodecError(UnreadableAudioError):
    """The sound of a file is in a codec that cannot be decoded."""


class ZipAsAudioError(UnreadableAudioError):
    """A file is a ZIP archive, which may hold recordings, where one recording was expected."""


class ArchiveError(SerError):
    """A ZIP archive, or a file in it, cannot be used."""


class LabelError(SerError):
    """A table or a pattern that should tell emotion or speaker cannot be used."""


class CorpusError(SerError):
    """A data folder has no known recordings."""


class LessonError(SerError):
    """The file of a lesson or of the glossary is missing or has a mistake."""


class ModelError(SerError):
    """A model's files are missing, damaged or inconsistent."""


class RelayError(SerError):
    """No relay server for live sound is available."""


class SampleError(SerError):
    """A sample clip is not available."""


class StorageError(SerError):
    """A file cannot be written."""


class TrainingError(SerError):
    """A training cannot start or continue."""


class WorkerError(SerError):
    """The processes or machines that share the work cannot go on."""
