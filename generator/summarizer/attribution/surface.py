"""Frames that marks show rather than the tree: a colon, a dash before a name, a quotation beside a verb."""

from __future__ import annotations

from collections.abc import Iterator

from generator.summarizer.attribution.frame import VERBAL, Frame, Range, head_of
from generator.summarizer.attribution.subjects import subject
from generator.summarizer.attribution.tree import Tree
from generator.summarizer.attribution.view import Paragraph

_DASHES = frozenset("―—–-")


def colons(paragraph: Paragraph) -> Iterator[Frame]:
    """As in "X said:" before what follows, "X: Y" in titles and transcripts."""
    tree = paragraph.tree
    for i, word in enumerate(tree.words):
        if word != ":" or (paragraph.quoted[i] >= 0 and not _speaker_label(tree, i)):
            continue
        n = tree.sentence[i]
        first, stop = tree.bounds[n]
        if i == first:
            continue
        contents: dict[str, tuple[Range, ...]] = {}
        if i + 1 < stop:
            contents["sentence"] = ((i + 1, stop - 1),)
        if i + 1 < len(tree) and (n < 2 or n + 2 >= len(tree.bounds)):
            contents["paragraph"] = ((i + 1, len(tree) - 1),)
        else:
            contents["next"] = ((i, i),)
        verb = _speech_before(tree, first, i)
        for variant, content in contents.items():
            if verb is not None:
                source, head = subject(tree, verb)
                yield Frame(tree.lemmas[verb], "colon", variant, verb, (verb, i), content, source, head)
            if i - first <= 12:
                yield Frame(
                    ":", "colon label", variant, i, (i, i), content, (first, i - 1), head_of(tree, first, i - 1)
                )
        if i - first > 12 and verb is None:
            return


def _speaker_label(tree: Tree, colon: int) -> bool:
    """A transcript's speaker: capitals before a colon at the paragraph's start, be it inside a quotation."""
    label = [w for w in tree.words[:colon] if w[:1].isalpha()]
    return colon <= 6 and bool(label) and all(w.isupper() for w in label)


def _speech_before(tree: Tree, first: int, colon: int) -> int | None:
    """The last finite verb before the colon that has a subject, or the last verb."""
    verbs = [i for i in range(first, colon) if tree.pos[i] in VERBAL and tree.deps[i] not in ("aux", "auxpass")]
    with_subject = [i for i in verbs if any(tree.deps[c] in ("nsubj", "nsubjpass") for c in tree.children[i])]
    return (with_subject or verbs)[-1] if verbs else None


def signed(paragraph: Paragraph) -> Iterator[Frame]:
    """A quotation with its speaker after a dash: "..." - X."""
    tree = paragraph.tree
    if not paragraph.quotes or paragraph.quotes[-1].open:
        return
    quote = tree.between(paragraph.quotes[-1].span)
    i = quote[-1] + 1 if quote else len(tree)
    while i < len(tree) and tree.pos[i] == "SPACE":
        i += 1
    dash = quote[-1] if quote and tree.words[quote[-1]][-1] in _DASHES else i
    rest = range(dash + 1, len(tree))
    if not quote or dash >= len(tree) or tree.words[dash][-1] not in _DASHES or not 1 <= len(rest) <= 12:
        return
    if not any(tree.pos[k] in ("VERB", "AUX") for k in rest):
        source = (dash + 1, len(tree) - 1)
        yield Frame("-", "signed", "core", dash, (dash, dash), ((quote[0], quote[-1]),), source, head_of(tree, *source))


def quotes_beside(paragraph: Paragraph) -> Iterator[Frame]:
    """A verb with a subject outside a quotation of its sentence, where the tree may have missed the tie."""
    tree = paragraph.tree
    for q in paragraph.quotes:
        if len(q.span) < 15:
            continue
        inside = tree.between(q.span)
        if not inside:
            continue
        near = {tree.sentence[inside[0]], tree.sentence[inside[-1]]}
        for s in sorted(near):
            first, stop = tree.bounds[s]
            for v in range(first, stop):
                if (
                    tree.pos[v] == "VERB"
                    and paragraph.quoted[v] < 0
                    and any(tree.deps[c] in ("nsubj", "nsubjpass") for c in tree.children[v])
                ):
                    source, head = subject(tree, v)
                    side = "before" if v < inside[0] else "after"
                    near_by = min(abs(v - inside[0]), abs(v - inside[-1]))
                    name = f"quote {side} {'near' if near_by < 8 else 'far'}"
                    yield Frame(tree.lemmas[v], name, "core", v, (v, v), ((inside[0], inside[-1]),), source, head)
