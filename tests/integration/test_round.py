"""A whole round through a real Postfix and Dovecot; the other servers have `make rounds`."""

import os
import shutil

import pytest
from tests.campaigns.rounds import go_round
from tests.kit.imapserver import imap_reason

pytestmark = [
    pytest.mark.skipif(bool(imap_reason()), reason=imap_reason()),
    pytest.mark.skipif(
        shutil.which("postfix") is None or not hasattr(os, "geteuid") or os.geteuid() != 0,
        reason="a private Postfix needs the package postfix, and root",
    ),
    pytest.mark.xdist_group("dovecot"),
]


def test_every_bounce_lands_on_its_delivery_and_every_mail_stays_unread() -> None:
    found = go_round("postfix")
    assert len(found.refused) == 10
    assert found.bounced == found.refused
    assert set(found.statuses.values()) == {"accepted", "bounced"}
    assert all("no such user here" in found.answers[each] for each in found.refused)
    assert len(found.proposed) == len(found.refused)
    assert found.flags == {""}
