"""Plain text: whatever a person pasted into a file. The last reader: it takes what no other knows."""

from __future__ import annotations

from pathlib import Path

from generator.errors import InputRefused
from generator.intake.decoding import decode, looks_binary
from generator.model import Capture
from generator.text import squeeze


class PlainText:
    """Reads any file that holds text."""

    name = "text"

    def detects(self, path: Path, head: bytes) -> bool:
        """Always: refusing binary files is :meth:`read`'s, so that the reason can be said."""
        return True

    def read(self, path: Path, data: bytes, name: str) -> tuple[Capture, ...]:
        """One capture a file. Raises InputRefused for a binary file and for one without a visible character."""
        if looks_binary(data):
            raise InputRefused("a binary file, not text", path=path)
        text, doubts = decode(data)
        if not squeeze(text):
            raise InputRefused("the file holds no text", path=path)
        return (Capture(path=name, text=text, medium=self.name, doubts=doubts),)


READER = PlainText()
