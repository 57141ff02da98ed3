"""What ``ser samples fetch`` and ``ser samples check`` do: fetch the CREMA-D clips, or check their sources."""

from __future__ import annotations

from ser_core.errors import SampleError
from ser_core.samples.crema_d import CremaD
from ser_core.samples.library import open_crema_d
from ser_core.samples.settings import SampleSettings


def fetch_all() -> int:
    """Fetch all sample clips of CREMA-D into the cache; return 1 if one of them is missing, else 0."""
    crema_d = _crema_d()
    failures = []
    for sample in crema_d.samples:
        try:
            crema_d.load(sample)
        except SampleError as error:
            failures.append(error)
            print(f"{sample.sample_id}: {error.problem}", flush=True)
    n_stored = sum(map(crema_d.is_stored, crema_d.samples))
    print(f"{n_stored} of {len(crema_d.samples)} clips are stored on this machine")
    return int(bool(failures))


def check_sources() -> int:
    """Download one clip from every source and show which sources work; return 1 if none does, else 0."""
    crema_d = _crema_d()
    reasons = crema_d.check_sources()
    for base_url, reason in reasons.items():
        print(f"{base_url}: {reason or 'works'}")
    n_stored = sum(map(crema_d.is_stored, crema_d.samples))
    print(f"{n_stored} of {len(crema_d.samples)} clips are stored on this machine")
    return int(all(reason is not None for reason in reasons.values()))


def _crema_d() -> CremaD:
    crema_d = open_crema_d(SampleSettings.from_environment())
    if crema_d is None:
        raise SampleError(
            "Fetching is turned off",
            expected="at least one source in SER_SAMPLES_URL, or no such setting",
            advice="Set SER_SAMPLES_URL to a list of sources; the word public stands for the public ones",
        )
    return crema_d
