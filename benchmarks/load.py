"""Many visitors at once: ``python -m benchmarks.load [--visitors 20] [--minutes 5] [--burst] [--json]``.

Each visitor is a real WebSocket session that uploads clip after clip, looks at each result for some seconds, and visits
another page now and then. With ``--burst`` the visitors upload without a pause, which measures how many analyses per
second the server can do. Each result is compared with the result of ``ser_core`` for the visitor's own clip: the
probabilities to six decimals, and the sound of the page's player byte by byte. Afterwards one visitor uploads 500
clips, and the server's memory is read.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np
import psutil

from tests.harness.app_server import running_app
from tests.harness.memory import memory_mb
from tests.harness.visitors import memory_over_long_session, run_crowd

_MAX_GROWTH = 0.1


@dataclass(frozen=True)
class LoadResult:
    """Results of a load test.

    Parameters
    ----------
    n_visitors : int
        Number of visitors at the same time.
    wall_s : float
        From the first upload until the last visitor has left.
    n_analyses, n_pages : int
        Number of uploads, and of visits to other pages.
    errors : list of str
        Failures, and parts of pages that belong to another clip.
    analyses_per_s : float
        Uploads of all visitors together.
    median_s, p95_s : float
        Median and 95th percentile of the time from an upload to the complete page.
    cpu_ms_per_analysis : float
        Processor time of the server per upload. It depends less on other work of the machine than the other times.
    peak_mb : float
        Peak memory of the server.
    """

    n_visitors: int
    wall_s: float
    n_analyses: int
    n_pages: int
    errors: list[str]
    analyses_per_s: float
    median_s: float
    p95_s: float
    cpu_ms_per_analysis: float
    peak_mb: float


@dataclass(frozen=True)
class LongSessionResult:
    """Memory of a server over one long session, in MB.

    Parameters
    ----------
    n_clips : int
        Number of clips in the session.
    before_mb, after_mb : float
        After the first fifth of the clips, and at the end.
    """

    n_clips: int
    before_mb: float
    after_mb: float

    @property
    def grew(self) -> bool:
        """True if memory grew by more than a tenth."""
        return self.after_mb > (1.0 + _MAX_GROWTH) * self.before_mb


def main(arguments: list[str] | None = None) -> int:
    """Run both tests; return 1 if a visitor met an error, or memory grew by more than a tenth."""
    options = _parser().parse_args(arguments)
    load = measure_load(
        options.visitors,
        60.0 * options.minutes,
        pause_s=0.0 if options.burst else options.pause_s,
        visits_other_pages=not options.burst,
        patience_s=options.patience_s,
    )
    results: list[LoadResult | LongSessionResult] = [load]
    has_failed = bool(load.errors)
    if options.predictions:
        with running_app() as server:
            n_before = max(options.predictions // 5, 1)
            memory = memory_over_long_session(server, options.predictions, n_before)
        long_session = LongSessionResult(options.predictions, *memory)
        results.append(long_session)
        has_failed |= long_session.grew
    values = {name: value for result in results for name, value in asdict(result).items()}
    sys.stdout.write(json.dumps(values, indent=1) + "\n" if options.json else _lines(values))
    return int(has_failed)


def measure_load(
    n_visitors: int,
    duration_s: float,
    *,
    pause_s: float,
    visits_other_pages: bool,
    patience_s: float,
    settings: Mapping[str, str] | None = None,
) -> LoadResult:
    """Start the app, let visitors use it at the same time, and return the result.

    Parameters
    ----------
    n_visitors, duration_s, pause_s, visits_other_pages, patience_s
        As in ``run_crowd``.
    settings : mapping of str to str, or None
        Environment variables of the app.
    """
    with running_app(settings=settings) as server:
        process = psutil.Process(server.pid)
        start_cpu_s = _cpu_s(process)
        outcome = run_crowd(
            server.url,
            n_visitors,
            duration_s,
            pause_s=pause_s,
            visits_other_pages=visits_other_pages,
            patience_s=patience_s,
        )
        return LoadResult(
            n_visitors=n_visitors,
            wall_s=outcome.wall_s,
            n_analyses=len(outcome.analysis_s),
            n_pages=outcome.n_pages,
            errors=outcome.errors,
            analyses_per_s=len(outcome.analysis_s) / outcome.wall_s,
            median_s=float(np.median(outcome.analysis_s)),
            p95_s=float(np.percentile(outcome.analysis_s, 95)),
            cpu_ms_per_analysis=1000.0 * (_cpu_s(process) - start_cpu_s) / len(outcome.analysis_s),
            peak_mb=memory_mb(server.pid, peak=True),
        )


def _cpu_s(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description="Load test of the app. Linux only.")
    parser.add_argument("--visitors", type=int, default=20, help="at the same time (default: 20)")
    parser.add_argument("--minutes", type=float, default=5.0, help="time in which clips are uploaded (default: 5)")
    parser.add_argument("--pause-s", type=float, default=5.0, help="mean pause after each page (default: 5)")
    parser.add_argument("--burst", action="store_true", help="no pauses and no other pages: uploads only")
    parser.add_argument("--patience-s", type=float, default=60.0, help="a longer silence is an error (default: 60)")
    parser.add_argument("--predictions", type=int, default=500, help="clips of the long session; 0 for no session")
    parser.add_argument("--json", action="store_true", help="print JSON instead of lines")
    return parser


def _lines(values: dict[str, object]) -> str:
    return "".join(f"{name:19} {value}\n" for name, value in values.items())


if __name__ == "__main__":
    sys.exit(main())
