"""What comes back to a mail of ours, made from the very mail: by servers, calendars and people."""

import datetime as dt
from email.message import EmailMessage
from email.utils import format_datetime, parsedate_to_datetime
from itertools import count

_numbers = count(1)


def _head(mail: EmailMessage, *, sender: str, subject: str, **more: str) -> EmailMessage:
    made = EmailMessage()
    made["From"] = sender
    made["To"] = str(mail["From"])
    made["Subject"] = subject
    date = parsedate_to_datetime(str(mail["Date"])) + dt.timedelta(hours=1)
    made["Date"] = format_datetime(date)
    made["Message-ID"] = f"<{next(_numbers)}@elsewhere.example>"
    for name, value in more.items():
        made[name.replace("_", "-")] = value
    return made


def _address(mail: EmailMessage) -> str:
    return str(mail["To"].addresses[0].addr_spec)


def bounce(
    mail: EmailMessage, reply: str = "550 5.1.1 no such user", *, action: str = "failed"
) -> bytes:
    """What Postfix sends back."""
    status = reply.split()[1]
    head = _head(
        mail,
        sender="MAILER-DAEMON@relay.example (Mail Delivery System)",
        subject="Undelivered Mail Returned to Sender",
        Auto_Submitted="auto-replied",
        Return_Path="<>",
        MIME_Version="1.0",
        Content_Type='multipart/report; report-type=delivery-status; boundary="b"',
    )
    returned = "".join(f"{name}: {value}\r\n" for name, value in mail.items())
    body = f"""--b
Content-Type: text/plain

<{_address(mail)}>: host mx.example said: {reply} (in reply to RCPT TO command)

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example

Final-Recipient: rfc822; {_address(mail)}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {reply}

--b
Content-Type: text/rfc822-headers

{returned}
--b--
"""
    return f"{_fields(head)}\r\n{body}".encode().replace(b"\r\n", b"\n")


def _fields(head: EmailMessage) -> str:
    return "".join(f"{name}: {value}\r\n" for name, value in head.items())


def answer(mail: EmailMessage, text: str, *, sender: str = "") -> bytes:
    """What whoever got it writes back."""
    made = _head(
        mail,
        sender=sender or _address(mail),
        subject=f"SV: {mail['Subject']}",
        In_Reply_To=str(mail["Message-ID"]),
        References=str(mail["Message-ID"]),
    )
    made.set_content(
        f"{text}\n\nDen 25 nov. 2026 kl. 09.00 skrev Pressen <press@astad.example>:\n> Kommer!\n"
    )
    return made.as_bytes()


def absence(mail: EmailMessage, text: str) -> bytes:
    """What a mailbox answers by itself."""
    made = _head(
        mail,
        sender=_address(mail),
        subject=f"Automatiskt svar: {mail['Subject']}",
        Auto_Submitted="auto-replied",
        In_Reply_To=str(mail["Message-ID"]),
    )
    made.set_content(text)
    return made.as_bytes()


def opt_out(mail: EmailMessage) -> bytes:
    """What a mail program sends that follows List-Unsubscribe."""
    subject = str(mail["List-Unsubscribe"]).partition("subject=")[2].rstrip(">")
    return _head(
        mail,
        sender=_address(mail),
        subject=subject.replace("%20", " "),
        Auto_Submitted="auto-replied",
    ).as_bytes()


def calendar_reply(mail: EmailMessage, state: str = "ACCEPTED", *, uid: str) -> bytes:
    """What a calendar answers for its owner."""
    made = _head(mail, sender=_address(mail), subject=f"{state.title()}: Invigning")
    made.set_content(
        "BEGIN:VCALENDAR\nPRODID:-//Example//EN\nVERSION:2.0\nMETHOD:REPLY\nBEGIN:VEVENT\n"
        f"UID:{uid}\nDTSTAMP:20261125T090000Z\nDTSTART:20261202T113000Z\n"
        f"ATTENDEE;PARTSTAT={state}:mailto:{_address(mail)}\nEND:VEVENT\nEND:VCALENDAR\n",
        subtype="calendar",
    )
    made.set_param("method", "REPLY")
    return made.as_bytes()
