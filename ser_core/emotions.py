"""The eight emotions: order and words.

The order is that of the network's output: position ``i`` of a probability vector belongs to ``LABELS[i]``.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Emotion:
    """One of the eight emotions, with its words.

    Parameters
    ----------
    label : str
        Name in tables, files and the command line: ``"happy"``.
    adjective : str
        Word that completes "sounds like what listeners call ...".
    """

    label: str
    adjective: str


EMOTIONS: tuple[Emotion, ...] = (
    Emotion("angry", "angry"),
    Emotion("calm", "calm"),
    Emotion("disgust", "disgusted"),
    Emotion("fear", "afraid"),
    Emotion("happy", "happy"),
    Emotion("neutral", "neutral"),
    Emotion("sad", "sad"),
    Emotion("surprise", "surprised"),
)

LABELS: tuple[str, ...] = tuple(emotion.label for emotion in EMOTIONS)

BY_LABEL: dict[str, Emotion] = {emotion.label: emotion for emotion in EMOTIONS}

# Words for the same eight emotions in corpora, folders and file names, by label: English with its usual spellings and
# misspellings, German, Spanish, French, Italian and Polish. In lower case, without accents, with _ between two words.
# Add a word here; ``ser words`` prints the table.
WORDS: dict[str, str] = {
    "angry": (
        "anger ang angery mad furious rage irritated wut wutend wuetend arger aerger verargert veraergert ira "
        "enfado enojo enojado enojada enfadado enfadada colere rabbia arrabbiato arrabbiata zlosc gniew zdenerwowany"
    ),
    "calm": "calmness relaxed ruhig gelassen tranquilo tranquila calme calma calmo spokoj spokojny",
    "disgust": "disgusted dis disgusting ekel angeekelt asco degout degoute disgusto disgustato wstret obrzydzenie",
    "fear": "fearful afraid fea scared frightened terrified angst angstlich aengstlich furcht miedo peur "
    "effraye paura spaventato strach lek przestraszony",
    "happy": (
        "happiness hapiness joy joyful hap freude froh frohlich froehlich glucklich gluecklich alegria alegre "
        "feliz felicidad joie heureux gioia felice felicita allegria radosc radosny wesoly szczescie szczesliwy"
    ),
    "neutral": "neu neutrality neutro neutra neutre neutrale neutralny neutralnosc",
    "sad": "sadness unhappy trauer traurig traurigkeit triste tristeza tristesse tristezza smutek smutny",
    "surprise": (
        "surprised suprise suprised surprized pleasant_surprise pleasant_surprised ps ueberraschung "
        "uberraschung ueberrascht uberrascht sorpresa sorprendido sorprendida sorpreso surpris zaskoczenie zaskoczony "
        "zdziwienie"
    ),
}

SYNONYMS: dict[str, str] = {word: label for label, words in WORDS.items() for word in words.split()}

# Words for feelings that have no counterpart among the eight emotions. Recordings with them are left out.
WITHOUT_COUNTERPART = frozenset(
    (
        *("boredom", "bored", "langeweile", "gelangweilt", "noia", "aburrimiento", "ennui", "nuda"),
        *("contempt", "verachtung", "excited", "excitement", "frustrated", "frustration", "confused", "confusion"),
        *("amused", "amusement", "sleepy", "sleepiness", "anxious", "anxiety", "apologetic", "assertive"),
        *("concerned", "encouraging", "enthusiastic", "pensive", "proud", "pride", "shame", "worried"),
    )
)

# Letters that have no accent to remove, and what they are written as.
_LETTERS = str.maketrans({"ł": "l", "ß": "ss", "ø": "o"})


def to_label(word: str) -> str | None:
    """Return the label for an emotion's name in a corpus or a folder.

    Parameters
    ----------
    word : str
        Name of an emotion, in upper or lower case: ``"Happiness"``, ``"ps"``, ``"Wut"``, ``"colère"``.

    Returns
    -------
    str or None
        One of ``LABELS``, or None if the word has no counterpart among them.
    """
    key = word_key(word)
    return key if key in BY_LABEL else SYNONYMS.get(key)


def word_key(word: str) -> str:
    """Return a word as it is written in tables of words: in lower case, without accents, with ``_`` for spaces."""
    letters = unicodedata.normalize("NFKD", word.strip().lower().translate(_LETTERS))
    key = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return key.replace(" ", "_").replace("-", "_")
