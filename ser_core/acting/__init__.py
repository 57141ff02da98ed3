"""Acting a sentence: how far a voice goes the way that actors go for an emotion.

``sentences`` are the project's own, ``direction`` compares a voice's cues with those of actors, ``players`` keeps the
scores of a round. No network is used here.

May import ``features``.
"""
