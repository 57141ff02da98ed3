"""The tables of the Data page: the clips and their measurements, listeners' votes, two maps, and the clips' averages.

``clip_list`` lists the Kaggle set. ``build_tables`` and ``build_network_map`` write the committed tables, and
``tables`` and ``averages`` read them. ``filters``, ``effect_sizes`` and ``listeners`` compute the figures of the page.

May import ``audio``, ``corpora``, ``features``, ``inference``, ``predictions_table``.
"""
