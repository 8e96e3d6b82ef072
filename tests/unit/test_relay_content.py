"""The relay finds a content's end wherever it arrives in pieces, and gives the lines as they were."""

from hypothesis import given
from hypothesis import strategies as st

from pressutskick.transports.relay.content import ContentReader

lines = st.lists(st.sampled_from([b"", b".", b"..", b".a", b"a", b"a.b"]), max_size=6)


@given(lines, st.lists(st.integers(1, 9), max_size=20))
def test_a_content_in_pieces_comes_back_as_it_was(text: list[bytes], pieces: list[int]) -> None:
    sent = [b"." + line if line.startswith(b".") else line for line in text]
    wire = b"".join(line + b"\r\n" for line in sent) + b".\r\nQUIT\r\n"
    reader, arrived, content = ContentReader(), bytearray(), None
    for size in [*pieces, len(wire)]:
        arrived += wire[:size]
        wire = wire[size:]
        content = reader.take(arrived) if content is None else content
    assert content == b"".join(line + b"\r\n" for line in text)
    assert arrived == b"QUIT\r\n"
