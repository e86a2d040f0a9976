"""A WSGI upload handler: the bytes of a text and its Content-Type go in, UTF-8 comes out.

What it shows: a declared charset as a hint that the bytes may overrule, and refusals that a client
can act on: 413 too long, 415 no text, 422 too uncertain or damaged, with the place of the damage.

    python examples/upload.py
    curl --data-binary @letter.txt -H "Content-Type: text/plain; charset=koi8-r" localhost:8000
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from email.message import Message
from typing import Any
from wsgiref.simple_server import make_server

import recodec

LIMIT = 1 << 20  # bytes
SURE = 0.5  # of the answers with this confidence every other one is right


class Refused(Exception):
    """What is sent to the client instead of the text: an HTTP status and a sentence."""

    def __init__(self, status: str, reason: str) -> None:
        super().__init__(reason)
        self.status = status


def read_text(data: bytes, content_type: str) -> recodec.Decoded:
    """The text of an upload. Raises Refused."""
    header = Message()
    header["Content-Type"] = content_type
    if len(data) > LIMIT:
        raise Refused("413 Content Too Large", f"more than {LIMIT} bytes")
    found = recodec.detect(data, declared=header.get_content_charset())
    if found.encoding is None:
        raise Refused("415 Unsupported Media Type", f"no text: {found.kind or 'binary'}")
    if data and found.confidence < SURE:
        raise Refused("422 Unprocessable Content", "no telling which charset this is in")
    try:
        return recodec.decode(data, found.encoding)
    except recodec.DecodeError as error:
        raise Refused("422 Unprocessable Content", f"line {error.line}: {error}") from error


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """The WSGI application: answers a POST with the text that it understood."""
    size = min(int(environ.get("CONTENT_LENGTH") or 0), LIMIT + 1)
    try:
        read = read_text(environ["wsgi.input"].read(size), environ.get("CONTENT_TYPE", ""))
        status, text = "200 OK", read.text
    except Refused as refused:
        status, text = refused.status, str(refused)
    start(status, [("Content-Type", "text/plain; charset=utf-8")])
    return [text.encode()]


if __name__ == "__main__":
    make_server("localhost", 8000, application).serve_forever()
