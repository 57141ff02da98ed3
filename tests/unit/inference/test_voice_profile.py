"""A voice profile: a sum and a count, shrunk towards nothing while they are small."""

from __future__ import annotations

import numpy as np
import pytest

from ser_core.inference.voice_profile import VoiceProfile

VOICE = np.array([1.0, -2.0])


@pytest.mark.parametrize(("n_clips", "share"), [(1, 1 / 3), (2, 1 / 2), (10, 10 / 12)])
def test_few_clips_count_little(n_clips: int, share: float) -> None:
    np.testing.assert_allclose(VoiceProfile.of(*[VOICE] * n_clips).reference(), share * VOICE, rtol=1e-6)


def test_a_profile_grows_clip_by_clip() -> None:
    grown = VoiceProfile.of(VOICE).with_clip(3.0 * VOICE)
    at_once = VoiceProfile.of(VOICE, 3.0 * VOICE)
    assert grown.n_clips == at_once.n_clips == 2.0
    np.testing.assert_array_equal(grown.total, at_once.total)


def test_a_profile_that_forgets_follows_the_newest_clips() -> None:
    profile = VoiceProfile.of(-VOICE)
    for _ in range(50):
        profile = profile.with_clip(VOICE, earlier_weight=0.8)
    # The weights are a geometric series: 1 / (1 - 0.8) clips.
    assert profile.n_clips == pytest.approx(5.0, abs=1e-3)
    np.testing.assert_allclose(profile.reference(), 5.0 / 7.0 * VOICE, rtol=1e-3)
