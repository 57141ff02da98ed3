"""Example file names of every corpus with their labels, and short forms of what a scan returns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ser_core.corpora import Inventory

ACTOR_07 = "Ravdess/audio_speech_actors_01-24/Actor_07"
ACTOR_12 = "Ravdess/audio_speech_actors_01-24/Actor_12"

# path -> corpus, speaker, sex, emotion, sentence, intensity
KAGGLE = {
    "Crema/1001_DFA_ANG_XX.wav": ("CREMA-D", "CREMA-D-1001", "male", "angry", "DFA", "unspecified"),
    "Crema/1002_IEO_DIS_LO.wav": ("CREMA-D", "CREMA-D-1002", "female", "disgust", "IEO", "low"),
    "Crema/1015_IEO_FEA_MD.wav": ("CREMA-D", "CREMA-D-1015", "male", "fear", "IEO", "medium"),
    "Crema/1091_IEO_HAP_HI.wav": ("CREMA-D", "CREMA-D-1091", "female", "happy", "IEO", "high"),
    "Crema/1040_ITH_SAD_X.wav": ("CREMA-D", "CREMA-D-1040", "male", "sad", "ITH", "unspecified"),
    "Crema/1006_TIE_SAD_XX.wav": ("CREMA-D", "CREMA-D-1006", "female", "sad", "TIE", "unspecified"),
    "Crema/1064_IEO_DIS_HI.wav": ("CREMA-D", "CREMA-D-1064", "male", "disgust", "IEO", "high"),
    "Crema/1076_MTI_NEU_XX.wav": ("CREMA-D", "CREMA-D-1076", "female", "neutral", "MTI", "unspecified"),
    f"{ACTOR_07}/03-01-01-01-01-01-07.wav": ("RAVDESS", "RAVDESS-07", "male", "neutral", "01", "normal"),
    f"{ACTOR_07}/03-01-02-02-02-01-07.wav": ("RAVDESS", "RAVDESS-07", "male", "calm", "02", "strong"),
    f"{ACTOR_07}/03-01-03-01-02-01-07.wav": ("RAVDESS", "RAVDESS-07", "male", "happy", "02", "normal"),
    f"{ACTOR_12}/03-01-04-02-01-02-12.wav": ("RAVDESS", "RAVDESS-12", "female", "sad", "01", "strong"),
    f"{ACTOR_12}/03-01-05-01-02-02-12.wav": ("RAVDESS", "RAVDESS-12", "female", "angry", "02", "normal"),
    f"{ACTOR_12}/03-01-06-01-02-02-12.wav": ("RAVDESS", "RAVDESS-12", "female", "fear", "02", "normal"),
    f"{ACTOR_12}/03-01-07-01-02-02-12.wav": ("RAVDESS", "RAVDESS-12", "female", "disgust", "02", "normal"),
    f"{ACTOR_12}/03-01-08-01-02-02-12.wav": ("RAVDESS", "RAVDESS-12", "female", "surprise", "02", "normal"),
    "Savee/DC_a01.wav": ("SAVEE", "SAVEE-DC", "male", "angry", "a01", "unspecified"),
    "Savee/DC_d02.wav": ("SAVEE", "SAVEE-DC", "male", "disgust", "d02", "unspecified"),
    "Savee/JE_f03.wav": ("SAVEE", "SAVEE-JE", "male", "fear", "f03", "unspecified"),
    "Savee/JK_h15.wav": ("SAVEE", "SAVEE-JK", "male", "happy", "h15", "unspecified"),
    "Savee/KL_n30.wav": ("SAVEE", "SAVEE-KL", "male", "neutral", "n30", "unspecified"),
    "Savee/KL_sa05.wav": ("SAVEE", "SAVEE-KL", "male", "sad", "sa05", "unspecified"),
    "Savee/KL_su05.wav": ("SAVEE", "SAVEE-KL", "male", "surprise", "su05", "unspecified"),
    "Tess/OAF_angry/OAF_bar_angry.wav": ("TESS", "TESS-OAF", "female", "angry", "bar", "unspecified"),
    "Tess/OAF_Fear/OAF_food_fear.wav": ("TESS", "TESS-OAF", "female", "fear", "food", "unspecified"),
    "Tess/OAF_neutral/OA_bite_neutral.wav": ("TESS", "TESS-OAF", "female", "neutral", "bite", "unspecified"),
    "Tess/OAF_Pleasant_surprise/OAF_dab_ps.wav": (
        "TESS", "TESS-OAF", "female", "surprise", "dab", "unspecified",
    ),
    "Tess/YAF_pleasant_surprised/YAF_dab_ps.wav": (
        "TESS", "TESS-YAF", "female", "surprise", "dab", "unspecified",
    ),
    "Tess/YAF_disgust/YAF_back_disgust.wav": (
        "TESS", "TESS-YAF", "female", "disgust", "back", "unspecified",
    ),
    "Tess/YAF_happy/YAF_back_happy.wav": ("TESS", "TESS-YAF", "female", "happy", "back", "unspecified"),
    "Tess/YAF_sad/YAF_back_sad.wav": ("TESS", "TESS-YAF", "female", "sad", "back", "unspecified"),
}  # fmt: skip
OTHER_CORPORA = {
    "song/03-02-06-01-02-02-08.opus": ("RAVDESS song", "RAVDESS-08", "female", "fear", "02", "normal"),
    "nEMO/samples/WR0_anger_48.opus": ("nEMO", "nEMO-WR0", "male", "angry", "48", "unspecified"),
    "nEMO/samples/KD0_happiness_9.opus": ("nEMO", "nEMO-KD0", "female", "happy", "9", "unspecified"),
    "nEMO/samples/SM0_sadness_1.opus": ("nEMO", "nEMO-SM0", "male", "sad", "1", "unspecified"),
    "nEMO/samples/EB0_surprised_79.opus": ("nEMO", "nEMO-EB0", "female", "surprise", "79", "unspecified"),
    "nEMO/samples/AA0_neutral_1.opus": ("nEMO", "nEMO-AA0", "unknown", "neutral", "1", "unspecified"),
    "EMOVO/f1/dis-f1-b1.opus": ("EMOVO", "EMOVO-f1", "female", "disgust", "b1", "unspecified"),
    "EMOVO/f1/gio-f1-b2.opus": ("EMOVO", "EMOVO-f1", "female", "happy", "b2", "unspecified"),
    "EMOVO/f2/neu-f2-d1.opus": ("EMOVO", "EMOVO-f2", "female", "neutral", "d1", "unspecified"),
    "EMOVO/m1/pau-m1-l4.opus": ("EMOVO", "EMOVO-m1", "male", "fear", "l4", "unspecified"),
    "EMOVO/m2/rab-m2-n5.opus": ("EMOVO", "EMOVO-m2", "male", "angry", "n5", "unspecified"),
    "EMOVO/m3/sor-m3-n5.opus": ("EMOVO", "EMOVO-m3", "male", "surprise", "n5", "unspecified"),
    "EMOVO/m3/tri-m3-n5.opus": ("EMOVO", "EMOVO-m3", "male", "sad", "n5", "unspecified"),
    "EmoDB/wav/03a01Wa.wav": ("EmoDB", "EmoDB-03", "male", "angry", "a01", "unspecified"),
    "EmoDB/wav/08a02Eb.wav": ("EmoDB", "EmoDB-08", "female", "disgust", "a02", "unspecified"),
    "EmoDB/wav/09b10Aa.wav": ("EmoDB", "EmoDB-09", "female", "fear", "b10", "unspecified"),
    "EmoDB/wav/10b10Fd.wav": ("EmoDB", "EmoDB-10", "male", "happy", "b10", "unspecified"),
    "EmoDB/wav/13a07Nc.wav": ("EmoDB", "EmoDB-13", "female", "neutral", "a07", "unspecified"),
    "EmoDB/wav/16a07Td.wav": ("EmoDB", "EmoDB-16", "female", "sad", "a07", "unspecified"),
}
EXPECTED = {**KAGGLE, **OTHER_CORPORA}

# Makes files under a fresh data folder and returns that folder.
Plant = Callable[..., Path]


def rows(inventory: Inventory) -> dict[str, dict[str, Any]]:
    return {row.pop("path"): row for row in inventory.table.to_dict("records")}


def paths(inventory: Inventory) -> list[str]:
    return inventory.table["path"].tolist()


def reasons(inventory: Inventory) -> dict[str, str]:
    return {skip.path: skip.reason for skip in inventory.skipped}
