"""A source phrase -> :class:`Source`: name, kind, number, rank, country, role, stated reason for anonymity."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from slugify import slugify

from generator import lexicon
from generator.model import Source, SourceKind
from generator.summarizer.attribution.frame import Range
from generator.summarizer.attribution.tree import Tree

REMEMBERED = 20_000  # names whose reading is remembered: an article has the same ones over and over
_ARTICLES = frozenset({"the", "a", "an"})
_ENDS = frozenset({"who", "which", "whose", "whom", "that", "speaking", "citing", "where"})
_SOMEBODY = frozenset({"person", "people", "someone", "somebody", "man", "woman"})
# Small words inside a person's name.
_PARTICLES = frozenset("al ap bin da de del den der di dos du el ibn la le ten ter van von y - ‑".split())
_LEADING = re.compile(r"^(?:(?:the|a|an|and|but)\b\s*)+", re.IGNORECASE)
_COURTESY = re.compile(r"(?:^|(?<![ ,])[ ,]+)(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady)\.?$")
_PLURAL = frozenset({"NNS", "NNPS"})


@cache
def terms(table: str, key: str) -> frozenset[str]:
    """A word list of the lexicon ``sources`` as a set."""
    return frozenset(lexicon.load("sources")[table][key])


@cache
def terms_of(table: str) -> dict[str, str]:
    """A table of the lexicon ``sources`` that maps words to words."""
    return dict(lexicon.load("sources")[table])


def described(tree: Tree, phrase: Range, head: int) -> Source:
    """The source as its own words tell, without looking elsewhere in the article."""
    first, last = trimmed(tree, phrase, head)
    if tree.lemmas[head] in _SOMEBODY and last < phrase[1] and tree.words[last + 1].lower() in ("who", "that"):
        last = _restricted(tree, last, phrase[1])
    words = [tree.words[i] for i in range(first, last + 1)]
    person = person_name(tree, phrase, head)
    labelled = _labelled(tree, (first, last), head)
    name = labelled[0] if labelled else person or tidy(words)
    kind = labelled[1] if labelled else _kind(tree, first, last, head, person)
    lowered = [w.lower() for w in words]
    before = lowered[: max(1, head - first + 1)]
    source = Source(
        id=_known(words) if kind in (SourceKind.AGENCY, SourceKind.OUTLET) else source_id(name),
        name=name,
        kind=kind,
        number=next((w for w in before if w in terms("numbers", "words")), None),
        rank=next((w for w in before if w in terms("ranks", "words")), None),
        country=only_country(lowered),
        role=_role(tree, phrase, person) if person else None,
    )
    return replace(source, name=source.name or tidy([tree.words[head]]))


def _label(tree: Tree, i: int) -> SourceKind | None:
    """As in "the news agency Acme", "TV Acme", "the company Acme": what the word before a lone name says it is."""
    word = tree.words[i - 1].lower() if i else ""
    if word == "agency":
        return SourceKind.AGENCY
    kinds = {"media": SourceKind.OUTLET, "organisation": SourceKind.ORGANISATION, "office": SourceKind.OFFICE}
    return next((kind for key, kind in kinds.items() if word in terms("heads", key)), None)


def _labelled(tree: Tree, phrase: Range, head: int) -> tuple[str, SourceKind] | None:
    """The lone name that closes a phrase after a common noun that says what it is, and that kind."""
    if head != phrase[1] or head - 1 < phrase[0] or tree.pos[head] != "PROPN" or tree.pos[head - 1] != "NOUN":
        return None
    kind = _label(tree, head)
    return None if kind is None or is_media(tree.words[phrase[0] : phrase[1] + 1]) else (tree.words[head], kind)


def _restricted(tree: Tree, last: int, end: int) -> int:
    """As in "a person who knows the plans": a noun that says nothing by itself keeps the clause that tells who."""
    stop = next((i for i in range(last + 1, end + 1) if tree.pos[i] in ("PUNCT", "SPACE")), end + 1) - 1
    return stop if stop - last <= 12 else last


@lru_cache(maxsize=REMEMBERED)
def source_id(name: str) -> str:
    """The same for every print of a name: without articles, courtesy titles, marks and case."""
    kept = slugify(name.replace("’s", "").replace("'s", "")).split("-")
    drop = _ARTICLES | terms("titles", "courtesy")
    slug = "-".join(w for w in kept if w not in drop) or "-".join(kept) or "unknown"
    return _alias(terms_of("states").get(slug, slug))


def _known(words: Sequence[str]) -> str:
    """The id of the outlet or agency that a phrase names among other words: "the Russian news agency Acme"."""
    names = terms("heads", "agencies") | terms("heads", "outlets")
    for size in range(min(5, len(words)), 0, -1):
        for n in range(len(words) - size + 1):
            form = " ".join(words[n : n + size])
            if form.lower() in names or slugify(form) in _aliases():
                return source_id(form)
    return source_id(tidy(words))


@cache
def _aliases() -> dict[str, str]:
    """Other names of agencies and outlets -> the id of the name that metadata gives."""
    out: dict[str, str] = {}
    for file, table in (("agencies", "agency"), ("outlets", "outlet")):
        for entry in lexicon.load(file).get(table, ()):
            own = slugify(entry["name"].removeprefix("The "))
            for alias in entry.get("aliases", ()):
                out.setdefault("-".join(w for w in slugify(alias).split("-") if w not in _ARTICLES), own)
    return out


def _alias(slug: str) -> str:
    return _aliases().get(slug, slug)


def canonical_ids(sources: Iterable[Source]) -> dict[str, str]:
    """Over the sources of a story: id -> the id that stands for it. A name with a middle initial goes to the name
    without, where it is the only one. One name alone goes to the one full name that ends in it, or, where it comes
    without a role, begins with it ("Xi"); where two persons share it, it stays on its own.
    """
    people = [s for s in sources if s.kind is SourceKind.PERSON]
    every = sorted({s.id for s in people})
    out = _without_initials(every)
    ids = [i for i in every if i not in out]
    last, first = _by_part(ids, -1), _by_part(ids, 0)
    described_alone = {s.id for s in people if s.role}
    for own in (i for i in ids if "-" not in i):
        full = last.get(own) or (set() if own in described_alone else first.get(own, set()))
        out[own] = next(iter(full)) if len(full) == 1 else own
    return out


def _without_initials(ids: Sequence[str]) -> dict[str, str]:
    """The ids with initials between the names -> the id without, where both are there and no other has that."""
    shorter: dict[str, list[str]] = {}
    for own in ids:
        words = own.split("-")
        bare = "-".join((words[0], *(w for w in words[1:-1] if len(w) > 1), words[-1]))
        if bare != own:
            shorter.setdefault(bare, []).append(own)
    return {own[0]: bare for bare, own in shorter.items() if len(own) == 1 and bare in ids}


def _by_part(ids: Iterable[str], part: int) -> dict[str, set[str]]:
    """The ids of more than one word by their first (0) or last (-1) word."""
    out: dict[str, set[str]] = {}
    for known in ids:
        words = known.split("-")
        if len(words) > 1:
            out.setdefault(words[part], set()).add(known)
    return out


def trimmed(tree: Tree, phrase: Range, head: int) -> Range:
    """The phrase up to its first comma, bracket or relative clause after the head."""
    first, last = phrase
    while first < last and tree.pos[first] in ("PUNCT", "SPACE", "CCONJ", "SCONJ"):
        first += 1
    end = first
    while end < last:
        word = tree.words[end + 1].lower()
        stops = word in (",", "(", "[", "—", "–", ";", ":") and not _list_goes_on(tree, end + 1, last)
        if end + 1 > head and (stops or (word in _ENDS and tree.deps[end + 1] != "det")):
            break
        end += 1
    while end > first and tree.pos[end] in ("PUNCT", "SPACE", "PART"):
        end -= 1
    return first, end


def _list_goes_on(tree: Tree, comma: int, last: int) -> bool:
    """As in "A, B and C": the comma parts equals."""
    return any(
        tree.deps[i] == "conj" and tree.pos[i] in ("PROPN", "NOUN") for i in range(comma + 1, min(comma + 6, last + 1))
    )


def person_name(tree: Tree, phrase: Range, head: int) -> str | None:
    """The proper name in a phrase, without titles, where it is a person's."""
    run = name_run(tree, head, phrase)
    if run is not None and _is_title(tree.words[run[0] : run[1] + 1]):  # "the Minister of Trade, Ann Lee"
        run = _named_after_role(tree, phrase, head)
        return None if run is None else tidy(tree.words[run[0] : run[1] + 1])
    if run is None:
        inner = [c for c in tree.children[head] if tree.deps[c] == "appos" and phrase[0] <= c <= phrase[1]]
        run = name_run(tree, inner[0], phrase) if inner else None
        run = _named_after_role(tree, phrase, head) if run is None else run
        if run is None:
            return None
    if any(tree.deps[c] == "conj" for c in tree.children[head]):
        return None
    words = tree.words[run[0] : run[1] + 1]
    return tidy(words) if names_person(tree, run) else None


