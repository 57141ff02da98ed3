"""From a signal to numbers that people read: spectrum, pitch, the five features, cues. Imports ``audio`` only."""
