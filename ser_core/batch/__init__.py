"""Many files at once: a list or a ZIP archive, the labels in their names, one row for each, and tables and a report.

May import ``audio``, ``corpora``, ``features``, ``inference`` and ``labels``.
"""
