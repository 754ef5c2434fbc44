"""What is looked at in a candidate: short strings, each with a weight in the table that :mod:`score` reads.

A feature names cues, frames, parts of speech and closed-class words; never a name.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.summarizer.attribution.placing import Candidate
from generator.summarizer.attribution.stance import stance_class
from generator.summarizer.attribution.tree import Tree
from generator.summarizer.attribution.view import Paragraph

_MODALS = frozenset(["would", "will", "could", "can", "may", "might", "should", "must", "shall"])
_PERSONS = {
    **dict.fromkeys(["i", "me", "my"], "I"),
    **dict.fromkeys(["we", "us", "our"], "we"),
    **dict.fromkeys(["you", "your"], "you"),
    **dict.fromkeys(["he", "she", "him", "her", "his"], "he"),
    **dict.fromkeys(["they", "them", "their"], "they"),
    **dict.fromkeys(["it", "its", "this", "that", "these", "those", "there"], "it"),
    **dict.fromkeys(["who", "which", "whom", "whose", "what"], "who"),
    **dict.fromkeys(
        [
            "one",
            "some",
            "many",
            "others",
            "most",
            "few",
            "several",
            "all",
            "both",
            "no",
            "anyone",
            "everyone",
            "nobody",
        ],
        "some",
    ),
}
_OPENERS = frozenset(
    [
        "that",
        "to",
        "whether",
        "how",
        "what",
        "why",
        "if",
        "as",
        "a",
        "an",
        "the",
        "his",
        "her",
        "their",
        "its",
        "it",
        "he",
        "she",
        "they",
        "who",
        "which",
        "when",
        "where",
        "more",
        "no",
        "not",
        "for",
        "of",
        "in",
        "on",
        "about",
        "so",
        "this",
        "these",
        "those",
        "him",
        "them",
        "himself",
    ]
)
# Tokens of a span that are looked at.
_LONGEST = 300
_MARKS = ("PUNCT", "SPACE")


def features(
    paragraph: Paragraph, candidate: Candidate, cues: dict[tuple[int, int], list[str]] | None = None
) -> list[str]:
    """The features that hold of a candidate; some twice as strong as combinations with its cue. ``cues`` remembers what
    holds of a cue (paragraph, token) for the other candidates that have it.
    """
    frame = candidate.frame
    key, name = _key(paragraph.tree, candidate), frame.name
    shape = f"{name}/{frame.variant}"
    out = ["bias", f"name={name}", f"shape={shape}", f"key={key}", f"key,name={key},{name}", f"key,shape={key},{shape}"]
    cues = {} if cues is None else cues
    at = (candidate.where, frame.head)
    if at not in cues:
        cues[at] = list(_cue(paragraph, frame.head))
    cue = cues[at]
    source = list(_source(paragraph, candidate))
    content = list(_content(paragraph, candidate))
    for feature in (*cue, *source, *content):
        out.append(feature)
        out.append(f"{feature}|{name}")
    kind = stance_class(frame.key)
    out += [f"class={kind}", f"class,name={kind},{name}", f"class,shape={kind},{shape}"]
    out += [f"{f}|class={kind}" for f in (cue[0], source[0], content[0], content[1], content[2])]
    out += [f"{f}|{key}" for f in (cue[0], source[0], content[0], content[1], content[2])]
    out.append(f"{content[2]}|{shape}")
    out.append(f"{content[0]}|{shape}")
    out.append(f"{source[0]}|{cue[0]}")
    return out


def _key(tree: Tree, candidate: Candidate) -> str:
    """The cue's key, unless it is a name."""
    head = candidate.frame.head
    if tree.pos[head] == "PROPN" and candidate.frame.key not in ("according to", ":", "-"):
        return "/name" if candidate.frame.key.endswith("/n") else tree.words[head].lower()[:4] + "~"
    return candidate.frame.key


def _cue(paragraph: Paragraph, v: int) -> Iterator[str]:
    tree = paragraph.tree
    kids = tree.children[v]
    aux = [tree.words[c].lower() for c in kids if tree.deps[c] in ("aux", "auxpass")]
    yield f"tag={tree.tags[v]}{'+' + _aux(aux) if aux else ''}"
    yield f"dep={tree.deps[v]}"
    if any(tree.deps[c] == "neg" for c in kids):
        yield "neg"
    if any(tree.deps[c] == "mark" and tree.lemmas[c] == "if" for c in kids):
        yield "if"
    if paragraph.quoted[v] >= 0:
        yield "cue quoted"
    stop = tree.bounds[tree.sentence[v]][1]
    if tree.words[stop - 1] == "?" or (stop > 1 and tree.words[stop - 2] == "?"):
        yield "question"
    if paragraph.number == 0:
        yield "first paragraph"
    yield from _above(tree, v)


