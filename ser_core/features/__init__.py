"""From a signal to numbers that people can read: spectrum, pitch, five features, cues. Imports only ``audio``."""
