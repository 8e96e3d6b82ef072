"""A sender for rehearsals of those who have none yet."""

from dataclasses import replace

from pressutskick.mail import Mailbox
from pressutskick.settings.model import Settings

#: Nobody's: the domain is reserved (RFC 2606).
STAND_IN = Mailbox(name="Exempelkommunen", address="press@exempelkommunen.example")


def with_stand_in(settings: Settings) -> Settings:
    """The same, with a sender in any case."""
    return settings if settings.sender is not None else replace(settings, sender=STAND_IN)
