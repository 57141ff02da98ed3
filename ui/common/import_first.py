"""Imports all modules that a prediction needs. SciPy's submodules are not safe to import from two threads at once.

Each visitor's page runs in a thread. Python makes a thread wait while another thread imports the same module, but it
does not make it wait for a package when a submodule of that package is imported. SciPy's submodules import each other,
so two threads can wait for each other. Python then ends the deadlock: one thread gets a partly initialised module, and
its visitor gets an ImportError. This happened with two visitors who came within a millisecond.

Every module that needs SciPy imports this module before. A second thread then waits for this one module, which is safe.
"""

# ruff: noqa: F401 -- imported for the effect that the docstring describes

import ser_core.audio.loading
import ser_core.audio.quality
import ser_core.features.extraction
import ser_core.features.files
import ser_core.inference.recognizer
import ser_core.inference.report
import ui.common.panels
import ui.common.trust
