"""What a person types, for commands that run in the test's own process."""

import io


class Answers(io.StringIO):
    """One line after the other, from a terminal."""

    def isatty(self) -> bool:
        return True
