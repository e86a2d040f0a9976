"""Reading mail as it was meant, whatever its labels say.

    mail = recodec.mail.parse(data)
    print(mail.subject, mail.from_, mail.text)

The structure comes from the standard library's parser; text, headers and names of attachments are
decoded here, where a label is a strong hint and the bytes have the last word.
"""

from __future__ import annotations

from ._message import Address, Attachment, Mail, parse
from ._words import decode_header

__all__ = ["Address", "Attachment", "Mail", "decode_header", "parse"]
