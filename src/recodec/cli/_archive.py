"""The names of the members of zip and tar archives, as the bytes that were written into them."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

__all__ = ["Names", "member_names"]

_ZIP_UTF8 = 1 << 11  # flag of a member whose name is UTF-8 (APPNOTE 4.4.4)
_LEGACY = "cp437"  # what zipfile decodes other names with: every byte has a character in it


class Names:
    """The names of the members of an archive, in their order.

    marked  of each, whether the archive says that it is UTF-8, as a zip may for some of them
    """

    __slots__ = ("marked", "raw")

    def __init__(self, raw: list[bytes], marked: list[bool]) -> None:
        self.raw = raw
        self.marked = marked

    def unsaid(self) -> list[bytes]:
        """Those whose encoding is to be found out: all of them where that is no other question."""
        found = [raw for raw, marked in zip(self.raw, self.marked, strict=True) if not marked]
        return self.raw if all(map(bytes.isascii, found)) else found


def member_names(file: IO[bytes]) -> Names | None:
    """The names of all members; None when the file is no archive.

    Raises OSError, also for an archive that is cut short or broken.
    """
    if not file.seekable():
        return None
    start = file.tell()
    # Of a tar archive that ends in a zip archive zipfile would find that one.
    names = _names_of_tar(file)
    if names is None:
        file.seek(start)
        names = _names_of_zip(file)
    return names


def _names_of_tar(file: IO[bytes]) -> Names | None:
    import tarfile

    archive = None
    try:
        # Bytes that are no ASCII come through as they are, whatever they mean.
        archive = tarfile.open(fileobj=file, encoding="ascii", errors="surrogateescape")  # noqa: SIM115
        names = [member.name.encode("utf-8", "surrogateescape") for member in archive]
        return Names(names, [False] * len(names))
    except OSError:
        raise
    except Exception as error:  # each compression has errors of its own
        if archive is None and isinstance(error, tarfile.ReadError):
            return None
        raise OSError(f"broken tar archive: {error}") from None
    finally:
        if archive is not None:
            archive.close()


def _names_of_zip(file: IO[bytes]) -> Names | None:
    import zipfile

    if not zipfile.is_zipfile(file):
        return None
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            marked = [bool(info.flag_bits & _ZIP_UTF8) for info in members]
            return Names([_zip_name(info) for info in members], marked)
    except OSError:
        raise
    except Exception as error:  # each part of the format has errors of its own
        raise OSError(f"broken zip archive: {error}") from None


def _zip_name(info: object) -> bytes:
    name: str = info.orig_filename  # type: ignore[attr-defined]
    flags: int = info.flag_bits  # type: ignore[attr-defined]
    return name.encode("utf-8" if flags & _ZIP_UTF8 else _LEGACY)
