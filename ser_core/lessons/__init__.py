"""Lessons: their files, the sounds in them, and the measured values in their text.

May import ``audio``, ``corpora``, ``features``, ``network_figures`` and ``samples``.
"""
