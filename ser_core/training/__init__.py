"""Trains the weights of a network on labelled clips. The app never imports it.

May import ``audio``, ``corpora``, ``dataset``, ``features``, ``inference``, ``labels``.
"""
