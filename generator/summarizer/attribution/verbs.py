"""Frames of verbs: clause, infinitive, object, preposition, predicate, passive."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.summarizer.attribution.frame import Frame, Range, unmarked
from generator.summarizer.attribution.parenthetic import parenthetic
from generator.summarizer.attribution.subjects import RAISING, subject
from generator.summarizer.attribution.tree import NONE, SUBJECTS, Tree

_CLINGING = frozenset({*SUBJECTS, "dobj", "dative", "npadvmod", "advmod", "prep", "prt"})


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb as a possible cue, with what all its frames share."""

    tree: Tree
    at: int
    key: str
    cue: Range
    passive: bool
    source: Range | None
    source_head: int | None

    def frame(self, name: str, variant: str, *content: Range, through: int | None = None) -> Frame:
        """A frame of this verb; ``through`` carries the cue on to a preposition."""
        cue = self.cue if through is None else (self.cue[0], max(self.cue[1], through))
        name += "/pass" if self.passive else ""
        return Frame(self.key, name, variant, self.at, cue, content, self.source, self.source_head)


def of_verb(tree: Tree, v: int) -> Iterator[Frame]:
    """Every frame of the verb ``v``."""
    source, head = subject(tree, v)
    passive = any(tree.deps[c] in ("nsubjpass", "auxpass") for c in tree.children[v])
    verb = Verb(tree, v, _key(tree, v), _group(tree, v), passive, source, head)
    for c in tree.children[v]:
        rule = _RULES.get(tree.deps[c])
        if rule is not None:
            yield from rule(verb, c)
    if passive:
        yield from _passive(verb)
    if head is not None and tree.child(v, "ccomp") is None:
        for variant, parts in parenthetic(tree, v):
            yield verb.frame("paren:" + tree.deps[v], variant, *parts)


def _clause(verb: Verb, c: int) -> Iterator[Frame]:
    """As in "X said that Y", and "Y, X said"."""
    tree, v = verb.tree, verb.at
    left, right = tree.subtree(c)
    if c < v:
        first = tree.bounds[tree.sentence[v]][0]
        end = min(right, v - 1)
        yield verb.frame("ccomp<", "core", (left, end))
        if first < left:
            yield verb.frame("ccomp<", "wide", (first, end))
        after = _after(tree, v)
        if after is not None:
            yield verb.frame("ccomp<", "both", (left, min(end, _clause_start(tree, v) - 1)), after)
        return
    yield verb.frame("ccomp", "core", (left, right))
    if tree.rights[v] > right:
        yield verb.frame("ccomp", "rest", (left, unmarked(tree, tree.rights[v], c)))
    conj = tree.child(v, "conj")
    if tree.rights[v] > right and conj is not None and conj > c:
        yield verb.frame("ccomp", "till conj", (left, max(right, _before_conj(tree, conj))))


def _before_conj(tree: Tree, conj: int) -> int:
    end = tree.lefts[conj] - 1
    while end > 0 and tree.pos[end] in ("CCONJ", "PUNCT", "SPACE"):
        end -= 1
    return end


def _clause_start(tree: Tree, v: int) -> int:
    """The first token of a postponed "said X" or "X said": subject or verb, whichever comes first."""
    parts = (c for c in tree.children[v] if c < v and tree.deps[c] in (*SUBJECTS, "aux", "neg", "advmod", "auxpass"))
    return min((tree.lefts[c] for c in parts), default=v)


def _after(tree: Tree, v: int) -> Range | None:
    """What goes on after ", he said," in the same sentence: the sentence's rest after the comma."""
    last = v
    for c in tree.children[v]:
        if c > v and tree.deps[c] in _CLINGING and tree.lefts[c] <= last + 1:
            last = tree.rights[c]
    end = unmarked(tree, tree.bounds[tree.sentence[v]][1] - 1, last)
    if end - last < 3 or last + 1 >= len(tree) or tree.words[last + 1] not in (",", ";", "—", "-", "–", "."):
        return None
    return last + 2, end


def _infinitive(verb: Verb, c: int) -> Iterator[Frame]:
    """As in "X promised to Y", "X urged Y to Z", and what only seems: "Y seems to Z"."""
    tree, v = verb.tree, verb.at
    yield verb.frame("xcomp", "core", tree.subtree(c))
    if tree.lemmas[v] in RAISING and (raised := tree.child(v, "nsubj")) is not None:
        yield verb.frame("raised", "core", tree.subtree(raised), tree.subtree(c))
    other = tree.child(v, "dobj", "nsubjpass")
    if other is not None:
        low, high = sorted((other, c))
        yield verb.frame("obj+xcomp", "core", tree.subtree(low), tree.subtree(high))


