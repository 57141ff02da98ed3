"""The listening game: its clips, ten balanced rounds, the score, and the cues that give an emotion away.

May import ``corpora``, ``dataset``, ``features`` and ``samples``.
"""
