"""What several pages use: intake of a clip, cached computations, charts, words. Imports no other folder of ``ui``."""
