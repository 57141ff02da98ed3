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
# misspellings, German, Spanish, French, Italian, Polish, and the commonest of Portuguese and Dutch. In lower case,
# without accents, with _ between two words. Words that are also names or everyday words ("content", "Serena", "Bose")
# are not here: they would give wrong labels. Add a word here; ``ser words`` prints the table.
WORDS: dict[str, str] = {
    "angry": (
        "anger ang angrily mad furious rage irritated wut wutend wuetend arger aerger argerlich aergerlich "
        "verargert veraergert zorn zornig ira rabia enfado enojo enojado enojada enfadado enfadada furioso "
        "furiosa irritado irritada raiva colere fache fachee furieux furieuse enerve enervee rabbia collera "
        "arrabbiato arrabbiata rabbioso zlosc gniew zdenerwowany zdenerwowana wsciekly wsciekla wscieklosc boos "
        "woedend"
    ),
    "calm": (
        "calmness calmly relaxed ruhig ruhe gelassen gelassenheit entspannt tranquilo tranquila tranquilidad "
        "calmado calmada relajado relajada calme tranquille serein sereine serenite calma calmo sereno serenita "
        "rilassato rilassata spokoj spokojny spokojna spokojnie kalm"
    ),
    "disgust": (
        "disgusted dis disgusting ekel angeekelt eklig angewidert abscheu asco asqueado asqueada repugnancia nojo "
        "degout degoute degoutee ecoeure ecoeurement disgusto disgustato disgustata ribrezzo wstret obrzydzenie "
        "obrzydzony zniesmaczony zniesmaczona odraza walging"
    ),
    "fear": (
        "fearful afraid fea scared frightened terrified terror angst angstlich aengstlich furcht verangstigt "
        "veraengstigt miedo temor asustado asustada medo peur crainte effraye effrayee apeure apeuree paura "
        "timore spaventato spaventata impaurito impaurita strach lek przestraszony przestraszona przerazony "
        "przerazona przerazenie angstig"
    ),
    "happy": (
        "happiness hapiness happily joy joyful hap freude freudig froh frohlich froehlich frohlichkeit "
        "froehlichkeit heiter glucklich gluecklich alegria alegre feliz felicidad felicidade contento contenta "
        "joie joyeux joyeuse heureux heureuse bonheur gioia gioioso felice felici felicita allegria radosc "
        "radosny radosna wesoly wesola szczescie szczesliwy szczesliwa blij"
    ),
    "neutral": ("neu neutrality neutro neutra neutre neutrale neutralny neutralna neutralnosc neutraal"),
    "sad": (
        "sadness sadly sorrow sorrowful unhappy trauer traurig traurigkeit betrubt betruebt triste tristes tristi "
        "tristeza tristesse malheureux malheureuse tristezza smutek smutny smutna verdrietig"
    ),
    "surprise": (
        "surprised suprise suprised surprized pleasant_surprise pleasant_surprised ps astonished astonishment "
        "ueberraschung uberraschung ueberrascht uberrascht erstaunt erstaunen sorpresa sorprendido sorprendida "
        "surpresa surpris etonne etonnee etonnement sorpreso sorpresi stupito stupita stupore zaskoczenie "
        "zaskoczony zaskoczona zdziwienie zdziwiony zdziwiona verrast verrassing"
    ),
}

SYNONYMS: dict[str, str] = {word: label for label, words in WORDS.items() for word in words.split()}

# Words for feelings that have no counterpart among the eight emotions, in the same languages. Recordings with them are
# left out.
WITHOUT_COUNTERPART = frozenset(
    (
        *(
            "boredom",
            "bored",
            "boring",
            "langeweile",
            "langweilig",
            "gelangweilt",
            "aburrimiento",
            "aburrido",
            "aburrida",
        ),
        *(
            "ennui",
            "ennuye",
            "ennuyee",
            "ennuyeux",
            "noia",
            "annoiato",
            "annoiata",
            "noioso",
            "nuda",
            "znudzony",
            "znudzona",
        ),
        *("contempt", "contemptuous", "verachtung", "verachtlich", "veraechtlich", "desprecio", "mepris", "disprezzo"),
        *("pogarda", "excited", "excitement", "aufgeregt", "aufregung", "begeistert", "begeisterung", "emocionado"),
        *("emocionada", "entusiasmo", "excite", "excitee", "enthousiasme", "eccitato", "eccitata", "podekscytowany"),
        *("podekscytowana", "frustrated", "frustration", "frustriert", "frustrado", "frustrada", "frustre", "frustree"),
        *(
            "frustrato",
            "frustrata",
            "frustrazione",
            "sfrustrowany",
            "sfrustrowana",
            "frustracja",
            "confused",
            "confusion",
        ),
        *("verwirrt", "confundido", "confundida", "confus", "confuse", "confuso", "amused", "amusement", "sleepy"),
        *(
            "sleepiness",
            "tired",
            "tiredness",
            "mude",
            "muede",
            "mudigkeit",
            "muedigkeit",
            "cansado",
            "cansada",
            "fatigue",
        ),
        *("fatiguee", "stanco", "stanca", "zmeczony", "zmeczona", "anxious", "anxiety", "apologetic", "assertive"),
        *("concerned", "encouraging", "enthusiastic", "pensive", "proud", "pride", "shame", "worried"),
    )
)

# "not_angry" is not "angry".
NEGATIONS = frozenset(("not", "non", "nicht", "kein", "keine", "pas", "nie", "niet"))

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
