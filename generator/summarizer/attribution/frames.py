"""Where content can stand beside a cue: one function a construction, each yielding what it sees and judging nothing.

Every function takes a tree and a token that may be the cue's head, and yields :class:`Frame`. High recall is the aim;
which frames are attributions is decided by :mod:`score`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.summarizer.attribution.tree import SUBJECTS, Tree

Range = tuple[int, int]  # first and last token, both included

_VERBAL = frozenset({"VERB", "AUX"})
_SKIP_EDGE = frozenset({"PUNCT", "SPACE"})
_LOOSE = frozenset({"npadvmod", "advmod", "prep", "advcl", "punct", "cc", "conj", "dep", "parataxis", "mark"})


@dataclass(frozen=True, slots=True)
class Frame:
    """``key`` is what the cue is called in the cue table ("say", "be likely", "claim/n"); ``name`` the construction;
    ``variant`` which of several extents; ``cue`` and ``content`` are token ranges."""

    key: str
    name: str
    variant: str
    head: int
    cue: Range
    content: tuple[Range, ...]
    source: Range | None
    source_head: int | None


def frames(tree: Tree) -> Iterator[Frame]:
    """Every frame of a paragraph, in order of the cue's head."""
    for i, pos in enumerate(tree.pos):
        if pos in _VERBAL or (pos in ("NOUN", "PROPN") and _acts_as_verb(tree, i)):
            yield from _of_verb(tree, i)
        if pos in ("NOUN", "PROPN"):
            yield from _of_noun(tree, i)
        elif pos == "ADJ":
            yield from _of_adjective(tree, i)
        elif pos == "ADV" and tree.words[i].lower() in ("reportedly", "allegedly", "supposedly", "purportedly"):
            yield from _of_adverb(tree, i)
        if tree.words[i].lower() in ("according", "per") or (pos == "ADP" and tree.deps[i] == "prep"):
            yield from _of_preposition(tree, i)


def _acts_as_verb(tree: Tree, i: int) -> bool:
    """Headlines: "Smith Says", tagged as a name, still has a subject or a clause."""
    return any(tree.deps[c] in ("nsubj", "nsubjpass", "ccomp", "dobj") for c in tree.children[i])


def _of_verb(tree: Tree, v: int) -> Iterator[Frame]:
    source, source_head = subject(tree, v)
    key = _verb_key(tree, v)
    cue = _verb_group(tree, v)
    seen = False
    passive = any(tree.deps[c] in ("nsubjpass", "auxpass") for c in tree.children[v])

    def frame(name: str, variant: str, content: list[Range], through: int | None = None) -> Frame:
        reach = (cue[0], max(cue[1], through)) if through is not None else cue
        return Frame(key, name + ("/pass" if passive else ""), variant, v, reach, tuple(content), source, source_head)

    kids = tree.children[v]
    for c in kids:
        dep = tree.deps[c]
        if dep == "ccomp":
            seen = True
            yield from _clause(tree, v, c, frame)
        elif dep == "xcomp":
            yield frame("xcomp", "core", [(tree.lefts[c], tree.rights[c])])
            obj = tree.child(v, "dobj", "nsubjpass")
            if obj is not None:
                low, high = sorted((obj, c))
                yield frame(
                    "obj+xcomp", "core", [(tree.lefts[low], tree.rights[low]), (tree.lefts[high], tree.rights[high])]
                )
        elif dep in ("dobj", "attr") and c > v and tree.lemmas[v] != "be":
            yield frame("dobj", "core", [(tree.lefts[c], tree.rights[c])])
            if tree.rights[v] > tree.rights[c]:
                yield frame("dobj", "rest", [(tree.lefts[c], _last(tree, c, tree.rights[v]))])
        elif dep in ("prep", "agent") and c > v:
            inner = tree.child(c, "pobj", "pcomp")
            if inner is not None and dep == "prep":
                yield frame("prep:" + tree.lemmas[c], "core", [(tree.lefts[inner], tree.rights[inner])], c)
        elif dep in ("oprd", "acomp") and c > v and tree.lemmas[v] != "be":
            obj = tree.child(v, "dobj")
            first = tree.lefts[obj] if obj is not None and v < obj < c else tree.lefts[c]
            yield frame(dep, "core", [(first, tree.rights[c])])
        elif dep == "advcl" and c > v and tree.child(c, "mark", "aux") is not None:
            yield frame(
                "advcl:" + tree.lemmas[tree.child(c, "mark", "aux") or c], "core", [(tree.lefts[c], tree.rights[c])]
            )
    if passive:
        yield from _passive(tree, v, frame)
    if not seen and source_head is not None:
        yield from _parenthetic(tree, v, frame)


