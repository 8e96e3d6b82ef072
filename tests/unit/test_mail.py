import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressutskick.mail import (
    UNSAFE_CHARACTERS,
    Mailbox,
    Reply,
    comparison_key,
    is_safe_for_header,
)


@pytest.mark.parametrize(
    "name",
    ["X\r\nBcc: y@example.org", "=?utf-8?q?a=0D=0ABcc:_y@example.org?=", "a\x1b[31m", "a\u202eb"],
)
def test_a_name_that_could_become_a_header_is_refused(name: str) -> None:
    assert not is_safe_for_header(name)
    with pytest.raises(ValueError, match="control characters or encoded words"):
        Mailbox(address="a@example.org", name=name)


@pytest.mark.parametrize(
    "address", ["a", "@example.org", "a@", "a b@example.org", "<a@example.org>"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="is not an address"):
        Mailbox(address=address)


def test_equal_mailboxes_have_one_key() -> None:
    assert comparison_key("Anna@Örebro.example") == comparison_key("anna@xn--rebro-iua.example")


def test_a_reply_gives_its_enhanced_status_apart_from_its_words() -> None:
    reply = Reply.parse(550, "5.1.1 No such user\n5.1.1 here")
    assert (str(reply.enhanced), reply.text) == ("5.1.1", "No such user\nhere")
    assert Reply.parse(250, "5.1.1 odd").enhanced is None


@given(st.integers(200, 599), st.text())
def test_any_reply_is_shown_on_one_line(code: int, text: str) -> None:
    assert "\n" not in str(Reply.parse(code, text))


def test_nothing_unsafe_is_printable() -> None:
    """`is_safe_for_header` searches only in what is not."""
    unsafe = [chr(code) for code in range(0x110000) if UNSAFE_CHARACTERS.match(chr(code))]
    assert len(unsafe) > 2000
    assert not any(char.isprintable() for char in unsafe)
