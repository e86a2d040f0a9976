"""Find out how bytes are encoded, and turn them into text."""

from __future__ import annotations

from . import _errors, _search
from ._errors import (
    DecodeError,
    EncodeError,
    OptionError,
    RecodecError,
    UnknownCharsetError,
    UnsupportedCharsetError,
    VerificationError,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import compat as compat
    from . import files as files
    from . import mail as mail
    from ._detection.detect import Detector, detect, detect_all
    from ._detection.evidence import Evidence, Rejection
    from ._detection.group import detect_group
    from ._detection.many import detect_many
    from ._detection.result import Candidate, Detection
    from ._errors import Advice
    from ._mixed.mend import mend
    from ._mixed.segments import Segment, segments
    from ._recoding.decode import Decoded, decode
    from ._recoding.recode import (
        Collected,
        encode,
        incremental_decoder,
        incremental_encoder,
        recode,
    )
    from ._registry.languages import Language, languages
    from ._version import __version__
    from .files import Recoded, TextFile, detect_file, open, recode_file, recode_stream

__all__ = [
    "Candidate",
    "Collected",
    "DecodeError",
    "Decoded",
    "Detection",
    "Detector",
    "EncodeError",
    "Evidence",
    "Language",
    "OptionError",
    "RecodecError",
    "Recoded",
    "Rejection",
    "Segment",
    "TextFile",
    "UnknownCharsetError",
    "UnsupportedCharsetError",
    "VerificationError",
    "__version__",
    "decode",
    "detect",
    "detect_all",
    "detect_file",
    "detect_group",
    "detect_many",
    "encode",
    "incremental_decoder",
    "incremental_encoder",
    "languages",
    "mend",
    "open",
    "recode",
    "recode_file",
    "recode_stream",
    "segments",
]

# Where the names are: nobody waits for what is not asked for.
_LATER = {
    "Candidate": "_detection.result",
    "Collected": "_recoding.recode",
    "Decoded": "_recoding.decode",
    "Detection": "_detection.result",
    "Detector": "_detection.detect",
    "Evidence": "_detection.evidence",
    "Language": "_registry.languages",
    "Recoded": "files",
    "Rejection": "_detection.evidence",
    "Segment": "_mixed.segments",
    "TextFile": "files",
    "__version__": "_version",
    "decode": "_recoding.decode",
    "detect": "_detection.detect",
    "detect_all": "_detection.detect",
    "detect_file": "files",
    "detect_group": "_detection.group",
    "detect_many": "_detection.many",
    "encode": "_recoding.recode",
    "incremental_decoder": "_recoding.recode",
    "incremental_encoder": "_recoding.recode",
    "languages": "_registry.languages",
    "mend": "_mixed.mend",
    "open": "files",
    "recode": "_recoding.recode",
    "recode_file": "files",
    "recode_stream": "files",
    "segments": "_mixed.segments",
}

_search.register()


def _ways_out() -> Advice:
    from ._recoding import advice

    return advice


_errors.adviser = _ways_out


if not TYPE_CHECKING:
    # Type checkers would take any name for one that is there.
    def __getattr__(name: str) -> object:
        # __import__ as importlib.import_module would, which takes half a millisecond to import.
        if name in _LATER:
            value: object = getattr(__import__(f"{__name__}.{_LATER[name]}", fromlist=[name]), name)
        elif name in ("compat", "files", "mail"):
            value = __import__(f"{__name__}.{name}", fromlist=[name])
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
