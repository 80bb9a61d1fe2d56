"""The lowerings of ATen operations, a file for each kind."""

import importlib
import pkgutil


def load_operations() -> None:
    """Imports every file of this folder, which registers its lowerings."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
