"""What many would write: aiosmtplib, EmailMessage, gather. PORT RECIPIENTS CONNECTIONS JSON."""

import asyncio
import json
import sys
from email.message import EmailMessage
from pathlib import Path

import aiosmtplib

PORT, RECIPIENTS, CONNECTIONS = map(int, sys.argv[1:4])
PARTS = json.loads(Path(sys.argv[4]).read_text("utf-8"))


def make(number: int) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Pressen i Åstad <press@astad.example>"
    message["To"] = f"Åsa {number} Lind <desk{number}@newsdesk{number % 40}.example>"
    message["Subject"] = "Pressinbjudan 4/9: Invigning av hamnbadet"
    message.set_content(PARTS["text"].replace("@NAME@", f"Åsa {number}"))
    message.add_alternative(PARTS["html"].replace("@NAME@", f"Åsa {number}"), subtype="html")
    message.add_attachment(PARTS["calendar"], subtype="calendar", filename="inbjudan.ics")
    return message


async def work(queue: asyncio.Queue[int]) -> int:
    accepted = 0
    async with aiosmtplib.SMTP(hostname="127.0.0.1", port=PORT, start_tls=False) as client:
        while not queue.empty():
            await client.send_message(make(queue.get_nowait()))
            accepted += 1
    return accepted


async def main() -> None:
    queue: asyncio.Queue[int] = asyncio.Queue()
    for number in range(RECIPIENTS):
        queue.put_nowait(number)
    print(
        json.dumps(
            {"accepted": sum(await asyncio.gather(*[work(queue) for _ in range(CONNECTIONS)]))}
        )
    )


asyncio.run(main())
