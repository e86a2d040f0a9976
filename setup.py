"""The one thing that depends on the Python that builds recodec; all else is in pyproject.toml."""

import sysconfig

from setuptools import setup

# The stable ABI: one wheel for every CPython from 3.10 on. Free-threaded builds have none before
# 3.15, and setuptools refuses to be asked for it there.
free_threaded = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))
setup(options={} if free_threaded else {"bdist_wheel": {"py_limited_api": "cp310"}})
