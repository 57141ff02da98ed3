"""The sections of the Model page. Every figure in them is read from ``models/metrics.json``."""