def _aux(words: list[str]) -> str:
    if any(w in _MODALS for w in words):
        return "modal"
    if "to" in words:
        return "to"
    if any(w in ("has", "have", "had", "'ve", "’ve") for w in words):
        return "have"
    return "do" if any(w in ("do", "does", "did") for w in words) else "be"


def _above(tree: Tree, v: int) -> Iterator[str]:
    """What governs the cue: whether it is itself said by someone."""
    i, steps = v, 0
    while tree.heads[i] != i and steps < 6:
        head, dep = tree.heads[i], tree.deps[i]
        if dep in ("ccomp", "xcomp", "relcl", "acl", "advcl", "pcomp"):
            yield f"under={dep}"
            yield f"under={dep}:{tree.lemmas[head] if tree.pos[head] in ('VERB', 'AUX', 'NOUN', 'ADJ') else '-'}"
            return
        i, steps = head, steps + 1
    yield "under=nothing"


def _source(paragraph: Paragraph, candidate: Candidate) -> Iterator[str]:
    tree, frame = paragraph.tree, candidate.frame
    head = frame.source_head
    if head is None or frame.source is None:
        yield "src=none"
        return
    word = tree.words[head].lower()
    person = _PERSONS.get(word)
    yield f"src={person or tree.tags[head]}"
    if person is None and tree.pos[head] == "NOUN":
        yield f"src lemma={tree.lemmas[head]}"
    if paragraph.quoted[head] >= 0:
        yield "src quoted"
    yield f"src dep={tree.deps[head]}"
    distance = abs(frame.head - head)
    yield "src far" if distance > 12 else "src near" if distance < 4 else "src mid"
    yield f"src side={'left' if head < frame.head else 'right'}"


def _content(paragraph: Paragraph, candidate: Candidate) -> Iterator[str]:
    tree, frame = paragraph.tree, candidate.frame
    parts = [part for span in candidate.content if (part := tree.between(span)[:_LONGEST])]
    words, quoted, finite = (
        sum(counts[part.stop] - counts[part.start] for part in parts)
        for counts in (paragraph.words, paragraph.words_quoted, paragraph.finite)
    )
    first = next((i for part in parts for i in part if tree.pos[i] not in _MARKS), None)
    last = next((i for part in reversed(parts) for i in reversed(part) if tree.pos[i] not in _MARKS), None)
    opener = tree.words[first].lower() if first is not None else ""
    yield f"opens={opener if opener in _OPENERS else tree.pos[first] if first is not None else '-'}"
    share = "none" if not quoted else "all" if quoted == words else "most" if quoted * 2 > words else "some"
    yield f"quoted={share}"
    yield f"length={_bucket(words)}"
    yield "finite" if finite else "not finite"
    yield f"pieces={min(len(candidate.content), 3)}"
    if candidate.grown:
        yield f"grown={candidate.grown}"
    if share == "some" and paragraph.quoted[parts[0][0]] < 0:
        yield "quoted within"
    a, b = frame.content[0][0], frame.content[-1][1]
    head = next((i for i in range(a, min(b + 1, len(tree))) if not a <= tree.heads[i] <= b or tree.heads[i] == i), a)
    yield f"content pos={tree.tags[head] if head < len(tree) else '-'}"
    if head < len(tree) and tree.pos[head] in ("NOUN", "VERB", "ADJ"):
        yield f"content lemma={tree.lemmas[head]}"
    if head < len(tree):
        yield f"content det={_determiner(tree, head)}"
    first_token, stop = tree.bounds[tree.sentence[frame.head]]
    if first is not None and first <= first_token + 1:
        yield "from sentence start"
    if last is not None and last >= stop - 3:
        yield "to sentence end"


def _determiner(tree: Tree, head: int) -> str:
    for c in tree.children[head]:
        if c < head and tree.deps[c] in ("det", "poss", "nummod"):
            return tree.words[c].lower() if tree.deps[c] == "det" else tree.deps[c]
    return "-"


def _bucket(n: int) -> str:
    for limit in (1, 2, 3, 5, 8, 12, 20, 40):
        if n <= limit:
            return f"<={limit}"
    return ">40"
