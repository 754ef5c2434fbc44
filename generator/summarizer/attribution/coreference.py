"""Who a source phrase means within its article: "he", "Mr Smith", "the spokesman", "it", "they", "who".

Cautious on purpose: what is not settled by number, kind and nearness keeps its own words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from generator.model import Source, SourceKind
from generator.summarizer.attribution.frame import Range
from generator.summarizer.attribution.sources import described, name_run, names_person, source_id, terms, tidy
from generator.summarizer.attribution.tree import Tree
from generator.summarizer.attribution.view import Paragraph

_PLURAL_TAGS = frozenset({"NNS", "NNPS"})
_BODIES = frozenset([SourceKind.OFFICE, SourceKind.ORGANISATION, SourceKind.AGENCY, SourceKind.OUTLET])
_COLLECTIVE = _BODIES | {SourceKind.UNKNOWN, SourceKind.DOCUMENT}
_ANYBODY = frozenset(["those", "anyone", "everyone", "someone", "anybody", "nobody", "some", "many", "others", "one"])
_BEFORE_OF = re.compile(r",| (?:of|for|at|in|from|to|with|on)\b")
# How many paragraphs back a speaker is still meant by "he".
_REACH = 3


@dataclass(frozen=True, slots=True)
class Voice:
    """A source that has spoken: where (paragraph, token of its head), who, whether of more than one."""

    where: int
    head: int
    source: Source
    plural: bool


def _heads(source: Source) -> list[str]:
    """The last word of a source's name and of its role, each before the first preposition: what it is."""
    parts = (_BEFORE_OF.split(text, maxsplit=1)[0].split() for text in (source.role or "", source.name.lower()))
    return [words[-1].lower() for words in parts if words]


