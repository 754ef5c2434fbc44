"""What needs a person: each thing on a line, with the TOML that settles it and the file to paste it into.

What a person pastes is a decision in content/stories/<story>.toml or an entry of a coverage.toml; both take effect at
the next build, and what they settle is not listed again. Nothing here changes a file.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from generator import archive, files, markdown, pipeline
from generator.cache import Cache
from generator.errors import InputRefused
from generator.model import Article, Claim, Digest, Join, Source, SourceKind
from generator.pipeline import Means, Report
from generator.pipeline.digesting import finish
from generator.pipeline.means import LOOSE
from generator.pipeline.standing import every_story
from generator.project import Project
from generator.summarizer.decisions import OF_NAMES, Decision, dead, line, parse
from generator.text import one_line

DOUBT = 0.55  # a join less likely than this is worth a look
MOST = 20  # doubtful joins of one story that are listed, the most doubtful ones
_COURTESY = frozenset({"mr", "mrs", "ms", "miss", "dr", "sir", "the"})


@dataclass(frozen=True, slots=True)
class Item:
    """One thing for a person. ``paste`` goes into the file ``into`` and needs filling in where it holds ""; without it
    ``says`` tells what to do. ``dead`` is whether it is a decision that points at nothing.
    """

    kind: str
    where: str
    says: str
    into: Path | None = None
    paste: str = ""
    line: int | None = None
    dead: bool = False


def review(project: Project, means: Means, report: Report) -> tuple[Item, ...]:
    """All that needs a person, story by story. Converts and compares what has changed, as a build does."""
    memo = Cache(project.cache)
    found: list[Item] = []
    standing: dict[str, tuple[Article, ...]] = {}
    made = every_story(project, memo, means, report)  # first: it may put loose files into stories
    piles = list(pipeline.inbox(project))
    folders = {story: root for story, root, _ in piles}
    loose = frozenset(p.name for _, root, paths in piles if root == project.inbox for p in paths)
    for compared in made:
        digest = compared.load()
        standing[digest.story] = tuple(a.article for a in digest.articles)
        home = folders.get(digest.story, project.inbox)
        for article in standing[digest.story]:
            found += of_article(article, _markdown(project, article), _inbox_folder(article, home, project, loose))
        found += of_story(digest, project.stories / f"{digest.story}.toml")
    found += of_lost_stories(project.stories, standing)
    found += of_places(standing, loose, project.inbox)
    found += of_conflicts(project.articles)
    finish(memo, report)
    return tuple(found)


def of_story(digest: Digest, taken: Path) -> Iterator[Item]:
    """What needs a person in a story; ``taken`` is the file of its decisions."""
    text, decided = parsed(taken)
    confirmed = [frozenset(d.of) for d in decided if d.kind == "merge"]
    yield from of_speakers(digest, taken, {name for d in decided if d.kind in OF_NAMES for name in d.of})
    yield from of_joins(digest, taken, confirmed)
    for decision in dead(decided, digest.articles):
        yield _dead(taken, text, decision, "points at nothing any more")


def parsed(taken: Path) -> tuple[str, tuple[Decision, ...]]:
    """The text of an editor's file and its decisions, none where it is not there or can't be read."""
    try:
        text = files.read_text(taken, within=taken.parent)
        return text, parse(tomllib.loads(text))
    except (InputRefused, ValueError, RecursionError):
        return "", ()  # what can't be read is told when the story is compared


def _inbox_folder(article: Article, home: Path, project: Project, loose: frozenset[str]) -> Path | None:
    """The folder of the inbox with the article's file; ``None`` where it is not there."""
    name = (article.source_file or "").split("#")[0]
    if name and (home / name).exists():
        return home
    return project.inbox if name in loose else None


def _markdown(project: Project, article: Article) -> Path:
    return project.articles / article.story / f"{article.id}.md"


def of_article(article: Article, path: Path, folder: Path | None) -> Iterator[Item]:
    """An unknown outlet, and a day of publication that nobody gives."""
    for kind, field, value, says in (
        ("unknown outlet", "outlet", article.outlet, f"nothing says who published “{article.label}”"),
        ("undated", "published", article.published, f"nothing says when “{article.label}” was published"),
    ):
        if value:
            continue
        if folder is None:
            yield Item(kind, str(path), f"{says}: write `{field}: …` between the lines ---")
            continue
        name = (article.source_file or "").split("#")[0]
        paste = f'[[article]]\nfile = {quoted(name)}\n{field} = ""{"  # 2026-03-09" if field == "published" else ""}'
        yield Item(kind, str(folder / name), says, folder / "coverage.toml", paste)


