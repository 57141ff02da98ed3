"""The computer voices: made by ``tools/make_voices.py`` and committed, so they are always available."""

from __future__ import annotations

import json
from pathlib import Path

from ser_core.errors import SampleError
from ser_core.samples.sample import SPEAKER_WORDS, Sample, title


class ComputerVoices:
    """The committed computer voices.

    Parameters
    ----------
    folder : Path
        Folder with ``voices.json`` and the clips that it lists.

    Raises
    ------
    SampleError
        If ``voices.json`` is missing or damaged.
    """

    description = "computer voices"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file_names: dict[str, str] = {}
        samples = []
        try:
            table = json.loads((folder / "voices.json").read_text(encoding="utf-8"))
            credit = f"Made with {table['synthesiser']}."
            for clip in table["clips"]:
                sample = Sample(
                    sample_id=f"computer/{Path(clip['path']).stem}",
                    title=title("Computer voice", SPEAKER_WORDS[clip["sex"]].lower(), clip["emotion"]),
                    emotion=clip["emotion"],
                    origin="computer",
                    speaker=f"computer-{clip['voice']}",
                    sex=clip["sex"],
                    age_years=None,
                    sentence=table["sentence"],
                    note="Computer voice, not a person",
                    credit=credit,
                )
                self._file_names[sample.sample_id] = clip["path"]
                samples.append(sample)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise _damaged("The list of computer voices is missing or damaged") from error
        self.samples = tuple(samples)

    def is_available(self, sample: Sample) -> bool:
        """Return True: the files are on this machine."""
        return True

    def is_at_hand(self, sample: Sample) -> bool:
        """Return True: the files are on this machine."""
        return True

    def load(self, sample: Sample) -> bytes:
        """Return the clip as a WAV file.

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
            If the file is missing.
        """
        try:
            return (self._folder / self._file_names[sample.sample_id]).read_bytes()
        except OSError as error:
            raise _damaged("This computer voice is missing") from error


def _damaged(problem: str) -> SampleError:
    return SampleError(
        problem,
        expected="the computer voices that come with the app, in samples/computer_voices",
        advice="Restore that folder, or make it anew with tools/make_voices.py",
    )
