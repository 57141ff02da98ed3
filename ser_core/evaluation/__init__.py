"""Experiments and figures: how well a network recognises new speakers. The app never imports it.

May import ``audio``, ``corpora``, ``dataset``, ``features``, ``inference``, ``labels``, ``metrics``,
``network_figures``, ``predictions_table``, ``training``.
"""
