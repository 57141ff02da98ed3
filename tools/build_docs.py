"""Build the API reference of ``ser_core`` from its docstrings, as HTML in ``build/docs``.

Run it as ``python -m tools.build_docs``. Each warning of pdoc, an annotation that it cannot resolve for instance, is an
error.
"""

from __future__ import annotations

import pkgutil
import shutil
import sys
import warnings
from importlib import import_module
from pathlib import Path
from types import GenericAlias

import pandas as pd
import pdoc
import pdoc.render

import ser_core
from ser_core import corpora

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "build" / "docs"


def build(folder: Path) -> None:
    """Write the pages into a folder.

    Parameters
    ----------
    folder : Path
        Created if it is missing. Its ``index.html`` leads to the other pages.
    """
    # pdoc looks for the public names in the module's own namespace. They are added to it when they are first used.
    for package in (ser_core, corpora):
        for name in package.__all__:
            setattr(package, name, getattr(package, name))
    _show_submodules()
    # pdoc evaluates annotations. Series[str] exists in pandas-stubs, but not in pandas itself.
    pd.Series.__class_getitem__ = classmethod(GenericAlias)  # type: ignore[attr-defined]  # absent, as said above
    pdoc.render.configure(docformat="numpy")
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        pdoc.pdoc("ser_core", output_directory=folder)


def _show_submodules() -> None:
    """Import all modules, and add each to its package's ``__all__``: pdoc leaves out those that are not in it.

    They are imported here because warnings of other packages are no errors, and because pdoc replaces functions
    of the standard library while it imports.
    """
    for info in pkgutil.walk_packages(ser_core.__path__, "ser_core."):
        package, _, name = info.name.rpartition(".")
        import_module(info.name)
        public_names = getattr(sys.modules[package], "__all__", None)
        if public_names is not None and name not in public_names and name != "__main__":
            public_names.append(name)


if __name__ == "__main__":
    # Old pages are deleted, so that no page of a deleted module stays.
    shutil.rmtree(FOLDER, ignore_errors=True)
    build(FOLDER)
