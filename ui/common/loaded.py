"""Whoever imports this first loads all that an answer needs, and whoever comes meanwhile waits for it.

Python waits for a module that another thread is importing, but not for a package whose part is asked for: that part is
begun at once. SciPy's parts import each other, so both threads then wait for each other, which Python ends by giving
one of them half a module: an ImportError, for a visitor who comes as early as a thousandth of a second after another.
So whatever is about to import such a package imports this before.
"""

# ruff: noqa: F401 -- to be there, see above

import ser_core.audio.loading
import ser_core.audio.quality
import ser_core.features.extraction
import ser_core.inference.recognizer
import ui.common.charts
import ui.common.downloads
import ui.common.honesty
