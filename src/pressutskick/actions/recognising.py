"""Whether a reply is about a mail of ours, and about which one. Pure.

By ids first: they cannot be mistaken. A report or a reply that shows ids of other mails only is
about those, and none of ours, whatever address it names. Where it shows none, the address counts,
and the last mail that went there before.
"""

import datetime as dt
from collections.abc import Iterable

from pressutskick.dispatch.incoming import SentMail
from pressutskick.mail import comparison_key
from pressutskick.message.compose import make_opt_out_token
from pressutskick.replies.glance import Glance
from pressutskick.replies.verdict import ReplyKind, Verdict

#: How long after a mail somebody's words are still taken for an answer to it.
_REACH = dt.timedelta(days=30)
#: A clock may go wrong by so much: a reply that seems to be older than its mail.
_SLACK = dt.timedelta(hours=26)
#: Such mails show the mail that they are about, in whatever part.
_BY_PROGRAMS = frozenset(
    {
        ReplyKind.BOUNCE,
        ReplyKind.DELAY,
        ReplyKind.SUCCESS,
        ReplyKind.RECEIPT,
        ReplyKind.OPT_OUT,
    }
)


class SentMails:
    """All that went out, to be recognised by id, token or address."""

    def __init__(self, mails: Iterable[SentMail], *, secret: bytes) -> None:
        """`secret` is the log's, from which opt-out tokens are made."""
        self._by_id: dict[str, SentMail] = {}
        self._by_key: dict[str, list[SentMail]] = {}
        self._secret = secret
        self._tokens: dict[str, str] | None = None
        for mail in mails:
            for told in (mail.message_id, mail.server_id):
                if told:
                    self._by_id[told.strip("<> ")] = mail
            if mail.message_id:
                # X-Pressutskick-Id is what stands before the at sign of our Message-ID.
                self._by_id[mail.message_id.strip("<> ").partition("@")[0]] = mail
            self._by_key.setdefault(mail.key, []).append(mail)

    def find(self, verdict: Verdict) -> SentMail | None:
        """The mail of ours that it is about; None where it is about none."""
        clues = verdict.clues
        if verdict.kind in _BY_PROGRAMS:
            found = self._find_by_ids(clues.delivery_ids, verdict)
            found = found or self._find_by_ids(clues.message_ids, verdict)
        else:
            # Whoever forwards a mail of ours to somebody does not answer it.
            found = self._find_by_ids(clues.thread, verdict)
        found = found or self._find_by_token(clues.tokens)
        if found is not None:
            return found
        if clues.releases:
            return self._find_by_release(clues.releases, verdict)
        if clues.message_ids and verdict.kind in _BY_PROGRAMS:
            return None
        return self._find_by_address(verdict)

    def may_concern(self, seen: Glance) -> bool:
        """Whether the mail may be about one of ours; a mail to which this says no is not read."""
        if seen.is_open or comparison_key(seen.sender) in self._by_key:
            return True
        if any(each in self._by_id for each in seen.thread):
            return True
        return self._find_by_token(seen.tokens) is not None

    def holds_token(self, verdict: Verdict) -> bool:
        """Whether it carries the token of an address that was mailed."""
        return self._find_by_token(verdict.clues.tokens) is not None

    def before(self, mail: SentMail) -> SentMail | None:
        """The mail of another dispatch that went to the same address before that one."""
        earlier = [
            each
            for each in self._by_key.get(mail.key, ())
            if each.delivery_id < mail.delivery_id and each.dispatch != mail.dispatch
        ]
        return earlier[-1] if earlier else None

    def _find_by_ids(self, ids: Iterable[str], verdict: Verdict) -> SentMail | None:
        found = [self._by_id[each] for each in ids if each in self._by_id]
        if not found:
            return None
        # A thread refers to several; a report names whom it is about.
        keys = {comparison_key(each) for each in (*verdict.addresses, verdict.sender)}
        own = [mail for mail in found if mail.key in keys]
        return max(own or found, key=lambda mail: mail.delivery_id)

    def _find_by_token(self, tokens: Iterable[str]) -> SentMail | None:
        wanted = set(tokens)
        if not wanted:
            return None
        if self._tokens is None:
            self._tokens = {make_opt_out_token(self._secret, key): key for key in self._by_key}
        key = next((self._tokens[token] for token in wanted if token in self._tokens), None)
        return self._by_key[key][-1] if key is not None else None

    def _find_by_release(self, releases: Iterable[str], verdict: Verdict) -> SentMail | None:
        """A calendar names the release, with what tells its sessions apart after it."""
        keys = [comparison_key(each) for each in (*verdict.addresses, verdict.sender)]
        for key in keys:
            for mail in reversed(self._by_key.get(key, ())):
                if any(each.startswith(mail.dispatch.release_id) for each in releases):
                    return mail
        return None

    def _find_by_address(self, verdict: Verdict) -> SentMail | None:
        if verdict.date is None:
            return None
        for address in verdict.addresses:
            for mail in reversed(self._by_key.get(comparison_key(address), ())):
                if mail.moment - _SLACK <= verdict.date <= mail.moment + _REACH:
                    return mail
        return None
