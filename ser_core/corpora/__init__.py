"""Speech corpora: file name -> emotion, speaker, sex, sentence and intensity, in one joint table."""

from ser_core.corpora.fingerprint import fingerprint
from ser_core.corpora.table import CORPORA, KAGGLE_CORPORA, LABELS_OF, Inventory, clip_names, scan
from ser_core.corpora.utterance import Skipped, Utterance

__all__ = [
    "CORPORA",
    "KAGGLE_CORPORA",
    "LABELS_OF",
    "Inventory",
    "Skipped",
    "Utterance",
    "clip_names",
    "fingerprint",
    "scan",
]
