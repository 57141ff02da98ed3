"""The spoken sentences behind the sentence codes of the corpora.

Sources: the descriptions of CREMA-D (Cao et al. 2014), RAVDESS (Livingstone and Russo 2018) and TESS (Pichora-Fuller
and Dupuis 2020).
"""

from __future__ import annotations

from ser_core.corpora import crema_d, ravdess, tess

_CREMA_D = {
    "DFA": "Don't forget a jacket",
    "IEO": "It's eleven o'clock",
    "IOM": "I'm on my way to the meeting",
    "ITH": "I think I have a doctor's appointment",
    "ITS": "I think I've seen this before",
    "IWL": "I would like a new alarm clock",
    "IWW": "I wonder what this is about",
    "MTI": "Maybe tomorrow it will be cold",
    "TAI": "The airplane is almost full",
    "TIE": "That is exactly what happened",
    "TSI": "The surface is slick",
    "WSI": "We'll stop in a couple of minutes",
}
_RAVDESS = {"01": "Kids are talking by the door", "02": "Dogs are sitting by the door"}
_TEXTS = {crema_d.CORPUS: _CREMA_D, ravdess.SPEECH: _RAVDESS, ravdess.SONG: _RAVDESS}


def sentence_text(corpus: str, code: str) -> str:
    """Return what is said in a clip.

    Parameters
    ----------
    corpus : str
        Name of the corpus.
    code : str
        The sentence's code in the tables of clips: ``"DFA"``.

    Returns
    -------
    str
        The sentence, or ``"sentence a01"`` where only the code is known.
    """
    if corpus == tess.CORPUS:
        return f"Say the word {code}"
    return _TEXTS.get(corpus, {}).get(code, f"sentence {code}")
