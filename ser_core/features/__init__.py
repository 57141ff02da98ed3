"""From a signal to numbers that people can read: spectrum, pitch, five features, cues. May import ``audio``."""