def _object(verb: Verb, c: int) -> Iterator[Frame]:
    """As in "X praised Y", with and without what follows Y."""
    tree, v = verb.tree, verb.at
    if c < v or tree.lemmas[v] == "be":
        return
    contrast = _contrasted(tree, v, tree.rights[c])
    yield verb.frame("dobj", "core", (tree.lefts[c], contrast or tree.rights[c]))
    if tree.rights[v] > tree.rights[c] and contrast is None:
        yield verb.frame("dobj", "rest", (tree.lefts[c], unmarked(tree, tree.rights[v], c)))


def _contrasted(tree: Tree, v: int, end: int) -> int | None:
    """As in "X saw Y, but no Z": the last token of what was not seen, which the parser hangs anywhere."""
    after = end + 1 + (end + 1 < len(tree) and tree.words[end + 1] == ",")
    opens = after + 1 < len(tree) and tree.words[after] in ("but", "and") and tree.words[after + 1] in NONE
    if not opens:
        return None
    on = (c for c in tree.children[v] if tree.deps[c] == "conj" and tree.pos[c] == "VERB" and tree.lefts[c] > after + 1)
    going_on = next(on, None)
    stop = tree.bounds[tree.sentence[v]][1] - 1 if going_on is None else _before_conj(tree, going_on)
    return unmarked(tree, stop, after) if stop > after + 1 else None


def _preposition(verb: Verb, c: int) -> Iterator[Frame]:
    """As in "X called for Y"."""
    inner = verb.tree.child(c, "pobj", "pcomp")
    if c > verb.at and inner is not None:
        yield verb.frame("prep:" + verb.tree.lemmas[c], "core", verb.tree.subtree(inner), through=c)


def _predicate(verb: Verb, c: int) -> Iterator[Frame]:
    """As in "X called Y a Z"."""
    tree, v = verb.tree, verb.at
    if c > v and tree.lemmas[v] != "be":
        other = tree.child(v, "dobj")
        first = tree.lefts[other] if other is not None and v < other < c else tree.lefts[c]
        yield verb.frame(tree.deps[c], "core", (first, tree.rights[c]))


def _adverbial(verb: Verb, c: int) -> Iterator[Frame]:
    """As in "X asked if Y", where the parser took the clause for an adverbial."""
    mark = verb.tree.child(c, "mark", "aux")
    if c > verb.at and mark is not None:
        yield verb.frame("advcl:" + verb.tree.lemmas[mark or c], "core", verb.tree.subtree(c))


def _passive(verb: Verb) -> Iterator[Frame]:
    """As in "Y is expected", "Y is expected to Z"."""
    tree, v = verb.tree, verb.at
    about = tree.child(v, "nsubjpass")
    if about is None:
        return
    yield verb.frame("nsubjpass", "core", tree.subtree(about))
    for c in tree.children[v]:
        if c > v and tree.deps[c] in ("xcomp", "ccomp", "prep", "oprd", "acomp", "advcl"):
            yield verb.frame("nsubjpass+" + tree.deps[c], "core", tree.subtree(about), tree.subtree(c))


_RULES: dict[str, Callable[[Verb, int], Iterator[Frame]]] = {
    "ccomp": _clause,
    "xcomp": _infinitive,
    "dobj": _object,
    "attr": _object,
    "prep": _preposition,
    "oprd": _predicate,
    "acomp": _predicate,
    "advcl": _adverbial,
}


def _group(tree: Tree, v: int) -> Range:
    """The verb with its auxiliaries, negation and particle, as far as they touch."""
    first = last = v
    for c in reversed(tree.children[v]):
        if c == first - 1 and tree.deps[c] in ("aux", "auxpass", "neg", "advmod") and tree.lefts[c] == tree.rights[c]:
            first = c
    for c in tree.children[v]:
        if c == last + 1 and tree.deps[c] == "prt":
            last = c
    return first, last


def _key(tree: Tree, v: int) -> str:
    """The lemma, with its particle; "be" and "have" with the word that makes their sense."""
    lemma = tree.lemmas[v]
    particle = tree.child(v, "prt")
    if particle is not None:
        return f"{lemma} {tree.lemmas[particle]}"
    if lemma in ("be", "seem", "remain", "become"):
        for dep in (("acomp", "attr"), ("nsubj",)):
            other = tree.child(v, *dep)
            if other is not None and tree.pos[other] in ("ADJ", "NOUN"):
                return f"{lemma} {tree.lemmas[other]}"
    if lemma in ("have", "make", "give", "take", "get", "express", "issue", "draw"):
        obj = tree.child(v, "dobj")
        if obj is not None and tree.pos[obj] == "NOUN":
            return f"{lemma} {tree.lemmas[obj]}"
    return lemma
