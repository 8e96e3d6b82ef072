"""What every log refuses, told in the same words."""

from pressutskick.dispatch.records import DispatchKey
from pressutskick.errors import DeliveryLogError, DispatchInProgress
from pressutskick.sentences import say


def dispatch_in_progress(key: DispatchKey) -> DispatchInProgress:
    """Another run has the dispatch."""
    return DispatchInProgress(
        say("Another run is sending {dispatch} right now.", dispatch=str(key)),
        remedy=say(
            "Nothing was sent by this one. Wait until the other has ended, then look with: "
            "pressutskick log {dispatch}",
            dispatch=str(key),
        ),
    )


def still_running(key: DispatchKey, host: str, pid: int) -> DispatchInProgress:
    """A run that was asked to end has something in flight for too long."""
    return DispatchInProgress(
        say(
            "The run that sends {dispatch} (process {pid} on {host}) was asked to stop and has not "
            "ended yet.",
            dispatch=str(key),
            pid=pid,
            host=host,
        ),
        remedy=say("Nothing was sent by this one; run the same command again in a minute."),
    )


def followup_in_progress() -> DispatchInProgress:
    """Another run mails what follows an invitation."""
    return DispatchInProgress(
        say("Another run is sending reminders or changes right now."),
        remedy=say("Nothing was sent by this one; run the same command again later."),
    )


def called_off(key: DispatchKey) -> DeliveryLogError:
    """The dispatch is over for good."""
    return DeliveryLogError(
        say("The dispatch {dispatch} was called off.", dispatch=str(key)),
        remedy=say("Look with: pressutskick log {dispatch}", dispatch=str(key)),
    )


def stripped(key: DispatchKey) -> DeliveryLogError:
    """Nobody knows any more who has had the dispatch: going on would mail people twice."""
    return DeliveryLogError(
        say(
            "The names and addresses of {dispatch} were removed when their time was over, so it "
            "cannot be gone on with.",
            dispatch=str(key),
        ),
        remedy=say("Give the text a new id: in its front matter to invite anew."),
    )


def moved(name: str, place: str) -> DeliveryLogError:
    """The log is somewhere else now: who goes on with the old one mails people twice."""
    return DeliveryLogError(
        say("{file}: this delivery log was moved to {place}.", file=name, place=place),
        remedy=say("Nothing was sent. Set PRESSUTSKICK_DATABASE to where it is now."),
    )