def of_speakers(digest: Digest, taken: Path, settled: Collection[str] = ()) -> Iterator[Item]:
    """Names that may be one person's or two persons', but for those in ``settled``."""
    full = [s for s in digest.sources if s.kind is SourceKind.PERSON and "-" in s.id and _is_name(s.name)]
    for source in digest.sources:
        owners = [s for s in full if s.id.split("-")[-1] == source.id]
        if len(owners) > 1 and source.name not in settled:
            says = f"“{source.name}” may be {' or '.join(s.name for s in owners)}"
            paste = _either(*(_names("alias", source.name, s.name) for s in owners))
            yield Item("speaker", digest.story, says, taken, paste)
    for one, other in combinations(full, 2):
        if _near(one.id, other.id) and not {one.name, other.name} <= set(settled):
            says = f"“{one.name}” and “{other.name}” may be one person"
            paste = _either(_names("alias", one.name, other.name), _names("apart", one.name, other.name))
            yield Item("speaker", digest.story, says, taken, paste)
    for source, article, surname in _taken_for(digest, full):
        if surname not in settled:
            says = f"“{surname}” in “{article.label}” is taken for {source.name}, whom it does not name in full"
            yield Item("speaker", digest.story, says, taken, _names("apart", surname, source.name))


def _is_name(name: str) -> bool:
    """Whether a speaker is called by a name, not "the head of the office"."""
    words = name.split()
    return words[0].lower() not in ("the", "a", "an") and all(words[n][:1].isupper() for n in (0, -1))


def _either(*choices: str) -> str:
    """The first, and the others as comments."""
    rest = ("# or\n" + "\n".join(f"# {line}" for line in choice.split("\n")) for choice in choices[1:])
    return "\n".join([choices[0], *rest])


def _names(kind: str, *names: str) -> str:
    return f"[[{kind}]]\nnames = [{', '.join(map(quoted, names))}]"


def _taken_for(digest: Digest, full: Sequence[Source]) -> Iterator[tuple[Source, Article, str]]:
    """Speakers who in some article go by their surname and a role, and never by their full name."""
    by_id = {s.id: s for s in full}
    told: set[tuple[str, str]] = set()
    for annotated in digest.articles:
        text = annotated.article.text
        for attribution in annotated.attributions:
            source = by_id.get(attribution.chain[0].id) if attribution.chain else None
            if source is None or attribution.source is None or source.name in text:
                continue
            surname = source.name.split()[-1]
            if _with_another_role(attribution.source.of(text), surname, source) and (source.id, text) not in told:
                told.add((source.id, text))
                yield source, annotated.article, surname


def _with_another_role(printed: str, surname: str, source: Source) -> bool:
    known = {w.lower() for w in f"{source.role or ''} {source.name}".split()}
    words = printed.split()
    others = [w for w in words if w[:1].isupper() and w.lower().rstrip(".") not in known | _COURTESY]
    return surname in words and bool(others)


