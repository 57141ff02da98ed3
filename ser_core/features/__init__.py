"""Computes numbers that people can read from a signal: spectrum, pitch, five features, cues. May import ``audio``."""
