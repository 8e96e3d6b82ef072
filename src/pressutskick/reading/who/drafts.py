"""A contact as it grows while its lines are read."""

from dataclasses import dataclass, field

from pressutskick.reading.spots.reach import digits
from pressutskick.release.model import Contact


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One thing that a line tells of a contact, and the line."""

    field: str
    value: str
    lines: tuple[int, int]


@dataclass(slots=True, kw_only=True)
class ContactFound:
    """A contact as it grows while its lines are read."""

    is_desk: bool = False
    parts: list[Part] = field(default_factory=list)

    def get(self, name: str) -> str | None:
        """The first value told for a field."""
        return next((part.value for part in self.parts if part.field == name), None)

    def all(self, name: str) -> tuple[str, ...]:
        """Every value told for a field."""
        return tuple(part.value for part in self.parts if part.field == name)

    def lines(self, name: str) -> tuple[int, int] | None:
        """Where a field was told, first and last line."""
        found = [part.lines for part in self.parts if part.field == name]
        return (min(a for a, _ in found), max(b for _, b in found)) if found else None

    def add(self, name: str, value: str | None, lines: tuple[int, int]) -> None:
        """Adds a value, each number and address once."""
        if not value:
            return
        if name == "phones":
            known = any(digits(one) == digits(value) for one in self.all(name))
            known = known and any(
                one.strip().startswith("+") == value.strip().startswith("+")
                for one in self.all(name)
            )
        else:
            known = any(one.casefold() == value.casefold() for one in self.all(name))
        if not known and (name in ("phones", "emails") or self.get(name) is None):
            self.parts.append(Part(field=name, value=value, lines=lines))

    @property
    def name(self) -> str | None:
        """The person or the desk."""
        return self.get("name")

    @property
    def contact(self) -> Contact:
        """The value."""
        return Contact(
            name=self.name,
            title=self.get("title"),
            organisation=self.get("organisation"),
            phones=self.all("phones"),
            emails=self.all("emails"),
        )

    @property
    def is_reachable(self) -> bool:
        """Whether a number or an address is known."""
        return bool(self.all("phones") or self.all("emails"))
