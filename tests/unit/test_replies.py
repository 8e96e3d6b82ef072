"""Replies are read the same however the bytes are cut; what is no reply is garbage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressutskick.transports.replies import MAX_LINE, ReplyReader

TEXT = st.binary(max_size=20).map(lambda b: bytes(c for c in b if c not in b"\r\n\x00"))
REPLY = st.tuples(st.integers(200, 599), st.lists(TEXT, min_size=1, max_size=4))


def write(code: int, lines: list[bytes]) -> bytes:
    marks = [b"-"] * (len(lines) - 1) + [b" "]
    return b"".join(
        b"%d%s%s\r\n" % (code, mark, line) for mark, line in zip(marks, lines, strict=True)
    )


@given(replies=st.lists(REPLY, max_size=5), data=st.data())
def test_replies_do_not_depend_on_how_they_arrive(replies: list, data: st.DataObject) -> None:
    stream = b"".join(write(*reply) for reply in replies)
    reader, start = ReplyReader(), 0
    while start < len(stream):
        end = data.draw(st.integers(start + 1, len(stream)))
        reader.feed(stream[start:end])
        start = end
    assert reader.garbage is None
    assert not reader.is_within_reply
    assert [(r.code, r.text) for r in reader.replies] == [(c, b"\n".join(t)) for c, t in replies]


@given(st.binary(max_size=200))
def test_anything_at_all_is_a_reply_garbage_or_unfinished(data: bytes) -> None:
    reader = ReplyReader()
    reader.feed(data)
    for reply in reader.replies:
        assert 200 <= reply.code <= 599
        assert 0 <= reply.parse().code <= 599


@pytest.mark.parametrize(
    "stream",
    [
        b"OK\r\n",
        b"999 no\r\n",
        b"25 no\r\n",
        b"250x\r\n",
        b"\r\n",
        b"250 a\x00b\r\n",
        b"250-one\r\n251 two\r\n",
        b"1" * (MAX_LINE + 1),
        b"250-" + b"x" * MAX_LINE + b"\r\n",
        b"250-" + b"y" * 4000 + b"\r\n" + (b"250-" + b"y" * 4000 + b"\r\n") * 20,
    ],
)
def test_what_is_no_reply_is_garbage(stream: bytes) -> None:
    reader = ReplyReader()
    reader.feed(b"220 fine\r\n" + stream + b"250 later\r\n")
    assert reader.garbage is not None
    assert [reply.code for reply in reader.replies] == [220]


def test_a_line_without_text_and_a_lone_line_feed_are_taken() -> None:
    reader = ReplyReader()
    reader.feed(b"250\n354 go\n")
    assert [reply.code for reply in reader.replies] == [250, 354]
