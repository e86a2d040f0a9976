"""The names of the members of zip and tar archives, as the bytes that were written into them."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

__all__ = ["member_names"]

_ZIP_UTF8 = 1 << 11  # flag of a member whose name is UTF-8 (APPNOTE 4.4.4)
_LEGACY = "cp437"  # what zipfile decodes other names with: every byte has a character in it


def member_names(file: IO[bytes]) -> list[bytes] | None:
    """The names of all members, in their order; None when the file is no archive.

    Raises OSError, also for an archive that is cut short or broken.
    """
    import tarfile
    import zipfile

    if not file.seekable():
        return None
    start = file.tell()
    if zipfile.is_zipfile(file):
        file.seek(start)
        try:
            with zipfile.ZipFile(file) as archive:
                return [_zip_name(info) for info in archive.infolist()]
        except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeError) as error:
            raise OSError(f"broken zip archive: {error}") from None
    file.seek(start)
    try:
        # Bytes that are no ASCII come through as they are, whatever they mean.
        with tarfile.open(fileobj=file, encoding="ascii", errors="surrogateescape") as archive:
            return [member.name.encode("utf-8", "surrogateescape") for member in archive]
    except tarfile.ReadError:
        return None
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise OSError(f"broken tar archive: {error}") from None


def _zip_name(info: object) -> bytes:
    name: str = info.orig_filename  # type: ignore[attr-defined]
    flags: int = info.flag_bits  # type: ignore[attr-defined]
    return name.encode("utf-8" if flags & _ZIP_UTF8 else _LEGACY)