def _clause(tree: Tree, v: int, c: int, frame) -> Iterator[Frame]:
    left, right = tree.lefts[c], tree.rights[c]
    if c < v:
        first = tree.bounds[tree.sentence[v]][0]
        end = min(right, v - 1)
        group = _clause_start(tree, v)
        yield frame("ccomp<", "core", [(left, end)])
        if first < left:
            yield frame("ccomp<", "wide", [(first, end)])
        after = _after(tree, v)
        if after is not None:
            yield frame("ccomp<", "both", [(left, min(end, group - 1)), after])
        return
    yield frame("ccomp", "core", [(left, right)])
    if tree.rights[v] > right:
        yield frame("ccomp", "rest", [(left, _last(tree, c, tree.rights[v]))])
    conj = tree.child(v, "conj")
    if tree.rights[v] > right and conj is not None and conj > c:
        yield frame("ccomp", "till conj", [(left, max(right, _before_conj(tree, conj)))])


def _before_conj(tree: Tree, conj: int) -> int:
    end = tree.lefts[conj] - 1
    while end > 0 and tree.pos[end] in ("CCONJ", "PUNCT", "SPACE"):
        end -= 1
    return end


def _clause_start(tree: Tree, v: int) -> int:
    """The first token of a postponed "said X" / "X said": subject or verb, whichever comes first."""
    start = v
    for c in tree.children[v]:
        if tree.deps[c] in SUBJECTS or tree.deps[c] in ("aux", "neg", "advmod", "auxpass"):
            if c < v and tree.rights[c] >= start - 1 - (v - start):
                start = min(start, tree.lefts[c])
    return start


def _after(tree: Tree, v: int) -> Range | None:
    """What goes on after ", he said," in the same sentence: the sentence's rest after the comma."""
    last = v
    for c in tree.children[v]:
        if (
            c > v
            and tree.deps[c] in (*SUBJECTS, "dobj", "dative", "npadvmod", "advmod", "prep", "prt")
            and (tree.lefts[c] <= last + 1)
        ):
            last = tree.rights[c]
    end = tree.bounds[tree.sentence[v]][1] - 1
    while end > last and tree.pos[end] in _SKIP_EDGE:
        end -= 1
    if end - last < 3 or last + 1 >= len(tree) or tree.words[last + 1] not in (",", ";", "—", "-", "–", "."):
        return None
    return last + 2, end


def _passive(tree: Tree, v: int, frame) -> Iterator[Frame]:
    subj = tree.child(v, "nsubjpass")
    if subj is None:
        return
    subject_range = (tree.lefts[subj], tree.rights[subj])
    yield frame("nsubjpass", "core", [subject_range])
    for c in tree.children[v]:
        if c > v and tree.deps[c] in ("xcomp", "ccomp", "prep", "oprd", "acomp", "advcl"):
            yield frame("nsubjpass+" + tree.deps[c], "core", [subject_range, (tree.lefts[c], tree.rights[c])])


def _parenthetic(tree: Tree, v: int, frame) -> Iterator[Frame]:
    """ ", he said," inside or after the clause that it is about: the clause is all of the sentence but this."""
    if tree.deps[v] not in ("parataxis", "ccomp", "dep", "advcl", "relcl", "conj", "intj", "punct", "ROOT", "appos"):
        return
    first, stop = tree.bounds[tree.sentence[v]]
    left, right = _own(tree, v)
    before, after = (first, left - 1), (right + 1, stop - 1)
    parts = [p for p in (_tight(tree, before), _tight(tree, after)) if p is not None]
    if not parts:
        return
    name = "paren:" + tree.deps[v]
    if tree.deps[v] != "ROOT":
        head = tree.heads[v]
        parts_of_head = [
            p
            for p in (
                _tight(tree, (max(first, tree.lefts[head]), left - 1)),
                _tight(tree, (right + 1, min(tree.rights[head], stop - 1))),
            )
            if p is not None
        ]
        yield frame(name, "head", parts_of_head) if parts_of_head else frame(name, "all", parts)
    yield frame(name, "all", parts)
    if len(parts) == 2:
        yield frame(name, "before", parts[:1])
        yield frame(name, "after", parts[1:])


def _own(tree: Tree, v: int) -> Range:
    """The tokens of a parenthetic clause: the verb, its subject and what clings to them."""
    left = right = v
    for c in reversed(tree.children[v]):
        if c < v and tree.rights[c] == left - 1 and tree.deps[c] != "punct":
            left = tree.lefts[c]
    for c in tree.children[v]:
        if c > v and tree.lefts[c] == right + 1 and tree.deps[c] not in ("punct", "ccomp", "conj", "advcl"):
            right = tree.rights[c]
    return left, right


