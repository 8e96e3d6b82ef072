"""`log --status`: what a person reads in the table, a person may type."""

import unicodedata

import pytest

from pressutskick.cli.flags.statuses import parse_status
from pressutskick.cli.language import LANGUAGES, speaking
from pressutskick.cli.shows.words import status_word
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.errors import UsageError


@pytest.mark.parametrize("status", DeliveryStatus)
def test_a_status_is_known_by_its_code_and_by_each_of_its_words(status: DeliveryStatus) -> None:
    words = [str(status)]
    for language in LANGUAGES:
        with speaking(language):
            words += [status_word(status, count) for count in (1, 2)]
    assert {parse_status(word) for word in words} == {status}


@pytest.mark.parametrize("typed", ["VÄNTAR", unicodedata.normalize("NFD", "Väntar"), " väntar "])
def test_neither_case_nor_the_keyboards_way_to_write_letters_matters(typed: str) -> None:
    assert parse_status(typed) is DeliveryStatus.PENDING


def test_a_word_that_is_none_is_answered_with_those_that_are() -> None:
    with pytest.raises(UsageError) as caught:
        parse_status("sent")
    assert "sent" in str(caught.value.sentence)
    assert "rejected (refused)" in str(caught.value.remedy)
