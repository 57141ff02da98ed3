"""The listening game: its clips, ten balanced rounds, the score, and the cues that are typical of an emotion.

May import ``corpora``, ``dataset``, ``features`` and ``samples``.
"""
