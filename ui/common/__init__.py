"""Parts that several pages use: the choice of a clip, cached computations, charts, words.

May import no other folder of ``ui``.
"""
