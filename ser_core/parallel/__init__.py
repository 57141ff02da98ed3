"""One function over many tasks: on all cores of this machine, or on a Dask cluster.

May import no other package of ``ser_core``.
"""