class Speakers:
    """What an article tells of its speakers; asked in order of the text, each answer is kept for the next."""

    def __init__(self, view: list[Paragraph]) -> None:
        self._view = view
        self._full: dict[str, list[str]] = {}
        self._roles: dict[str, str] = {}
        self._heard: list[Voice] = []
        self._gender: dict[str, str] = {}
        for paragraph in view:
            self._read(paragraph.tree)

    def source(self, where: int, phrase: Range, head: int) -> Source:
        """The source of a phrase, resolved where the article settles it, and remembered."""
        tree = self._view[where].tree
        found = self._resolved(where, tree, phrase, head)
        plural = tree.tags[head] in _PLURAL_TAGS or any(tree.deps[c] == "conj" for c in tree.children[head])
        plural = plural or tree.words[head].lower() in terms("pronouns", "they")
        self._heard.append(Voice(where, head, found, plural))
        return found

    def _read(self, tree: Tree) -> None:
        """Full names of persons, with the role printed before them and the gender that a title gives."""
        i = 0
        while i < len(tree):
            run = name_run(tree, i, (i, min(i + 8, len(tree) - 1)))
            if run is None:
                i += 1
                continue
            words = tree.words[run[0] : run[1] + 1]
            if names_person(tree, run):
                name = tidy(words)
                title = tree.words[run[0] - 1].lower().rstrip(".") if run[0] else ""
                for gender in ("male", "female"):
                    if title in terms("titles", gender):
                        self._gender.setdefault(words[-1], gender)
                if len(words) > 1:
                    for part in {words[-1], words[0]}:
                        known = self._full.setdefault(part, [])
                        if name not in known:
                            known.append(name)
            i = max(run[1], i) + 1

    def _resolved(self, where: int, tree: Tree, phrase: Range, head: int) -> Source:
        word = tree.words[head].lower()
        if phrase[0] == phrase[1] or word in terms("pronouns", "relative"):
            for kind in ("he", "she", "it", "they", "relative"):
                if word in terms("pronouns", kind):
                    found = getattr(self, f"_{'he' if kind == 'she' else kind}")(where, tree, head)
                    return found if found is not None else described(tree, phrase, head)
        member = self._one_of_them(where, tree, phrase)
        if member is not None:
            return member
        own = described(tree, phrase, head)
        if own.kind is SourceKind.PERSON and tree.pos[head] == "PROPN":
            return self._named(own)
        if own.kind is SourceKind.UNKNOWN and phrase[0] == phrase[1]:
            return self._taken_for_a_word(own)
        if tree.words[phrase[0]].lower() == "the" and tree.pos[head] == "NOUN":
            return self._again(own, tree.lemmas[head])
        return own

    def _named(self, own: Source) -> Source:
        """A surname alone, or with a title, becomes the one full name that the article has for it."""
        words = [
            w for w in own.name.split() if w.lower().rstrip(".") not in terms("titles", "words")
        ] or own.name.split()
        if len(words) > 1:
            return self._bare(own, words)
        full = self._full.get(words[0], [])
        last = [n for n in full if n.split()[-1] == words[0]]
        options = last or full
        if len(options) != 1:
            return own
        role = own.role or next((v.source.role for v in reversed(self._heard) if v.source.name == options[0]), None)
        return replace(own, name=options[0], id=source_id(options[0]), role=role)

    def _taken_for_a_word(self, own: Source) -> Source:
        """As in "Bank urges caution" of a Mr Bank: a surname that the parser takes for a common word."""
        last = {n for n in self._full.get(own.name, ()) if n.split()[-1] == own.name}
        return self._named(replace(own, kind=SourceKind.PERSON)) if len(last) == 1 else own

    def _bare(self, own: Source, words: list[str]) -> Source:
        """As in "Tearful Ann Lee" at a sentence's start: the name without its first word, where the article has it."""
        bare = " ".join(words[1:])
        if len(words) > 2 and bare in self._full.get(words[-1], ()):
            return replace(own, name=bare, id=source_id(bare))
        return own

    def _again(self, own: Source, lemma: str) -> Source:
        """As in "the spokesman": the last speaker whose role or name has the word."""
        for voice in reversed(self._heard[-12:]):
            if lemma in _heads(voice.source) and voice.source.name.lower() != own.name.lower():
                return voice.source
        return own

    def _one_of_them(self, where: int, tree: Tree, phrase: Range) -> Source | None:
        """As in "one of them": a member of the group that spoke last, under the group's own words."""
        words = [w.lower() for w in tree.words[phrase[0] : phrase[1] + 1]]
        if len(words) != 3 or words[0] not in ("one", "two", "three", "several") or words[1:] != ["of", "them"]:
            return None
        near = (v for v in reversed(self._heard[-6:]) if where - v.where <= 1)
        group = next((v.source for v in near if v.plural), None)
        if group is None:
            return None
        name = f"{words[0]} of {group.name[:1].lower() + group.name[1:] if group.number else group.name}"
        return replace(group, name=name, id=source_id(name), number=words[0])

    def _he(self, where: int, tree: Tree, head: int) -> Source | None:
        gender = "female" if tree.words[head].lower() in terms("pronouns", "she") else "male"
        for at, token in self._subjects_before(where, head):
            there = self._view[at].tree
            phrase = (there.lefts[token], there.rights[token])
            source = described(there, phrase, token)
            if at == where and there.pos[token] != "PRON" and there.within(token, there.heads[head]):
                continue  # "The pilot went ashore, he said": who is named in what he said is not he (principle C)
            if source.kind is SourceKind.PERSON and self._may_be(source, gender):
                return self._named(source) if there.pos[token] == "PROPN" else source
            if there.words[token].lower() == tree.words[head].lower():
                heard = next((v for v in reversed(self._heard) if (v.where, v.head) == (at, token)), None)
                if heard is not None and heard.source.kind is SourceKind.PERSON:
                    return heard.source
        for voice in reversed(self._heard):
            if where - voice.where > _REACH:
                break
            one = not voice.plural and voice.source.kind in (SourceKind.PERSON, SourceKind.ANONYMOUS)
            if one and self._may_be(voice.source, gender):
                return voice.source
        return None

    def _may_be(self, source: Source, gender: str) -> bool:
        known = self._gender.get(source.name.split()[-1]) if source.name else None
        return known is None or known == gender

    def _subjects_before(self, where: int, head: int) -> list[tuple[int, int]]:
        """Subjects of the sentence so far and of the two before it, nearest sentence first, main clauses first."""
        out: list[tuple[int, int]] = []
        tree = self._view[where].tree
        sentence = tree.sentence[head]
        out += self._subjects(where, tree.bounds[sentence][0], head)
        for back in (1, 2):
            if sentence - back >= 0:
                out += self._subjects(where, *tree.bounds[sentence - back])
            elif where > 0 and sentence - back == -1 and len(self._view[where - 1].tree):
                out += self._subjects(where - 1, *self._view[where - 1].tree.bounds[-1])
        return out

    def _subjects(self, where: int, first: int, stop: int) -> list[tuple[int, int]]:
        tree = self._view[where].tree
        quoted = self._view[where].quoted
        found = [i for i in range(first, stop) if tree.deps[i] in ("nsubj", "nsubjpass") and quoted[i] < 0]
        return [(where, i) for i in sorted(found, key=lambda i: (tree.deps[tree.heads[i]] != "ROOT", i))]

    def _it(self, where: int, tree: Tree, head: int) -> Source | None:
        first = tree.bounds[tree.sentence[head]][0]
        for at, token in self._subjects(where, first, head):
            there = self._view[at].tree
            source = described(there, (there.lefts[token], there.rights[token]), token)
            if source.kind in _BODIES:
                return source
        for voice in reversed(self._heard):
            if where - voice.where > 1:
                break
            if (
                not voice.plural
                and voice.source.kind in _COLLECTIVE
                and self._view[voice.where].tree.pos[voice.head] != "PRON"
            ):
                return voice.source
        return None

    def _they(self, where: int, tree: Tree, head: int) -> Source | None:
        for voice in reversed(self._heard):
            if where - voice.where > 1:
                break
            if voice.plural:
                return voice.source
        return None

    def _relative(self, where: int, tree: Tree, head: int) -> Source | None:
        """As in "who", "which": the noun that the clause hangs on."""
        i = head
        for _ in range(5):
            if tree.deps[i] == "relcl":
                noun = tree.heads[i]
                if tree.pos[noun] not in ("PROPN", "NOUN") and tree.words[noun].lower() not in _ANYBODY:
                    return None
                phrase = (tree.lefts[noun], max(noun, tree.lefts[i] - 1))
                return self._named(described(tree, phrase, noun))
            if tree.heads[i] == i:
                return None
            i = tree.heads[i]
        return None
