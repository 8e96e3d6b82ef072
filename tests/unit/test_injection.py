"""No text of a list or a document becomes a header, markup, template code or terminal control."""

import io
import re
from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st
from rich.console import Console
from tests.unit.test_compose import DESK, INVITATION, compose

from pressutskick.cli.shows.html import draw_html
from pressutskick.cli.shows.screen.console import plain
from pressutskick.errors import InputError
from pressutskick.mail import Mailbox
from pressutskick.message.wire.readback import read_back
from pressutskick.recipients.model import Recipient

HOSTILE = (
    "X\r\nBcc: y@example.org",
    "=?utf-8?q?a=0D=0ABcc:_y@example.org?=",
    "<script>alert(1)</script>",
    '"><img src=https://example.org/x.png>',
    "{{ 7*7 }}",
    "{% include 'base.txt.j2' %}",
    "[link=https://example.org]x[/link]",
    "\x1b]8;;https://example.org\x1b\\x\x1b[31m",
    "a\u202etxt.exe",
    "\x00\x7f\x9b31m",
    "</td></table>",
    "&lt;b&gt;",
)
hostile = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=60),
    st.builds("{}{}{}".format, st.text(max_size=9), st.sampled_from(HOSTILE), st.text(max_size=9)),
)
OURS = [name for name, _ in read_back(compose().message(DESK)).headers]
TAGS = re.compile(r"<[a-zA-Z/!][^>]*>")
PLAN = compose()
PLAIN_TAGS = len(TAGS.findall(read_back(PLAN.message(DESK)).html))


def make_recipient(name: str, outlet: str) -> Recipient | None:
    """As the list room would: a name that cannot be carried is refused."""
    try:
        mailbox = Mailbox(address="red@radio.example", name=name)
    except ValueError:
        return None
    return Recipient(mailbox=mailbox, name=name, first_name=name, outlet=outlet)


@given(hostile, hostile)
@example(HOSTILE[2], HOSTILE[3])
def test_a_name_or_outlet_stays_text(name: str, outlet: str) -> None:
    recipient = make_recipient(name, outlet)
    if recipient is None:
        return
    read = read_back(PLAN.verified_message(recipient))
    assert [key for key, _ in read.headers] == OURS
    assert len(TAGS.findall(read.html)) == PLAIN_TAGS
    words = " ".join(name.split())
    assert (f"Hej {words}," if words else "Till redaktionen") in read.text


@given(hostile)
def test_a_subject_is_refused_or_stays_text(subject: str) -> None:
    plan = compose(release=replace(INVITATION, subject=subject or "x"))
    try:
        read = read_back(plan.verified_message(DESK))
    except InputError:
        return
    assert [key for key, _ in read.headers] == OURS
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e]", read.header("Subject"))


@given(hostile, hostile)
def test_a_title_or_body_adds_no_script_image_or_control(title: str, body: str) -> None:
    plan = compose(release=replace(INVITATION, title=title or "x", body=body, subject="s"))
    read = read_back(plan.verified_message(DESK))
    tags = {re.split(r"[ />]", tag.strip("</"))[0] for tag in TAGS.findall(read.html)}
    assert not tags & {"script", "img", "iframe", "object", "svg", "form", "input"}
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", read.text + read.html)


@given(hostile)
def test_nothing_that_is_printed_steers_the_terminal(text: str) -> None:
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=True, color_system=None, width=500)
    console.print(plain(text))
    console.print(draw_html(f"<p>{text}</p><a href='{text}'>x</a>"))
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", stream.getvalue())
