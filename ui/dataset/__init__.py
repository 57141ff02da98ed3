"""The sections of the Data page. Each shows one view of the clips that pass the filters.

May import ``ui.common`` and ``ui.shell``.
"""
