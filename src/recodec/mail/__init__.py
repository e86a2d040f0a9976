"""Reading mail as it was meant, whatever its labels say.

    mail = recodec.mail.parse(data)
    print(mail.subject, mail.from_, mail.text)

The structure comes from the standard library's parser; text, headers and names of attachments are
decoded here, where a label is a strong hint and the bytes have the last word.

And sending mail that old programs read, in ISO-2022-JP first:

    smtp.send_message(recodec.mail.compose("件名", "sato@example.jp", "mori@example.jp", "本文"))
"""

from __future__ import annotations

from ._compose import compose
from ._encode import encode
from ._message import Address, Attachment, Mail, parse
from ._words import decode_header

__all__ = ["Address", "Attachment", "Mail", "compose", "decode_header", "encode", "parse"]
