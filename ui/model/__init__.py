"""The sections of the Model page; every figure in them is one of ``models/metrics.json``."""
