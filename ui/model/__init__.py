"""The sections of the Model page. Every figure in them is read from ``models/metrics.json``.

May import ``ui.common`` and ``ui.shell``.
"""
