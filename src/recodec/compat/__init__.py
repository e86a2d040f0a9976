"""The interfaces of other detectors over recodec's detection, for code that cannot change yet.

`recodec.compat.chardet`, `recodec.compat.charset_normalizer` and `recodec.compat.cchardet` take the
place of the packages of those names. They answer in those packages' shapes; the answers are
recodec's. `install` puts them in that place for libraries that import the packages themselves.
"""

from __future__ import annotations

__all__ = ["install"]

# The submodules that their users import from; one module here has what all of a package's have.
_PACKAGES = {
    "cchardet": (),
    "chardet": ("detector", "enums", "universaldetector", "version"),
    "charset_normalizer": ("api", "legacy", "models", "version"),
}


def install(*names: str) -> None:
    """Lets `import chardet`, and so on, find recodec's modules in this process from now on.

    `names` are "cchardet", "chardet" and "charset_normalizer", all three by default. Call it first:
    what has imported a package before keeps it. Libraries that look for one of these packages
    (requests, feedparser, Beautiful Soup) then use recodec, whether or not it is installed. If it
    is, its other submodules (`chardet.cli`, `charset_normalizer.utils`) can be imported as before.

    Raises ValueError for another name.
    """
    import sys
    from importlib import import_module
    from importlib.machinery import PathFinder

    if unknown := set(names) - set(_PACKAGES):
        raise ValueError(
            f"there is no interface of {', '.join(sorted(unknown))}; it is one of "
            f"{', '.join(_PACKAGES)}"
        )
    for name in names or _PACKAGES:
        module = import_module(f"{__name__}.{name}")
        sys.modules[name] = module
        real = PathFinder.find_spec(name)
        if real is not None and real.submodule_search_locations:
            module.__path__ = list(real.submodule_search_locations)
        for part in _PACKAGES[name]:
            sys.modules[f"{name}.{part}"] = module
            if not hasattr(module, part):
                setattr(module, part, module)
