"""Measured values in the text of a lesson: ``{{level_dbfs of computer/angry_female}}`` becomes ``-19.0 dB``.

So no figure is typed by hand: those of sounds are measured when the lesson is read, those of networks and of corpora
come from the committed files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from ser_core.audio.loading import SAMPLE_RATE_HZ, Audio
from ser_core.corpora import LABELS_OF
from ser_core.errors import SerError
from ser_core.features.cue_percentiles import Reference
from ser_core.features.cues import WORDS, Cues, measure_cues
from ser_core.features.extraction import Features, extract_features
from ser_core.lessons.mistakes import mistake
from ser_core.lessons.sounds import load_sound
from ser_core.network_figures import ORIGINAL_CLAIM, new_speaker_figures

_PLACE = re.compile(r"\{\{\s*(.+?)\s*\}\}")
# Full scale of a 16-bit WAV file, the usual way to store samples.
_FULL_SCALE_16_BIT = 32_768


class Values:
    """The values that the text of a lesson can name.

    Parameters
    ----------
    figures : mapping
        The content of ``models/metrics.json``.
    reference : Reference
        The percentiles of the cues in the corpora.
    """

    def __init__(self, figures: Mapping[str, Any], reference: Reference) -> None:
        self._figures = figures
        self._reference = reference
        self._audio: dict[str, Audio] = {}
        self._cues: dict[str, Cues] = {}
        cue = "|".join(WORDS)
        self._readers: list[tuple[re.Pattern[str], Callable[..., str], str]] = [
            (re.compile(pattern), reader, example)
            for pattern, reader, example in (
                (rf"change of ({cue}) from (.+) to (.+)", self._change, "change of pitch_hz from tone/220 to tone/440"),
                (r"duration of (.+)", self._duration, "duration of tone/220"),
                (r"number of samples of (.+)", self._n_samples, "number of samples of tone/220"),
                (r"(\d+) samples of (.+) from ([\d.]+) s", self._samples, "8 samples of tone/220 from 0.5 s"),
                (r"MFCC (\d+) of (.+)", self._mfcc, "MFCC 2 of computer/angry_female"),
                (rf"median ({cue}) of (\w+) in (.+)", self._median, "median level_dbfs of angry in RAVDESS"),
                (r"random split score of (\w+) on (.+)", self._random_split, "random split score of seed_cnn on TESS"),
                (r"new speakers score of (\w+) on (.+)", self._new_speakers, "new speakers score of seed_cnn on TESS"),
                (r"number of speakers of (.+)", self._n_speakers, "number of speakers of TESS"),
                (r"number of clips of (.+)", self._n_clips, "number of clips of TESS"),
                (r"guessing on (.+)", self._guessing, "guessing on TESS"),
                (r"original claim", lambda: f"{ORIGINAL_CLAIM:.0%}", "original claim"),
                (rf"({cue}) of (.+)", self._cue, "level_dbfs of computer/angry_female"),
            )
        ]

    @property
    def examples(self) -> tuple[str, ...]:
        """One example of each form of a value."""
        return tuple(example for _, _, example in self._readers)

    def fill(self, text: str, file_name: str) -> str:
        """Return a text with its values.

        Parameters
        ----------
        text : str
            The content of a lesson file.
        file_name : str
            The file's name, for errors.

        Raises
        ------
        LessonError
            With file and line, if a value is not known.
        """
        return "\n".join(
            _PLACE.sub(lambda match, line=line: self._value(match[1], file_name, line), content)  # type: ignore[misc]
            for line, content in enumerate(text.splitlines(), start=1)
        )

    def cues(self, sound: str) -> Cues:
        """Return the cues of a sound; measured once."""
        if sound not in self._cues:
            self._cues[sound] = measure_cues(self._measure(sound))
        return self._cues[sound]

    def _value(self, name: str, file_name: str, line: int) -> str:
        for pattern, reader, _ in self._readers:
            match = pattern.fullmatch(name)
            if match:
                try:
                    return reader(*match.groups())
                except (LookupError, SerError) as error:
                    raise mistake(
                        file_name,
                        line,
                        f'the value "{name}" cannot be had',
                        "a sound, network, corpus or emotion that there is",
                    ) from error
        raise mistake(
            file_name, line, f'the value "{name}" is not known', f"one of these forms: {'; '.join(self.examples)}"
        )

    def _measure(self, sound: str) -> Features:
        return extract_features(self._load(sound))

    def _load(self, sound: str) -> Audio:
        if sound not in self._audio:
            self._audio[sound] = load_sound(sound)
        return self._audio[sound]

    def _cue(self, cue: str, sound: str) -> str:
        return WORDS[cue].show(getattr(self.cues(sound), cue))

    def _change(self, cue: str, first: str, second: str) -> str:
        return WORDS[cue].compare(getattr(self.cues(first), cue), getattr(self.cues(second), cue))

    def _duration(self, sound: str) -> str:
        return f"{self._load(sound).duration_s:.1f} s"

    def _n_samples(self, sound: str) -> str:
        return f"{len(self._load(sound).samples):,}"

    def _samples(self, number: str, sound: str, from_s: str) -> str:
        first = round(float(from_s) * SAMPLE_RATE_HZ)
        samples = self._load(sound).samples[first : first + int(number)]
        return ", ".join(f"{round(float(sample) * _FULL_SCALE_16_BIT):d}" for sample in samples)

    def _mfcc(self, number: str, sound: str) -> str:
        return f"{self._measure(sound).mfcc[int(number) - 1].mean():.0f}"

    def _median(self, cue: str, emotion: str, corpus: str) -> str:
        return WORDS[cue].show(self._reference.by_emotion(cue, corpus)[emotion].median)

    def _random_split(self, network: str, corpus: str) -> str:
        return f"{self._figures[network]['random_split']['corpora'][corpus]['uar']:.0%}"

    def _new_speakers(self, network: str, corpus: str) -> str:
        return f"{new_speaker_figures(self._figures[network])[corpus]['uar']:.0%}"

    def _n_speakers(self, corpus: str) -> str:
        return str(self._counts(corpus)["n_speakers"])

    def _n_clips(self, corpus: str) -> str:
        return f"{self._counts(corpus)['n']:,}"

    def _counts(self, corpus: str) -> Mapping[str, Any]:
        for results in map(new_speaker_figures, self._figures.values()):
            if corpus in results:
                counts: Mapping[str, Any] = results[corpus]
                return counts
        raise KeyError(corpus)

    def _guessing(self, corpus: str) -> str:
        return f"{1 / len(LABELS_OF[corpus]):.0%}"