def _is_title(words: Sequence[str]) -> bool:
    """Whether proper nouns say no more than what somebody is: "Commissioner", "Prime Minister"."""
    lowered = [w.lower().rstrip(".") for w in words]
    return all(w in terms("titles", "words") for w in lowered) and lowered[-1] not in terms("titles", "courtesy")


def _named_after_role(tree: Tree, phrase: Range, head: int) -> Range | None:
    """As in "the leader of the League, Ann Lee": the full name after the comma, where the head is a person's role."""
    if tree.lemmas[head].lower() not in terms("titles", "words") | terms("heads", "anonymous"):
        return None
    for i in range(head + 1, phrase[1]):
        if tree.words[i] == "," and tree.pos[i + 1] == "PROPN":
            run = name_run(tree, i + 1, (i + 1, phrase[1]))
            return run if run is not None and run[1] > run[0] and names_person(tree, run) else None
    return None


def names_person(tree: Tree, run: Range) -> bool:
    """Whether a run of proper nouns is a person's name where it stands: no article right before it ("the Morning
    Standard"), every word with a capital but particles ("van", "de").
    """
    first = run[0]
    titled = tree.words[first].lower() in terms("titles", "words")
    if first and tree.words[first - 1].lower() in _ARTICLES and not titled:
        return False
    if run[1] == first and first + 1 < len(tree) and tree.words[first + 1].lower() == "of" and not titled:
        return False
    if first and run[1] == first and _label(tree, first) is not None:
        return False
    words = tree.words[first : run[1] + 1]
    small = [w for w in words if w[:1].islower() and w not in _PARTICLES]
    return not small and words[-1][:1].isupper() and is_person(words)


