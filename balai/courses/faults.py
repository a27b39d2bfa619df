"""What is wrong in an author's text, and where: shown beside the draft, all at once."""

from dataclasses import dataclass, field


@dataclass(frozen=True, order=True)
class Fault:
    """``path`` and ``line`` (from 1; 0 is the whole file) say where; ``text`` is one plain sentence."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}, baris {self.line}: {self.text}" if self.line else f"{self.path}: {self.text}"


@dataclass
class Faults:
    """Faults as they are found."""

    found: list[Fault] = field(default_factory=list)

    def add(self, path: str, line: int, text: object) -> None:
        self.found.append(Fault(path, line, str(text)))

    def sorted(self) -> list[Fault]:
        return sorted(set(self.found))
