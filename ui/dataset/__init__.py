"""The sections of the Data page. Each section shows the clips that pass the filters in its own way.

May import ``ui.common`` and ``ui.shell``.
"""
