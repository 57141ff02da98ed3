"""From labelled clips to the weights of a network. Never imported by the app.

May import ``audio``, ``corpora``, ``dataset``, ``features``, ``inference``, ``labels``.
"""
