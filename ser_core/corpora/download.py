"""Download of the Kaggle set, with Kaggle's own package."""

from __future__ import annotations

from pathlib import Path

from ser_core.errors import CorpusError

KAGGLE_SET = "dmitrybabko/speech-emotion-recognition-en"


def download() -> Path:
    """Download the Kaggle set of CREMA-D, RAVDESS, SAVEE and TESS, or find an earlier download.

    Returns
    -------
    Path
        The folder, as ``--data`` takes it.

    Raises
    ------
    CorpusError
        If Kaggle's package is not installed, or Kaggle cannot be reached or refuses.
    """
    try:
        import kagglehub
    except ModuleNotFoundError as cause:
        raise CorpusError(
            "Kaggle's package is not installed",
            expected="kagglehub, which the app itself does not need",
            advice="Install it with: pip install -r requirements-download.txt",
        ) from cause
    try:
        return Path(kagglehub.dataset_download(KAGGLE_SET))
    # kagglehub passes on the errors of its HTTP library and of Kaggle's responses: they share no other base class.
    except Exception as cause:
        raise CorpusError(
            f"The Kaggle set could not be downloaded ({type(cause).__name__})",
            expected="a network that reaches kaggle.com, and a Kaggle account where it asks for one",
            advice="Try again later, or download the set in a browser and unpack it, as docs/training.md describes",
        ) from cause
