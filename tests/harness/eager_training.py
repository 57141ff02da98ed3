"""Small trainings without TensorFlow's graphs: building a graph takes seconds, and these trainings have a few steps."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

# TensorFlow warns that its data pipelines still use graphs.
NO_WARNING = pytest.mark.filterwarnings("ignore:Even though the .tf.config:UserWarning")


@pytest.fixture(scope="module", autouse=True)
def eager_training() -> Iterator[None]:
    """Run TensorFlow's functions step by step in the tests of the module that imports this fixture."""
    import tensorflow as tf

    tf.config.run_functions_eagerly(True)
    yield
    tf.config.run_functions_eagerly(False)
