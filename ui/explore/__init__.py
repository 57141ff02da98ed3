"""The page "See the sound": panels over one time axis, the synced player, explanations of each feature.

May import ``ui.common`` and ``ui.shell``.
"""
