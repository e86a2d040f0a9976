"""A Django e-mail backend that sends in ISO-2022-JP, or in any other charset.

    EMAIL_BACKEND = "recodec.integrations.django.EmailBackend"
    RECODEC_MAIL = {"unencodable": "utf8"}      # options of recodec.mail.encode

Other backends take the mixin: `class Mine(ConvertingMixin, SomeBackend): pass`.
"""

from __future__ import annotations

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend as _SMTPBackend

from ..mail import encode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from email.message import EmailMessage
    from email.policy import Policy
    from typing import Any

__all__ = ["ConvertingMixin", "EmailBackend"]


class ConvertingMixin:
    """Has every message converted before the backend beside it sends it.

    Options come from the setting RECODEC_MAIL. EncodeError and OptionError leave `send_messages`
    for the message that raises them, unless the backend is to fail silently: then the message is
    left out of the count, as one that the server refused.
    """

    def send_messages(self, email_messages: Iterable[Any]) -> int:
        """Converts and sends; returns how many were sent."""
        options = getattr(settings, "RECODEC_MAIL", {})
        converted = []
        for message in email_messages:
            try:
                converted.append(_Converted(message, options))
            except ValueError:  # EncodeError and OptionError
                if not getattr(self, "fail_silently", False):
                    raise
        if not converted:
            return 0
        return super().send_messages(converted) or 0  # type: ignore[misc]


class EmailBackend(ConvertingMixin, _SMTPBackend):  # type: ignore[misc]
    """Django's SMTP backend, sending in the charset of RECODEC_MAIL."""


class _Converted:
    """A message of Django whose `message()` is the converted one; all else is the original's."""

    def __init__(self, original: Any, options: dict[str, Any]) -> None:
        self._original = original
        self._encoded = encode(original.message(), **options)

    def message(self, *, policy: Policy | None = None, **_: object) -> _Wire:
        return _Wire(self._encoded, "\n" if policy is None else policy.linesep)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._original, name)


class _Wire:
    """A message with the `as_bytes` of all versions of Django: they say there which line ends they
    want, by a policy, or did so when they asked for the message."""

    def __init__(self, message: EmailMessage, linesep: str) -> None:
        self._message = message
        self._linesep = linesep

    def as_bytes(
        self, unixfrom: bool = False, policy: Policy | None = None, linesep: str | None = None
    ) -> bytes:
        if linesep is None:
            linesep = self._linesep if policy is None else policy.linesep
        return self._message.as_bytes(unixfrom, policy=self._message.policy.clone(linesep=linesep))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._message, name)

    def __getitem__(self, name: str) -> Any:
        return self._message[name]
