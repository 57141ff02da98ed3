"""The tables of the Data page: the clips and their measurements, listeners' votes, and two maps of the clips.

``clip_list`` lists the Kaggle set. ``build_tables`` and ``build_network_map`` write the committed tables, and
``tables`` reads them. ``filters``, ``effect_sizes`` and ``listeners`` compute the figures of the page from them.

May import ``audio``, ``corpora``, ``features``, ``inference``, ``predictions_table``.
"""
