"""From a network's answers to every figure that is shown. Never imported by the app.

May import ``audio``, ``corpora``, ``dataset``, ``features``, ``inference``, ``labels``, ``metrics``,
``predictions_table``, ``training``.
"""
