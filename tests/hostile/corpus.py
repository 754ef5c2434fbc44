"""The corpus: every class of hostile input, the same for the same seed, with what must hold of each."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tests.hostile import active, carriers, crowds, dresses, encodings, media, places, texts
from tests.hostile.case import CANARY, Case, Words

SEED = 7


def corpus(seed: int = SEED) -> list[Case]:
    """Every case; names are unique."""
    words = Words(seed)
    parts = (texts, encodings, active, media, crowds, places, dresses, carriers)
    found = [case for part in parts for case in part.cases(words)]
    names = [c.name for c in found]
    assert len(names) == len(set(names)), [n for n in names if names.count(n) > 1]
    return found


def lay(cases: Iterable[Case], root: Path) -> Path:
    """Writes ``cases`` under ``root``/pile, a folder a kind; plants files outside that nothing may read."""
    outside = root / "outside"
    outside.mkdir(parents=True, exist_ok=True)
    (outside / "secret.txt").write_text(f"The {CANARY} words were said by nobody at all.\n")
    (outside / "secret.toml").write_text(f'[[article]]\nfile = "*"\noutlet = "{CANARY}"\n')
    (root / "secret.txt").write_text(f"{CANARY} of the root\n")
    for case in cases:
        folder = root / "pile" / case.kind
        if case.kind in ("link", "own-folder"):
            folder = folder.with_name(f"{case.kind}-{case.name}")
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in case.files:
            (folder / name).write_bytes(data)
        if case.lay:
            case.lay(folder)
    return root / "pile"
