"""What stands in the way of sending, driven over memory: told with what to do, and nothing sent."""

from dataclasses import replace

import pytest
from tests.kit.office import ANNA, FILE, LIST, Office

from pressutskick.actions.announcing import prepare_announcement
from pressutskick.actions.finding import find_life, require_log
from pressutskick.actions.gathering import Announcement
from pressutskick.actions.opening import attach_files, open_release, way_to_answer, way_to_mend
from pressutskick.actions.sending import Sending, gravest, render_all
from pressutskick.dispatch.approval import Approval
from pressutskick.errors import ExitStatus, InputError, InputNotFound
from pressutskick.mail import Mailbox
from pressutskick.message.rendering import TemplateSet
from pressutskick.recipients.model import Recipient
from pressutskick.recipients.selection import Selection
from pressutskick.sources.templates import read_templates

RAW = """Pressinbjudan: Ny bro över ån

Måndagen den {day} december 2026 klockan 10.00 öppnar Åstads kommun bron vid Kvarngatan.

Plats: Kvarngatan 3, Åstad
Anmälan: senast den 4 december till press@astad.example
Presskontakt: Eva Lind, 031-390 06 11
"""


@pytest.fixture
def office() -> Office:
    return Office()


def prepare(office: Office, **wishes: object) -> Sending:
    request = Announcement(file=FILE, lists=(LIST,), **wishes)  # type: ignore[arg-type]
    return prepare_announcement(request, office.seen, office.seen.now(), office.notices)


def write_raw(office: Office, day: int) -> None:
    office.workspace.documents[FILE] = RAW.format(day=day)


# The same heading again ---------------------------------------------------------------------------


def test_a_raw_text_with_its_day_mended_is_no_second_invitation(office: Office) -> None:
    write_raw(office, 7)
    office.announce()
    write_raw(office, 14)
    with pytest.raises(InputError) as caught:
        office.announce()
    assert "correct" in str(caught.value.remedy)
    assert office.mails().total() == 3
    (result,) = office.correct()
    assert result.accepted == 3


def test_another_event_of_the_same_heading_is_sent_when_a_person_says_so(office: Office) -> None:
    write_raw(office, 7)
    office.announce()
    write_raw(office, 14)
    assert office.announce(is_new=True).accepted == 3
    ids = {record.key.release_id for record in office.bench().log.dispatches()}
    assert len(ids) == 2


def test_an_id_of_one_s_own_over_a_heading_that_is_ahead_is_asked_about(office: Office) -> None:
    office.announce()
    text = office.workspace.documents[FILE]
    office.workspace.documents[FILE] = text.replace("id: invigning", "id: en-annan")
    with pytest.raises(InputError) as caught:
        office.announce()
    (problem,) = caught.value.problems
    assert problem.code == "reissue-unmarked"
    assert "same time and place" in str(problem.sentence)
    office.at("2026-12-03T09:00")
    office.workspace.documents[FILE] = text.replace("id: invigning", "id: en-annan").replace(
        "2026-12-0", "2026-12-1"
    )
    assert office.announce().accepted == 3


# Edits --------------------------------------------------------------------------------------------


def test_a_harmless_edit_goes_to_the_rest_when_a_person_says_so(office: Office) -> None:
    office.announce()
    office.invite(ANNA, "sen@kanalen.example")
    text = office.workspace.documents[FILE]
    office.workspace.documents[FILE] = text.replace("Välkomna till", "Varmt välkomna till")
    with pytest.raises(InputError) as caught:
        prepare(office)
    assert "--accept-edit" in str(caught.value.remedy)
    assert office.announce(accepts_edit=True).accepted == 1


def test_an_edit_of_a_fact_is_not_harmless(office: Office) -> None:
    office.announce()
    office.write(place="Stadsbiblioteket")
    with pytest.raises(InputError, match="not harmless") as caught:
        prepare(office, accepts_edit=True)
    (problem,) = caught.value.problems
    assert "Rådhuset → Stadsbiblioteket" in str(problem.sentence)


# Embargo and approval -----------------------------------------------------------------------------


def test_an_embargo_holds_until_a_person_says_otherwise(office: Office) -> None:
    office.write(more="embargo: 2026-11-27 06:00\n")
    with pytest.raises(InputError, match="under embargo until 2026-11-27 06:00"):
        prepare(office)
    assert len(prepare(office, is_embargoed=True).plan.ready) == 3
    assert len(prepare(office.at("2026-11-27T06:00")).plan.ready) == 3


