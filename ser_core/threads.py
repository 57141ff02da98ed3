"""Number of threads of the matrix libraries (BLAS) that NumPy and SciPy contain, one library each."""

from __future__ import annotations

import os

from threadpoolctl import threadpool_limits


def use_one_thread() -> None:
    """Limit the matrix libraries in this process to one thread each.

    For processes that share the cores with other processes: with two threads per library in each of two processes on
    two cores (oversubscription), the features of a corpus took four times as long.
    """
    threadpool_limits(1)
    # A library that is loaded later, usually SciPy's, cannot be limited yet, but reads these variables.
    os.environ.update(dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1"))
