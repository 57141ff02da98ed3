"""Chromium without a window, and the file that its microphone plays."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import soundfile
import soxr
from playwright.sync_api import Browser, Playwright, sync_playwright

from ser_core.audio.loading import SAMPLE_RATE_HZ

_PROGRAM_NAMES = ("chromium", "chromium-browser", "google-chrome")
# For each window, Chromium loads the lists that drop down from its address bar: a third of a page's processor time.
_ADDRESS_BAR_LISTS = ("WebUIOmniboxPopup", "WebUIOmniboxAimPopup")
# Playwright turns these off too. Chromium reads the last of several lists only, so this one replaces Playwright's.
_OFF_IN_PLAYWRIGHT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled",
    "PreconnectToSearch",
)  # fmt: skip
_BASE_FLAGS = (
    "--no-sandbox",
    "--autoplay-policy=no-user-gesture-required",
    f"--disable-features={','.join(_OFF_IN_PLAYWRIGHT + _ADDRESS_BAR_LISTS)}",
)
# Chromium reads a microphone file of 48 kHz without resampling it.
_MICROPHONE_RATE_HZ = 48_000


def chromium_path() -> str | None:
    """Return the path of this machine's Chromium, None if there is none."""
    return next(filter(None, map(shutil.which, _PROGRAM_NAMES)), None)


def launch_chromium(
    playwright: Playwright, microphone: Path | str | None = None, *, extra_flags: Sequence[str] = ()
) -> Browser:
    """Start a Chromium without a window.

    Parameters
    ----------
    playwright : Playwright
        A running Playwright.
    microphone : Path, str or None
        A WAV file that the microphone plays in a loop, or once with ``%noloop`` after its name.
    extra_flags : sequence of str
        More words for Chromium's command line.

    Raises
    ------
    RuntimeError
        If this machine has no Chromium.
    """
    path = chromium_path()
    if path is None:
        raise RuntimeError("there is no Chromium on this machine")
    flags = [*_BASE_FLAGS, *extra_flags]
    if microphone:
        flags += ["--use-fake-device-for-media-stream", f"--use-file-for-fake-audio-capture={microphone}"]
    return playwright.chromium.launch(executable_path=path, args=flags)


@contextmanager
def running_chromium(microphone: Path | str | None = None) -> Iterator[Browser]:
    """Start Playwright and one Chromium, and stop both at the end; parameters as in ``launch_chromium``."""
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright, microphone)
        yield browser
        browser.close()


def write_microphone_file(path: Path, samples: np.ndarray) -> Path:
    """Write a WAV file for Chromium's microphone, and return its path.

    Parameters
    ----------
    path : Path
        The file.
    samples : np.ndarray [shape=(n,)]
        16 kHz mono.
    """
    resampled = soxr.resample(samples, SAMPLE_RATE_HZ, _MICROPHONE_RATE_HZ)
    soundfile.write(path, resampled, _MICROPHONE_RATE_HZ, subtype="PCM_16")
    return path
