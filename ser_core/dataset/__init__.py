"""The tables of the Data page: clips, listeners' votes, maps. Imports ``corpora``, ``features`` and ``inference``."""
