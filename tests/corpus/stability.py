#!/usr/bin/env python3
"""What a digest may hang on: its articles, and nothing else.

    python tests/corpus/stability.py [--ids-only] [INBOX-FOLDER...]     default: the sample's stories, ../shared/seeds

For each folder of one story the digest is exported with other hash seeds, other numbers of workers and the files saved
in other orders: all must be the same bytes. Then each article is left out once, as if it had come last: a claim that it
doesn't touch keeps its id. What is near is told by what else there is, so that a few of those claims are put together
otherwise; where two become one, an id goes. Exit status 1 where bytes differ, an id changes for the same mentions, or
more than a few claims are put together otherwise.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(HERE)]

from generator import archive, summarizer  # noqa: E402
from generator.model import Annotated, Digest  # noqa: E402

REGROUPED = 0.04  # share of the claims that an article doesn't touch and that are yet put together otherwise
FEW = 4  # such claims, where a story is small
WAYS = (("0", 1, 0), ("1", 2, 1), ("77", 1, 2), ("4294967295", 2, 3))  # hash seed, workers, order of the files


@dataclass(frozen=True)
class Step:
    """What one more article does to the claims that it doesn't touch: how many there are, whose ids are gone although
    the same mentions stand together, which stand together otherwise, and whose ids are gone thereby.
    """

    article: str
    untouched: int
    renamed: tuple[str, ...]
    regrouped: tuple[str, ...]
    lost: tuple[str, ...]


def one_more(before: Digest, after: Digest, article: str) -> Step:
    """What ``article``, that only ``after`` has, does to the others' claims."""
    home = {m.id: c for c in after.claims for m in c.mentions}
    untouched, renamed, regrouped = 0, [], []
    for claim in before.claims:
        now = {home[m.id].id: home[m.id] for m in claim.mentions if m.id in home}
        if any(m.article == article for c in now.values() for m in c.mentions):
            continue
        untouched += 1
        same = [c for c in now.values() if _body(c.mentions) == _body(claim.mentions)]
        if not same:
            regrouped.append(claim.id)
        elif same[0].id != claim.id:
            renamed.append(claim.id)
    ids = {c.id for c in after.claims}
    return Step(article, untouched, tuple(renamed), tuple(regrouped), tuple(i for i in regrouped if i not in ids))


def _body(mentions: Sequence[object]) -> set[str]:
    return {m.id for m in mentions if not m.headline}  # type: ignore[attr-defined]


def each_once(articles: Sequence[Annotated], digest: Callable[[Sequence[Annotated]], Digest]) -> Iterator[Step]:
    """Each article added to all the others."""
    after = digest(articles)
    for last in articles:
        rest = [a for a in articles if a is not last]
        yield one_more(digest(rest), after, last.article.id)


def exported(folder: Path, scratch: Path, way: tuple[str, int, int]) -> tuple[bytes, Path]:
    """The digest of the files of ``folder`` as bytes, made ``way``, and the Markdown that it was made of."""
    seed, workers, order = way
    content = scratch / f"content{order}"
    inbox = content / "inbox" / "story"
    inbox.mkdir(parents=True)
    files = sorted(p for p in folder.iterdir() if p.is_file())
    random.Random(order).shuffle(files)
    for path in files:
        shutil.copy(path, inbox)
    to = scratch / f"{order}.json"
    command = [sys.executable, str(ROOT / "publish.py"), "export", "--to", str(to), "--content", str(content)]
    command += ["--work", str(scratch / f"work{order}"), "--workers", str(workers)]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed})
    return to.read_bytes(), content / "articles"


def check(folder: Path, *, ids_only: bool) -> bool:
    """Prints what was found of one story, and says whether all is well."""
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        made = [exported(folder, scratch, way) for way in (WAYS[:1] if ids_only else WAYS)]
        same = len({bytes_ for bytes_, _ in made}) == 1
        articles, _ = archive.articles(made[0][1] / "story", "story")
    print(f"{folder.name}: {len(articles)} articles, {len(made)} ways, {'the same bytes' if same else 'OTHER BYTES'}")
    good = same
    for step in each_once(summarizer.annotate_many(articles), partial(summarizer.summarize, "s", "S")):
        print(
            f"  {step.article[:44]:44} untouched {step.untouched:4}, renamed {len(step.renamed)}, "
            f"put together otherwise {len(step.regrouped)}, ids gone {len(step.lost)}"
        )
        good = good and not step.renamed and len(step.regrouped) <= max(FEW, REGROUPED * step.untouched)
    return good


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--ids-only", action="store_true", help="leave out the exports that compare bytes")
    args = parser.parse_args()
    inbox = ROOT / "content" / "inbox"
    seeds = ROOT.parent / "shared" / "seeds"
    folders = args.folders or [*sorted(p for p in inbox.iterdir() if p.is_dir()), *([seeds] if seeds.is_dir() else [])]
    good = [check(folder, ids_only=args.ids_only) for folder in folders]  # each is told
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
