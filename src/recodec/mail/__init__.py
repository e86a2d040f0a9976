"""Reading mail as it was meant, whatever its labels say.

    mail = recodec.mail.parse(data)
    print(mail.subject, mail.from_, mail.text)

A label is a strong hint and the bytes have the last word, for texts, for headers and for the names
of attachments.

And sending mail that old programs read, in ISO-2022-JP first:

    smtp.send_message(recodec.mail.compose("件名", "sato@example.jp", "mori@example.jp", "本文"))
"""

from __future__ import annotations

from ._compose import compose
from ._disposition import Disposition, make_disposition, parse_disposition
from ._encode import encode
from ._imap import imap_decode, imap_encode
from ._mailbox import recode_mailbox
from ._parse import parse
from ._policy import policy
from ._recode import Recoded, recode
from ._report import MailboxProblem, MailboxReport
from ._values import Address, Attachment, Group, Mail
from ._words import decode_header

__all__ = [
    "Address",
    "Attachment",
    "Disposition",
    "Group",
    "Mail",
    "MailboxProblem",
    "MailboxReport",
    "Recoded",
    "compose",
    "decode_header",
    "encode",
    "imap_decode",
    "imap_encode",
    "make_disposition",
    "parse",
    "parse_disposition",
    "policy",
    "recode",
    "recode_mailbox",
]
