"""Where a content must end or begin whatever the weights say: at words of the reporter or of another speaker.

Few, and none that the training texts speak against; adjuncts that may go either way are left to the weights.
"""

from __future__ import annotations

from generator.summarizer.attribution.frame import SKIPPED, Frame, Range
from generator.summarizer.attribution.stance import stance_class
from generator.summarizer.attribution.tree import SUBJECTS, Tree

_SPEAKING = frozenset(["says", "denies", "warns", "announces", "confirms", "admits", "claims", "promises"])
_URGING = _SPEAKING | {"demands", "accuses", "reports", "praises"}
# "... but did not elaborate": what the speaker leaves unsaid is the reporter's own remark.
_UNSAID = frozenset("say comment elaborate specify explain name identify give provide disclose mention offer reveal "
                    "clarify detail suggest indicate address".split())  # fmt: skip
_CONCEDING = frozenset({"though", "although"})
_CITING = frozenset({"cite", "quote"})
_OPENING = _CONCEDING | {"amid", "with", "citing", "quoting"}
_COMMAS = frozenset({",", ";", "—", "–", "-"})


def framed(tree: Tree, frame: Frame, part: Range) -> Range:
    """A part of a content, between the edges that are certain; itself where there are none."""
    a, b = part
    a = _after_citing(tree, a, b)
    if frame.head > b or frame.name.startswith(("colon", "signed", "quote")):
        return a, b
    words, deps = tree.words, tree.deps
    for i in range(a + 2, b + 1):
        if (deps[i] == "conj" or words[i] in _OPENING) and _ends_before(tree, frame, a, i, b):
            end = tree.lefts[i] if tree.deps[i] == "conj" else i
            while end - 1 > a and (tree.pos[end - 1] in ("CCONJ", "SPACE") or tree.words[end - 1] in _COMMAS):
                end -= 1
            if end > a:  # a tree that was read wrongly may have the part's own beginning hang under its end
                return a, end - 1
    return a, b


def _ends_before(tree: Tree, frame: Frame, a: int, i: int, b: int) -> bool:
    if tree.words[i - 1] in _COMMAS and tree.rights[tree.heads[i]] >= b - 1:
        word = tree.words[i]
        if word in _CONCEDING and tree.deps[i] == "mark":
            return b - i > i - a
        if cites(tree, i) or (word == "amid" and tree.deps[i] == "prep"):
            return True
        if word == "with" and tree.deps[i] == "prep":
            return _another_speaks(tree, i)
    return tree.deps[i] == "conj" and tree.pos[i] == "VERB" and _goes_on(tree, frame, i)


def _another_speaks(tree: Tree, i: int) -> bool:
    """As in ", with the mayor urging farmers to ..."."""
    inner = [c for c in range(i + 1, tree.rights[i] + 1) if tree.tags[c] == "VBG" and tree.heads[c] in range(i, c)]
    return any(stance_class(tree.lemmas[c]) in _URGING for c in inner[:2])


def _goes_on(tree: Tree, frame: Frame, i: int) -> bool:
    """Whether the conjunct ``i`` goes on from the cue: "said it was late and denied that ...", "but did not say"."""
    if tree.pos[frame.head] not in ("VERB", "AUX") or any(tree.deps[c] in SUBJECTS for c in tree.children[i]):
        return False
    helper = tree.child(i, "aux")
    if tree.child(i, "neg") is not None and helper is not None and tree.lemmas[helper] == "do":
        return tree.lemmas[i] in _UNSAID and tree.tags[helper] == tree.tags[frame.head]
    if helper is not None or tree.tags[i] != tree.tags[frame.head] or tree.tags[i] == "VB":
        return False
    return stance_class(tree.lemmas[i]) in _SPEAKING and tree.child(i, "ccomp", "xcomp") is not None


def cites(tree: Tree, i: int) -> bool:
    """Whether "citing" or "quoting" stands at ``i``."""
    return tree.lemmas[i] in _CITING and tree.tags[i] == "VBG"


def _after_citing(tree: Tree, a: int, b: int) -> int:
    """As in "reported, citing two aides, that Y": the content is Y alone."""
    first = a
    while first < b and tree.pos[first] in SKIPPED:
        first += 1
    if not cites(tree, first):
        return a
    end = tree.rights[first] + 1
    return end + 1 if end < b - 1 and tree.words[end] == "," else a
