"""The zone in which Swedish clocks are read, and how a moment is told in it."""

import datetime as dt
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Stockholm")


def tell_moment(moment: dt.datetime, zone: dt.tzinfo = ZONE) -> str:
    """`2026-12-01 07:00 CET`: an aware moment, with the zone that its clock is in."""
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M %Z}"
