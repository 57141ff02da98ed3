"""What several pages use: intake of a clip, cached computations, charts, words.

May import no other folder of ``ui``.
"""