def test_approval_is_of_exactly_this_text_to_exactly_these(office: Office) -> None:
    with pytest.raises(InputError, match="Nobody has approved"):
        prepare(office, needs_approval=True)
    wish = prepare(office, is_for_approval=True)
    log, moment = office.seen.open_log(), office.seen.now()
    log.note_approval(
        Approval(
            release_id="invigning",
            digests=wish.order.snapshot.digests,
            approver="Karin",
            approved_at=moment,
        )
    )
    assert len(prepare(office, needs_approval=True).plan.ready) == 3
    office.write(place="Stadsbiblioteket")
    with pytest.raises(InputError, match="not what Karin approved"):
        prepare(office, needs_approval=True)
    office.workspace.settings = replace(office.workspace.settings, require_approval=True)
    with pytest.raises(InputError, match="not what Karin approved"):
        prepare(office)


# Faults of the material ---------------------------------------------------------------------------


def test_flags_that_choose_nobody_are_mistyped(office: Office) -> None:
    with pytest.raises(InputError, match="choose nobody"):
        prepare(office, selection=Selection(tags=frozenset({"sprot"})))
    assert not office.workspace.has_log()


def test_an_open_question_is_answered_before_anything_is_sent(office: Office) -> None:
    office.workspace.documents[FILE] = RAW.format(day=7).replace(
        "Måndagen den 7 december 2026 klockan 10.00 öppnar", "I vinter öppnar"
    )
    with pytest.raises(InputError, match="must be answered") as caught:
        prepare(office)
    assert "pressutskick read inbjudan.md -o" in str(caught.value.remedy)
    assert {each.code for each in caught.value.problems} == {"question-open"}


def test_each_kind_of_document_is_mended_in_its_own_way(office: Office) -> None:
    now = office.seen.now()
    canonical = open_release(office.seen.read_document(FILE), now=now)
    assert canonical.is_canonical
    assert "`open`" in str(way_to_answer(canonical))
    assert "`silence`" in str(way_to_mend(canonical))
    write_raw(office, 7)
    raw = open_release(office.seen.read_document(FILE), now=now)
    assert "-o" in str(way_to_answer(raw))
    assert "pressutskick read" in str(way_to_mend(raw))


def test_a_file_that_is_named_twice_is_attached_once(office: Office) -> None:
    opened = open_release(office.seen.read_document(FILE), now=office.seen.now())
    once = attach_files(opened, ("karta.pdf", "karta.pdf"))
    assert [each.path for each in once.reading.release.attachments] == ["karta.pdf"]
    assert attach_files(once, ("karta.pdf",)) == once


def test_whose_message_cannot_be_made_is_named_with_their_row(office: Office) -> None:
    shipped = read_templates(None)
    broken = tuple(
        replace(each, text=each.text + "{{ recipient.extra.Kod }}")
        if each.name == "base.txt.j2"
        else each
        for each in shipped.templates
    )
    office.workspace.templates = TemplateSet(templates=broken)
    office.workspace.lists[LIST] = (
        Recipient(mailbox=Mailbox(address=ANNA), extra={"Kod": "7"}),
        Recipient(mailbox=Mailbox(address="bo@posten.example")),
    )
    with pytest.raises(InputError) as caught:
        render_all(prepare(office))
    (problem,) = caught.value.problems
    assert str(problem.sentence).startswith("bo@posten.example: ")
    assert office.sent() == []


# Where nothing is known ---------------------------------------------------------------------------


def test_an_empty_folder_and_an_unknown_release_are_told(office: Office) -> None:
    with pytest.raises(InputNotFound, match="no delivery log"):
        require_log(office.seen)
    office.workspace.settings = replace(office.workspace.settings, env_file=None, env_keys=())
    office.workspace.last_used = "/home/press"
    with pytest.raises(InputNotFound):
        require_log(office.seen)
    office.announce()
    with pytest.raises(InputNotFound) as caught:
        find_life(office.bench().log, "invigningen", office.seen, now=office.seen.now())
    assert "Did you mean invigning?" in str(caught.value.remedy)


def test_of_several_statuses_the_one_that_needs_a_person_soonest_counts() -> None:
    assert gravest([]) is ExitStatus.OK
    assert gravest([ExitStatus.REFUSED, ExitStatus.UNKNOWN, ExitStatus.OK]) is ExitStatus.UNKNOWN