def name_run(tree: Tree, i: int, phrase: Range) -> Range | None:
    """The run of proper nouns around ``i``, titles at its front left out."""
    if tree.pos[i] != "PROPN":
        return None
    a = b = i
    while a - 1 >= phrase[0] and (tree.pos[a - 1] == "PROPN" or tree.words[a - 1] in ("-", "‑", ".")):
        a -= 1
    while b + 1 <= phrase[1] and (tree.pos[b + 1] == "PROPN" or tree.words[b + 1] in ("-", "‑")):
        b += 1
    for k in range(b, a - 1, -1):
        word = tree.words[k].lower().rstrip(".")
        if word in terms("titles", "words"):
            if word in terms("titles", "modifiers"):
                break
            a = min(k + 1, b) if k < b else a
            break
    return a, b


@lru_cache(maxsize=REMEMBERED)
def is_person(words: tuple[str, ...]) -> bool:
    """Whether a run of proper nouns may name a person: no word of an organisation, place or outlet."""
    lowered = [w.lower().rstrip(".") for w in words]
    joined = " ".join(lowered)
    if not words or country(lowered) or joined in terms("heads", "agencies") or joined in terms("heads", "outlets"):
        return False
    bad = terms("heads", "office") | terms("heads", "organisation") | terms("heads", "media")
    if lowered[-1] in bad or any(w in bad - {"house", "state", "city"} for w in lowered[:-1]):
        return False
    if len(words) > 1 and any(w in terms("titles", "modifiers") for w in lowered):
        return False
    if lowered[0].endswith("s") and len(words) == 1 and lowered[0][:-1] in _countries():
        return False
    acronym = len(words) == 1 and words[0].isupper() and len(words[0]) > 1
    return not acronym and joined not in lexicon.load("sources")["offices"] and joined not in _aliases()


def tidy(words: Sequence[str]) -> str:
    """Words as printed in a line: no space before a clitic or a hyphen."""
    text = " ".join(w for w in words if w.strip())
    text = re.sub(r"(?<!\s)\s+(?=[’'](?:s|S)?\b|[’'](?=\s|$)|,|-\s|‑|\))|(?<=\s-)\s+|(?<=‑)\s+|(?<=\()\s+", "", text)
    return re.sub(r"(?<=\w)\s*-\s*(?=\w)", "-", text).strip(' ,;:—–"“”').removesuffix("’s").removesuffix("'s")


@cache
def _countries() -> dict[str, str]:
    return {form: code for code, forms in lexicon.load("countries")["forms"].items() for form in forms}


def country(words: list[str]) -> str | None:
    """The first country named in the words, by name, demonym or capital, or by the seat of a government."""
    return next(_countries_in(words), None)


def _countries_in(words: list[str]) -> Iterator[str]:
    """The countries that a name begins of at each word, the longest name first."""
    forms, offices = _countries(), lexicon.load("sources")["offices"]
    for n in range(len(words)):
        named = (" ".join(words[n : n + size]) for size in (3, 2, 1))
        found = next((code for form in named if (code := forms.get(form) or offices.get(form))), None)
        if found:
            yield str(found)


