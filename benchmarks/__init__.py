"""Measurements of speed and memory. They are not part of the tests, which must not depend on how busy a machine is.

``python -m benchmarks`` runs the suite: one module per subject, each with a function ``measure``.
``python -m benchmarks.load`` and ``python -m benchmarks.live_streams`` are load tests of their own.
"""
