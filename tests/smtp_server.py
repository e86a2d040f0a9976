"""A receiving mail server on the loopback interface, for one test."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from types import SimpleNamespace


@contextmanager
def receiving():
    """Yields an object with `host`, `port` and `mails`: (sender, recipients, options, content)."""
    from aiosmtpd.controller import Controller

    mails = []

    class Handler:
        async def handle_DATA(self, server, session, envelope):
            mails.append(
                (
                    envelope.mail_from,
                    tuple(envelope.rcpt_tos),
                    tuple(envelope.mail_options),
                    envelope.original_content,
                )
            )
            return "250 OK"

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    # Without SMTPUTF8, so that a message that needs more than 7 bits is refused.
    controller = Controller(Handler(), hostname="127.0.0.1", port=port, enable_SMTPUTF8=False)
    controller.start()
    try:
        yield SimpleNamespace(host="127.0.0.1", port=port, mails=mails)
    finally:
        controller.stop()