def only_country(words: list[str]) -> str | None:
    """The country named in the words where it is the only one: "Japan's Acme and South Korean media" are of two."""
    found = set(_countries_in(words))
    return found.pop() if len(found) == 1 else None


def is_media(words: Sequence[str]) -> SourceKind | None:
    """AGENCY or OUTLET where the words name one."""
    lowered = [w.lower() for w in words if w.lower() not in _ARTICLES]
    joined = " ".join(lowered)
    slug = slugify(joined)
    if any(phrase in joined for phrase in terms("heads", "gatherings")):
        return None
    if any(phrase in joined for phrase in terms("heads", "agency")) or _has(lowered, terms("heads", "agencies")):
        return SourceKind.AGENCY
    if (
        slug in _aliases()
        or _has(lowered, terms("heads", "outlets"))
        or any(w in terms("heads", "media") for w in lowered)
    ):
        return SourceKind.OUTLET
    return None


def _has(words: list[str], names: frozenset[str]) -> bool:
    return any(" ".join(words[n : n + size]) in names for n in range(len(words)) for size in (1, 2, 3))


def _kind(tree: Tree, first: int, last: int, head: int, person: str | None) -> SourceKind:
    words = tree.words[first : last + 1]
    lowered = [w.lower() for w in words]
    lemma = tree.lemmas[head] if tree.pos[head] != "PROPN" else tree.words[head].lower()
    if any(w in terms("anonymity", "marks") for w in lowered):
        return SourceKind.ANONYMOUS
    if person:
        return SourceKind.PERSON
    if lemma in terms("heads", "findings"):
        return SourceKind.DOCUMENT
    media = is_media(words)
    if media is not None:
        return media
    if _is_people(tree, first, head):
        return SourceKind.GROUP
    if " ".join(w for w in lowered if w not in _ARTICLES) in lexicon.load("sources")["offices"]:
        return SourceKind.OFFICE
    for kind in ("document", "office", "organisation"):
        if lemma in terms("heads", kind):
            return SourceKind(kind)
    if tree.words[head].lower() in terms("titles", "words"):
        return SourceKind.PERSON
    if tree.pos[head] == "PROPN":
        return SourceKind.OFFICE if country(lowered) else SourceKind.ORGANISATION
    if lemma in terms("heads", "anonymous") and lowered[0] not in ("the", "his", "her", "their"):
        return SourceKind.ANONYMOUS
    return _common(tree, head, lemma, lowered[0])


def _is_people(tree: Tree, first: int, head: int) -> bool:
    """As in "Norlanders", "the Greens": a plural name that is no country's."""
    word = tree.words[head].lower()
    return first + 2 > head and tree.tags[head] == "NNPS" and (word not in _countries() or word[:-1] in _countries())


def _common(tree: Tree, head: int, lemma: str, first: str) -> SourceKind:
    """The kind of a phrase with a common noun or a pronoun for its head."""
    if tree.tags[head] in _PLURAL or lemma in ("people", "majority", "public"):
        return SourceKind.GROUP
    if tree.pos[head] == "PRON":
        return SourceKind.UNKNOWN
    if first in ("a", "an", "one"):
        return SourceKind.ANONYMOUS
    person = lemma in terms("titles", "words") or lemma in terms("heads", "person")
    return SourceKind.PERSON if person else SourceKind.UNKNOWN


def _role(tree: Tree, phrase: Range, person: str) -> str | None:
    """What the person is, as printed beside the name: before it, or after a comma."""
    text = tidy(tree.words[phrase[0] : phrase[1] + 1])
    at = text.find(person)
    if at < 0:
        return None
    before = _LEADING.sub("", text[:at].strip(" ,"))
    before = _COURTESY.sub("", before).strip(" ,")
    if before and "(" not in before and before.lower().rstrip(".") not in terms("titles", "courtesy"):
        return before
    after = re.match(
        r"\s*,\s*(?!\s|(?:who|which|whose|in|for|on|at|of|with|by|\d+)\b)([^,;()]{3,120})", text[at + len(person) :]
    )
    return after.group(1).strip() if after else None


@cache
def _reasons() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{r})" for r in lexicon.load("sources")["anonymity"]["reasons"]), re.IGNORECASE)


def reason(text: str) -> str | None:
    """Why a source is not named, in the words printed; ``text`` is the sentence from the source on, or all of it."""
    found = _reasons().search(text[:600])
    return found.group().strip(" ,") if found else None
