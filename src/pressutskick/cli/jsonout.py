"""Machine output: one JSON document on stdout, without loading what paints terminals."""

import json
import sys


def json_text(value: object) -> str:
    """What `print_json` prints."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def print_json(value: object) -> None:
    """One JSON document on stdout, UTF-8, the same in every language."""
    sys.stdout.write(json_text(value))
