"""Media types of what `Detection.kind` and `Evidence.declared_kind` name.

Source: IANA's registry of media types; where it has none, the experimental name in common use.
"""

from __future__ import annotations

__all__ = ["TEXT", "declared_type", "media_type"]

TEXT = "text/plain"
_DATA = "application/octet-stream"

_TYPES = {
    "aiff": "audio/aiff",
    "avi": "video/vnd.avi",
    "avif": "image/avif",
    "bmp": "image/bmp",
    "bzip2": "application/x-bzip2",
    "cab": "application/vnd.ms-cab-compressed",
    "class": "application/java-vm",
    "dicom": "application/dicom",
    "djvu": "image/vnd.djvu",
    "elf": "application/x-elf",
    "emf": "image/emf",
    "eps": "application/postscript",
    "exe": "application/vnd.microsoft.portable-executable",
    "flac": "audio/flac",
    "flv": "video/x-flv",
    "gif": "image/gif",
    "gzip": "application/gzip",
    "heif": "image/heif",
    "icc": "application/vnd.iccprofile",
    "ico": "image/vnd.microsoft.icon",
    "jp2": "image/jp2",
    "jpeg": "image/jpeg",
    "jxl": "image/jxl",
    "lz4": "application/x-lz4",
    "lzip": "application/lzip",
    "matroska": "video/matroska",
    "midi": "audio/midi",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "ogg": "audio/ogg",
    "parquet": "application/vnd.apache.parquet",
    "pcap": "application/vnd.tcpdump.pcap",
    "pdf": "application/pdf",
    "png": "image/png",
    "psd": "image/vnd.adobe.photoshop",
    "rar": "application/vnd.rar",
    "rpm": "application/x-rpm",
    "sqlite": "application/vnd.sqlite3",
    "swf": "application/vnd.adobe.flash.movie",
    "tar": "application/x-tar",
    "tiff": "image/tiff",
    "ttf": "font/ttf",
    "wasm": "application/wasm",
    "wav": "audio/vnd.wave",
    "webp": "image/webp",
    "wmf": "image/wmf",
    "woff": "font/woff",
    "xz": "application/x-xz",
    "zip": "application/zip",
    "zlib": "application/zlib",
    "zstd": "application/zstd",
    "7z": "application/x-7z-compressed",
}


def media_type(kind: str | None) -> str:
    """The media type of binary data of a kind, octets where no other is known."""
    return _TYPES.get(kind or "", _DATA)


# Of text that says in such a form which charset it is in.
_DECLARING = {"html": "text/html", "pep263": "text/x-python", "xml": "text/xml"}


def declared_type(kind: str | None) -> str:
    """The media type of text with a declaration of a kind, plain text where it says nothing."""
    return _DECLARING.get(kind or "", TEXT)
