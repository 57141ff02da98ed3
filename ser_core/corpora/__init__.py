"""Speech corpora: one table of all recordings in a data folder, with the labels that their file names carry.

May import ``audio``.
"""

from ser_core.corpora.fingerprint import fingerprint
from ser_core.corpora.inventory import CORPORA, KAGGLE_CORPORA, LABELS_OF, Inventory, clip_names, read_corpus_name, scan
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
    "read_corpus_name",
    "scan",
]
