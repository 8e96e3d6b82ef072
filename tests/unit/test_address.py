"""Addresses of lists become what SMTP can carry, or are refused with the reason."""

import pytest
from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email
from hypothesis import given
from hypothesis import strategies as st
from tests.kit.spellings import KEY, SPELLINGS

from pressutskick.mail import comparison_key
from pressutskick.recipients.address import AddressFault, parse_address
from pressutskick.recipients.unwrapping import split_named_address
from pressutskick.sentences import Sentence


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Anna.Berg@Hamnposten.EXAMPLE", "Anna.Berg@hamnposten.example"),
        (" mailto:anna@a.example?subject=hej ", "anna@a.example"),
        ("<anna@a.example>", "anna@a.example"),
        ("anna@a.example.", "anna@a.example"),
        ("\u202aanna@a.example\u202c", "anna@a.example"),
        ("an\u00adna@a.example\u200b", "anna@a.example"),
        ("anna＠a．example", "anna@a.example"),
        ("'anna@a.example'", "anna@a.example"),
        ('"anna@a.example";', "anna@a.example"),
        ("anna@a.example (arbete)", "anna@a.example"),
        ("E-post: anna@a.example", "anna@a.example"),
        ("press@örebro.example", "press@xn--rebro-iua.example"),
        ("press@xn--rebro-iua.example", "press@xn--rebro-iua.example"),
        ("åsa@a.example", "åsa@a.example"),
        ("o'hara+press@a.example", "o'hara+press@a.example"),
    ],
)
def test_an_address_is_tidied_and_its_domain_made_ascii(text: str, address: str) -> None:
    assert parse_address(text) == address


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("anna.a.example", "has no @"),
        ("anna@a.example; bo@a.example", "more than one address"),
        ("anna@a.example bo@a.example", "more than one address"),
        ("anna berg@a.example", "space inside"),
        ("anna@@a.example", "not a valid address"),
        ("anna..berg@a.example", "not a valid address"),
        ("anna@localhost", "not a valid address"),
        ("anna@a.example\r\nRCPT TO:<x@b.example>", "more than one"),
        ('"anna berg"@a.example', "space inside"),
        ("anna@[192.0.2.1]", "not a valid address"),
        ("a" * 65 + "@a.example", "not a valid address"),
        ("anna@" + "a" * 64 + ".example", "not a valid address"),
        ("anna@a.example\x00", "not a valid address"),
        ("anna@a.example (bo@a.example)", "more than one"),
        ("anna@a.example\nbo@a.example", "^anna@a.example bo@a.example is more than one"),
        ("", "has no @"),
    ],
)
def test_what_cannot_be_mailed_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(AddressFault, match=reason):
        parse_address(text)


@pytest.mark.parametrize(
    "text", ["anna@", "@a.example", "a@b", "a@-b.se", "a@b..se", "é\u0301@\u2488.se"]
)
def test_a_reason_is_a_sentence_of_ours(text: str) -> None:
    """The validator's English would stand in a Swedish sentence."""
    with pytest.raises(AddressFault) as caught:
        parse_address(text)
    reason = caught.value.sentence.values.get("reason")
    assert reason is None or (isinstance(reason, Sentence) and not reason.values)


@pytest.mark.parametrize("name", SPECIAL_USE_DOMAIN_NAMES)
def test_special_use_domains_are_refused_by_the_fast_way_too(name: str) -> None:
    with pytest.raises(AddressFault, match="not a valid address"):
        parse_address(f"anna@tidning.{name}")


LOCAL = st.text(alphabet="abzAZ019._'+/=-!# åé\"<>()", min_size=0, max_size=70)
DOMAIN = st.text(alphabet="abzAZ019.-åß_ ", min_size=0, max_size=12).map(
    lambda text: text + ".example"
)


@given(LOCAL, DOMAIN)
def test_the_fast_way_accepts_nothing_that_the_validator_refuses(local: str, domain: str) -> None:
    """Whatever comes out is an address to email-validator, and the same one."""
    try:
        address = parse_address(f"{local}@{domain}")
    except AddressFault:
        return
    try:
        judged = validate_email(address, check_deliverability=False, strict=True)
    except EmailNotValidError as error:
        raise AssertionError(address) from error
    assert address == f"{judged.local_part}@{judged.ascii_domain.lower()}"


@given(LOCAL, DOMAIN)
def test_what_comes_out_goes_in_again_unchanged(local: str, domain: str) -> None:
    try:
        address = parse_address(f"{local}@{domain}")
    except AddressFault:
        return
    assert parse_address(address) == address


@pytest.mark.parametrize(
    ("text", "name", "address"),
    [
        ("Anna Berg <anna@a.example>", "Anna Berg", "anna@a.example"),
        ('"Berg, Anna" <anna@a.example>', "Berg, Anna", "anna@a.example"),
        ("'Anna' <anna@a.example>", "Anna", "anna@a.example"),
        ("anna@a.example", "", "anna@a.example"),
    ],
)
def test_a_name_before_an_address_is_split_off(text: str, name: str, address: str) -> None:
    assert split_named_address(text) == (name, address)


@pytest.mark.parametrize("text", SPELLINGS, ids=ascii)
def test_every_spelling_of_a_mailbox_is_one_mailbox(text: str) -> None:
    _name, address = split_named_address(text)
    assert comparison_key(parse_address(address)) == KEY


@pytest.mark.parametrize(
    "text",
    [
        "\u0430nna.berg@hamnposten.example",
        "anna.berg@hamnp\u043esten.example",
        "anna.b\u03b5rg@hamnposten.example",
        "anna.berg\u2603@hamnposten.example",
        "anna%hamnposten.example@relay.example",
        "hamnposten.example!anna.berg@relay.example",
    ],
    ids=ascii,
)
def test_an_address_that_only_looks_like_another_is_refused(text: str) -> None:
    with pytest.raises(AddressFault, match=r"two alphabets|cannot have"):
        parse_address(text)
