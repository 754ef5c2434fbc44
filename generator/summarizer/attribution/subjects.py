"""Who a cue says it of: its subject, the agent of a passive, a possessor, or who governs it."""

from __future__ import annotations

from generator.summarizer.attribution.frame import VERBAL, Range
from generator.summarizer.attribution.tree import Tree

# Their subject is not who holds what follows: "he seems to agree".
RAISING = frozenset({"seem", "appear", "happen", "tend"})

Phrase = tuple[Range | None, int | None]  # the phrase and its head


def subject(tree: Tree, v: int, depth: int = 0) -> Phrase:
    """Who does what ``v`` says: its own subject, the agent of a passive, or that of the verb that governs it."""
    kids, deps = tree.children[v], tree.deps
    passive = any(deps[c] in ("auxpass", "nsubjpass") for c in kids) and deps[v] != "acl"
    if tree.lemmas[v] in RAISING and tree.pos[v] == "VERB":
        return None, None
    if passive and tree.lemmas[v] in ("quote", "cite") and (quoted := tree.child(v, "nsubjpass")) is not None:
        return tree.subtree(quoted), quoted
    if passive or tree.tags[v] == "VBN":
        agent = tree.child(v, "agent")
        inner = tree.child(agent, "pobj") if agent is not None else None
        if inner is not None:
            return tree.subtree(inner), inner
        if passive and not any(deps[c] == "xcomp" and tree.tags[c] == "VBG" for c in kids):
            return None, None
    own = tree.child(v, "nsubj", "csubj", "nsubjpass")
    if own is not None:
        return (tree.lefts[own], _named_after(tree, tree.rights[own], v)), own
    return _governing(tree, v, depth) if depth <= 4 and tree.heads[v] != v else (None, None)


def _governing(tree: Tree, v: int, depth: int) -> Phrase:
    """The subject of a verb without one, from what it hangs on."""
    head, dep = tree.heads[v], tree.deps[v]
    if dep == "conj" and (above := _said_above(tree, v, head)) is not None:
        return subject(tree, above, depth + 1)
    if dep in ("conj", "xcomp", "advcl", "dep", "ccomp") and tree.pos[head] in VERBAL:
        return subject(tree, head, depth + 1)
    if dep in ("acl", "relcl") and tree.pos[head] not in VERBAL:
        return (tree.lefts[head], max(head, tree.lefts[v] - 1)), head
    if dep == "pcomp":
        top = tree.heads[head]
        return subject(tree, top, depth + 1) if tree.pos[top] in VERBAL else possessor(tree, top)
    if dep in ("xcomp", "acl") or tree.pos[head] == "ADJ":
        return subject(tree, tree.heads[head], depth + 1)
    return None, None


def _said_above(tree: Tree, v: int, head: int) -> int | None:
    """As in "She said it was late and warned ...": the parser hangs "warned" on "was", by form it goes with "said"."""
    above = tree.heads[head]
    if tree.deps[head] != "ccomp" or above > head or tree.pos[above] not in VERBAL:
        return None
    return above if tree.tags[above] == tree.tags[v] and tree.tags[v] in ("VBD", "VBZ", "VBP", "VBG") else None


def _named_after(tree: Tree, last: int, v: int) -> int:
    """As in "the news agency Acme reported": a name between the phrase and its verb belongs to the phrase."""
    end = last
    while end + 1 < v and tree.pos[end + 1] == "PROPN":
        end += 1
    return end if end > last and tree.pos[end + 1] in ("VERB", "AUX", "ADV") else last


def possessor(tree: Tree, n: int) -> Phrase:
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
    if head != n and tree.pos[head] in VERBAL and tree.deps[n] in ("dobj", "attr", "pobj"):
        return subject(tree, head)
    if tree.deps[n] == "pobj" and tree.pos[tree.heads[head]] in VERBAL:
        return subject(tree, tree.heads[head])
    return None, None


def _without_clitic(tree: Tree, i: int) -> int:
    """A possessor's last token, the 's left out."""
    last = tree.rights[i]
    return last - 1 if last > i and tree.tags[last] == "POS" else last
