"""Import this first: SciPy's submodules are not safe to import from two threads at once.

Each visitor's page runs in a thread. Python makes a thread wait while another thread imports the same module, but it
does not make it wait for a package when a submodule of that package is imported. SciPy's submodules import each other,
so two threads can wait for each other. Python resolves that deadlock by giving one thread a partly initialised module,
and the visitor gets an ImportError. Two visitors who come a millisecond apart are enough.

This module imports all that a prediction needs. Every module that needs SciPy imports this module before; the second
thread then waits for this one module, which is safe.
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
