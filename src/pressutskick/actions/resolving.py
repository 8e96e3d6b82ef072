"""A person's decision about deliveries whose outcome is unknown, or that were refused."""

from collections.abc import Sequence

from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.log import History
from pressutskick.dispatch.records import DeliveryRecord, DispatchRecord
from pressutskick.errors import InputNotFound
from pressutskick.mail import comparison_key
from pressutskick.sentences import say


def find_deliveries(
    log: History, record: DispatchRecord, status: DeliveryStatus, only: Sequence[str]
) -> list[DeliveryRecord]:
    """Deliveries of that status, those of `only` where addresses are named.

    Raises:
        InputNotFound: an address of `only` has none.
    """
    found = list(log.deliveries(record.id, status=status))
    if not only:
        return found
    by_key = {delivery.recipient.mailbox.key: delivery for delivery in found}
    missing = [address for address in only if comparison_key(address) not in by_key]
    if missing:
        addresses = ", ".join(missing)
        raise InputNotFound(
            say("{address} has no unknown outcome here.", address=addresses)
            if status is DeliveryStatus.UNKNOWN
            else say("{address} was not refused here.", address=addresses)
        )
    return [by_key[comparison_key(address)] for address in only]
