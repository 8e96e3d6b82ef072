"""What readers leave out is counted by kind and told on one line."""

from pressutskick.errors import Origin, Problem, Severity
from pressutskick.omissions import count_omissions, leave_out, sum_up
from pressutskick.reading.view import problem_documents
from pressutskick.sentences import say, say_many


def pictures(count: int, line: int = 1) -> Problem:
    return leave_out(
        "document.picture",
        say_many("{count} picture", "{count} pictures", count),
        origin=Origin(file="inbjudan.docx", line=line),
        where=say("line {line}", line=line),
    )


def cards(count: int) -> Problem:
    return leave_out(
        "list.no_address",
        say_many("{count} card", "{count} cards", count),
        origin=Origin(file="kort.vcf"),
        severity=Severity.HINT,
    )


OTHER = Problem(code="list.open", severity=Severity.WARNING, sentence=say("it is open"))


def test_a_remark_tells_what_and_where() -> None:
    assert str(pictures(1, 7)) == "inbjudan.docx:7: left out: 1 picture: line 7"
    assert str(cards(2)) == "kort.vcf: left out: 2 cards"


def test_each_kind_is_added_up_over_all_files() -> None:
    problems = [pictures(1), OTHER, cards(1), pictures(2)]
    assert count_omissions(problems) == {"document.picture": 3, "list.no_address": 1}
    assert str(sum_up(problems)) == "left out: 3 pictures, 1 card"


def test_where_nothing_was_left_out_nothing_is_told() -> None:
    assert sum_up([OTHER]) is None
    assert not count_omissions([OTHER])


def test_a_program_reads_the_count_beside_the_code() -> None:
    documents = problem_documents([pictures(2), OTHER])
    assert [document["left_out"] for document in documents] == [2, None]