def _tight(tree: Tree, r: Range) -> Range | None:
    a, b = r
    while a <= b and tree.pos[a] in _SKIP_EDGE and tree.words[a] not in ("“", '"', "''", "‘"):
        a += 1
    while b >= a and tree.pos[b] in _SKIP_EDGE and tree.words[b] not in ("”", '"', "''", "’"):
        b -= 1
    return (a, b) if b - a >= 1 else None


def _last(tree: Tree, c: int, limit: int) -> int:
    while limit > c and tree.pos[limit] in _SKIP_EDGE:
        limit -= 1
    return limit


def _of_noun(tree: Tree, n: int) -> Iterator[Frame]:
    key = tree.lemmas[n] + "/n"
    source, source_head = possessor(tree, n)
    left = tree.lefts[n]
    for c in tree.children[n]:
        if c < n:
            continue
        dep = tree.deps[c]
        if dep in ("acl", "ccomp", "relcl", "xcomp"):
            mark = tree.words[tree.lefts[c]].lower()
            name = f"n:{dep}:{mark}" if mark in ("that", "to", "of", "whether", "which") else f"n:{dep}"
            yield Frame(key, name, "core", n, (n, n), ((tree.lefts[c], tree.rights[c]),), source, source_head)
        elif dep == "prep" and (inner := tree.child(c, "pobj", "pcomp")) is not None:
            name = f"n:prep:{tree.lemmas[c]}"
            content = ((tree.lefts[inner], tree.rights[inner]),)
            yield Frame(key, name, "core", n, (n, c), content, source, source_head)
    del left


def possessor(tree: Tree, n: int) -> tuple[Range | None, int | None]:
    """Whose claim it is: "X's claim", "a claim by X", or the subject of "X made the claim"."""
    poss = tree.child(n, "poss")
    if poss is not None:
        return (tree.lefts[poss], _without_clitic(tree, poss)), poss
    for c in tree.children[n]:
        if c > n and tree.deps[c] in ("prep", "agent") and tree.lemmas[c] in ("by", "from"):
            inner = tree.child(c, "pobj")
            if inner is not None:
                return (tree.lefts[inner], tree.rights[inner]), inner
    head = tree.heads[n]
    if head != n and tree.pos[head] in _VERBAL and tree.deps[n] in ("dobj", "attr", "pobj"):
        return subject(tree, head)
    if tree.deps[n] == "pobj" and tree.pos[tree.heads[head]] in _VERBAL:
        return subject(tree, tree.heads[head])
    return None, None


def _without_clitic(tree: Tree, i: int) -> int:
    """A possessor's last token, the 's left out."""
    last = tree.rights[i]
    return last - 1 if last > i and tree.tags[last] == "POS" else last


def _of_adjective(tree: Tree, a: int) -> Iterator[Frame]:
    head = tree.heads[a]
    if tree.deps[a] not in ("acomp", "ROOT", "conj", "amod", "oprd", "ccomp", "advcl", "acl"):
        return
    source, source_head = subject(tree, head if tree.deps[a] == "acomp" else a)
    key = tree.lemmas[a] + "/a"
    first = head if tree.deps[a] == "acomp" else a
    for c in tree.children[a]:
        if c > a and tree.deps[c] in ("ccomp", "xcomp"):
            yield Frame(
                key, "a:" + tree.deps[c], "core", a, (first, a), ((tree.lefts[c], tree.rights[c]),), source, source_head
            )
        elif c > a and tree.deps[c] == "prep" and (inner := tree.child(c, "pobj", "pcomp")) is not None:
            name = "a:prep:" + tree.lemmas[c]
            yield Frame(
                key, name, "core", a, (first, c), ((tree.lefts[inner], tree.rights[inner]),), source, source_head
            )
    if tree.deps[a] == "acomp":
        for c in tree.children[head]:
            if c > a and tree.deps[c] in ("ccomp", "xcomp", "advcl"):
                content = ((tree.lefts[c], tree.rights[c]),)
                yield Frame(key, "a:be:" + tree.deps[c], "core", a, (first, a), content, source, source_head)


def _of_adverb(tree: Tree, i: int) -> Iterator[Frame]:
    head = tree.heads[i]
    first, last = tree.lefts[head], tree.rights[head]
    parts = [p for p in (_tight(tree, (first, i - 1)), _tight(tree, (i + 1, last))) if p is not None]
    if parts:
        yield Frame(tree.words[i].lower(), "adv", "core", i, (i, i), tuple(parts), None, None)


