"""What pyproject.toml cannot say: which Python builds recodec, and how its wheel is packed."""

import os
import sysconfig
import zipfile

from setuptools import setup
from setuptools.command.bdist_wheel import bdist_wheel


class SmallWheel(bdist_wheel):
    """Deflates as well as zlib can: setuptools leaves its level alone, which costs 25 KB here."""

    def run(self) -> None:
        super().run()
        wheel = self.distribution.dist_files[-1][2]
        with (
            zipfile.ZipFile(wheel) as loose,
            zipfile.ZipFile(wheel + ".new", "w", zipfile.ZIP_DEFLATED) as tight,
        ):
            for member in loose.infolist():
                tight.writestr(member, loose.read(member), compresslevel=9)
        os.replace(wheel + ".new", wheel)


# The stable ABI: one wheel for every CPython from 3.10 on. Free-threaded builds have none before
# 3.15, and setuptools refuses to be asked for it there.
free_threaded = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))
setup(
    cmdclass={"bdist_wheel": SmallWheel},
    options={} if free_threaded else {"bdist_wheel": {"py_limited_api": "cp310"}},
)
