"""How many threads the matrix libraries take that NumPy and SciPy bring along, one each."""

from __future__ import annotations

import os

from threadpoolctl import threadpool_limits


def take_one() -> None:
    """Keep matrix libraries in this process from threads of their own, where others work beside it already.

    With two of a kind on two cores, features of a corpus took four times as long.
    """
    threadpool_limits(1)
    # What is loaded later, SciPy's mostly, is out of reach yet, but reads this.
    os.environ.update(dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1"))
