"""The scale of the live spectrogram."""

from __future__ import annotations

from ui.live.live_charts import mel_ticks


def test_higher_frequencies_are_higher_up() -> None:
    shares = [share for share, _ in mel_ticks()]
    assert [text for _, text in mel_ticks()] == ["200 Hz", "1,000 Hz", "4,000 Hz"]
    assert shares == sorted(shares)
    # Mel bands are narrow at low frequencies: 1,000 of 8,000 Hz is a third of the way up.
    assert 0.3 < shares[1] < 0.4
