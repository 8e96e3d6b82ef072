"""The tool in a process of its own, with the settings that a test gives and no others."""

import os
import sys

PREFIX = "PRESSUTSKICK_"


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "pressutskick", *words]


def environment(**settings: object) -> dict[str, str]:
    """`settings` without their prefix; they are English and press@astad.example's unless told."""
    own = {key: value for key, value in os.environ.items() if not key.startswith(PREFIX)}
    given = {"FROM": "Pressen <press@astad.example>", "LANGUAGE": "en", **settings}
    return {
        **own,
        "PYTHONPATH": os.pathsep.join(sys.path),
        **{PREFIX + key: str(value) for key, value in given.items()},
    }


def clear_text(port: int) -> dict[str, object]:
    """Settings for a relay on loopback that asks for neither TLS nor login."""
    return {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": port, "SMTP_SECURITY": "none"}