def _of_preposition(tree: Tree, i: int) -> Iterator[Frame]:
    """ "according to X": X is the source, the rest of its sentence (or of its clause) the content."""
    word = tree.words[i].lower()
    if word == "according":
        to = tree.child(i, "prep")
        inner = tree.child(to, "pobj") if to is not None else None
        if to is None and i + 1 < len(tree) and tree.words[i + 1].lower() == "to":
            to = i + 1
            inner = tree.child(to, "pobj")
        if to is None or inner is None:
            return
        cue: Range = (i, to)
        key = "according to"
    else:
        inner = tree.child(i, "pobj")
        if inner is None:
            return
        cue, key = (i, i), word + "/p"
        if word not in ("per", "via", "to", "for", "in", "by") and tree.deps[i] != "prep":
            return
        if word not in ("per", "via", "to", "for", "in", "by"):
            return
    source = (tree.lefts[inner], tree.rights[inner])
    left, right = cue[0], source[1]
    first, stop = tree.bounds[tree.sentence[i]]
    head = tree.heads[i]
    if key != "according to" and (tree.pos[head] not in _VERBAL or (left != first and tree.words[left - 1] != ",")):
        return
    extents = {"head": (tree.lefts[head], tree.rights[head]), "all": (first, stop - 1)}
    seen = set()
    for variant, (a, b) in extents.items():
        parts = tuple(p for p in (_tight(tree, (a, left - 1)), _tight(tree, (right + 1, b))) if p is not None)
        if parts and parts not in seen:
            seen.add(parts)
            yield Frame(key, "p:" + ("end" if left > first else "start"), variant, i, cue, parts, source, inner)
    if key == "according to":
        before, after = _tight(tree, (first, left - 1)), _tight(tree, (right + 1, stop - 1))
        for variant, part in (("before", before), ("after", after)):
            if part is not None and (part,) not in seen:
                yield Frame(key, "p:" + ("end" if left > first else "start"), variant, i, cue, (part,), source, inner)


def subject(tree: Tree, v: int, depth: int = 0) -> tuple[Range | None, int | None]:
    """Who does what ``v`` says: its own subject, the agent of a passive, or that of the verb that governs it."""
    kids, deps = tree.children[v], tree.deps
    passive = any(deps[c] in ("auxpass", "nsubjpass") for c in kids) and deps[v] != "acl"
    if passive and tree.lemmas[v] in ("quote", "cite") and (quoted := tree.child(v, "nsubjpass")) is not None:
        return (tree.lefts[quoted], tree.rights[quoted]), quoted
    if passive or tree.tags[v] == "VBN":
        agent = tree.child(v, "agent")
        inner = tree.child(agent, "pobj") if agent is not None else None
        if inner is not None:
            return (tree.lefts[inner], tree.rights[inner]), inner
        if passive and not any(deps[c] == "xcomp" and tree.tags[c] == "VBG" for c in kids):
            return None, None
    for c in kids:
        if deps[c] in ("nsubj", "csubj", "nsubjpass"):
            return (tree.lefts[c], tree.rights[c]), c
    if depth > 4 or tree.heads[v] == v:
        return None, None
    head, dep = tree.heads[v], deps[v]
    if dep == "conj" and (above := _said_above(tree, v, head)) is not None:
        return subject(tree, above, depth + 1)
    if dep in ("conj", "xcomp", "advcl", "dep", "ccomp") and tree.pos[head] in _VERBAL:
        return subject(tree, head, depth + 1)
    if dep in ("acl", "relcl") and tree.pos[head] not in _VERBAL:
        return (tree.lefts[head], max(head, tree.lefts[v] - 1)), head
    if dep == "pcomp":
        top = tree.heads[head]
        return subject(tree, top, depth + 1) if tree.pos[top] in _VERBAL else possessor(tree, top)
    if dep in ("xcomp", "acl") or tree.pos[head] == "ADJ":
        return subject(tree, tree.heads[head], depth + 1)
    return None, None


def _said_above(tree: Tree, v: int, head: int) -> int | None:
    """ "She said it was late and warned ...": the parser hangs "warned" on "was"; by its form it goes with "said"."""
    above = tree.heads[head]
    if tree.deps[head] != "ccomp" or above > head or tree.pos[above] not in _VERBAL:
        return None
    return above if tree.tags[above] == tree.tags[v] and tree.tags[v] in ("VBD", "VBZ", "VBP", "VBG") else None


def _verb_group(tree: Tree, v: int) -> Range:
    """The verb with its auxiliaries, negation and particle, as far as they touch."""
    first = last = v
    for c in reversed(tree.children[v]):
        if c == first - 1 and tree.deps[c] in ("aux", "auxpass", "neg", "advmod") and tree.lefts[c] == tree.rights[c]:
            first = c
    for c in tree.children[v]:
        if c == last + 1 and tree.deps[c] == "prt":
            last = c
    return first, last


def _verb_key(tree: Tree, v: int) -> str:
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