def _near(one: str, other: str) -> bool:
    """Whether two names differ in one letter."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = next((n for n, (x, y) in enumerate(zip(one, other, strict=False)) if x != y), min(len(one), len(other)))
    return one[start + 1 :] in (other[start + 1 :], other[start:]) or one[start:] == other[start + 1 :]


def of_joins(digest: Digest, taken: Path, confirmed: Sequence[frozenset[str]] = ()) -> Iterator[Item]:
    """Mentions that were put together on weak grounds, the weakest first; not those that a person confirmed."""
    weak = sorted(
        (join.score, join.b, claim.id, claim, join)
        for claim in digest.claims
        for join in claim.joins
        if join.score < DOUBT and not any({join.a, join.b} <= group for group in confirmed)
    )
    for *_, claim, join in weak[:MOST]:
        yield Item("doubtful join", digest.story, _join_told(claim, join), taken, _join_paste(join))
    if len(weak) > MOST:
        yield Item("doubtful join", digest.story, f"{len(weak) - MOST} more when these are settled")


def _join_told(claim: Claim, join: Join) -> str:
    texts = {m.id: m.text for m in claim.mentions}
    reasons = ", ".join(join.reasons) or "no single reason"
    return f"“{_short(texts[join.a])}” and “{_short(texts[join.b])}” as one claim ({join.score:.2f}: {reasons})"


def _join_paste(join: Join) -> str:
    apart, same = f"[[split]]\nmentions = [{quoted(join.b)}]", f"[{quoted(join.a)}, {quoted(join.b)}]"
    return _either(apart, f"[[merge]]\nmentions = {same}")


def _dead(path: Path, text: str, decision: Decision, says: str) -> Item:
    what = f"this {decision.kind} {says}: {', '.join(decision.of)}"
    return Item("dead decision", str(path), what, line=line(text, decision), dead=True)


def of_lost_stories(folder: Path, standing: Collection[str]) -> Iterator[Item]:
    """Decisions on stories that are not there any more."""
    for path in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
        if path.stem not in standing:
            text, decided = parsed(path)
            for decision in decided:
                yield _dead(path, text, decision, "is on a story that is not there any more")


def of_places(standing: Mapping[str, Sequence[Article]], loose: Collection[str], inbox: Path) -> Iterator[Item]:
    """Loose articles that may belong to another story than that where they lie, but for those that a person placed."""
    from generator.intake.coverage import read_coverage
    from generator.summarizer import stories

    coverage = read_coverage(inbox)
    articles = {a.id: a for own in standing.values() for a in own}
    names = {id_: (a.source_file or "").split("#")[0] for id_, a in articles.items()}
    asked = {id_ for id_, name in names.items() if name in loose and coverage.hints_for(name).story is None}
    if not asked:
        return
    for place in stories.review({s: own for s, own in standing.items() if s != LOOSE}, asked):
        other = f"may belong to {place.other}" if place.other else f"hardly fits the rest of {place.story}"
        alone = "alone in" if place.likeness == 0.0 else f"in ({place.likeness:.2f})"
        words = f": they share {', '.join(place.shared)}" if place.shared else ""
        says = f"“{articles[place.article].label}”, {alone} {place.story}, {other} ({place.other_likeness:.2f}){words}"
        begun = f"[[article]]\nfile = {quoted(names[place.article])}\nstory = "
        told = (begun + quoted(story) for story in (place.other, place.story) if story)
        paste = _either(*told)
        path = inbox / names[place.article]
        yield Item("doubtful place", str(path), says, inbox / "coverage.toml", paste)


def of_conflicts(folder: Path) -> Iterator[Item]:
    """Edited Markdown whose source has changed since; not where the editor has seen the new text."""
    for beside in sorted(folder.glob(f"*/*.md{archive.CONFLICT_SUFFIX}")):
        path = beside.with_name(beside.name.removesuffix(archive.CONFLICT_SUFFIX))
        if not path.is_file():
            continue
        try:
            new, old = (markdown.source_stamp(files.read_text(p, within=folder)) for p in (beside, path))
        except InputRefused:
            continue  # told when it is read as an article
        if old == new:
            continue
        says = (
            f"edited by hand, and its source has changed: to keep your text, put “source={new}” in its line "
            f"“generated:”; to take the new one, put {beside.name} in its place"
        )
        yield Item("conflict", str(path), says)


def quoted(text: str) -> str:
    """``text`` as a string of TOML."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _short(text: str, most: int = 90) -> str:
    line = one_line(text)
    return line if len(line) <= most else line[: most - 1].rsplit(" ", 1)[0] + " …"


def errors(items: Sequence[Item]) -> list[InputRefused]:
    """Dead decisions as errors."""
    return [InputRefused(f"{item.kind}: {item.says}", path=item.where, line=item.line) for item in items if item.dead]


def lines(items: Sequence[Item]) -> Iterator[str]:
    """The report as text: what there is to say, then per file what to paste, as TOML with comments."""
    for item in items:
        if item.into is None:
            yield f"{item.where}{f':{item.line}' if item.line else ''}: {item.kind}: {item.says}"
    for into in dict.fromkeys(item.into for item in items if item.into is not None):
        yield f"\n# --- {into}"
        for item in items:
            if item.into == into:
                yield f"\n# {item.kind}: {one_line(item.says)}"
                yield item.paste
