"""Speed and memory, measured; never part of the tests, which must not depend on how busy a machine is.

``python -m benchmarks`` runs all of it; ``runner`` says what a measurement is, and there is one module a subject.
"""
