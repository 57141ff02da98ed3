"""Paths of the project's own files."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMPUTER_VOICES = ROOT / "samples" / "computer_voices"
SAD_VOICE = COMPUTER_VOICES / "sad_male.wav"
