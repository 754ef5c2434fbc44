"""Digests of invented stories without the work of finding them: what the site stage gets, for any number of articles.

The articles are those of benchmarks/invented.py. Their sentences are made by five forms, so that who says what is read
off by as many expressions; two sentences with the same fact are one claim, a fact that is denied somewhere has a
history, one with two numbers a difference, wire copy is reuse. Of the sentences that carry no fact two in five are
claims of one article. That comes to some thirty claims an article and six pages, as in real coverage.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import invented

from generator import markdown
from generator.cache import Cache
from generator.model import (
    Annotated,
    Article,
    Attribution,
    Claim,
    Difference,
    Digest,
    Join,
    Mention,
    Origin,
    Paragraph,
    Passage,
    QuoteKind,
    Reuse,
    Source,
    SourceKind,
    Span,
    Status,
    Step,
    Value,
)
from generator.pipeline.digesting import digest_of
from generator.text import fingerprint

_SENTENCE = re.compile(r"[^\s].*?[.!?]”?(?= |$)")
_SAID = r"(?:said|told reporters|announced|added|confirmed|insisted|warned)(?: on \w+)?"
_FORMS = (
    (re.compile(rf"“(?P<fact>.+?),” {_SAID} (?P<who>[A-Z]\w+ [A-Z]\w+), .+"), QuoteKind.DIRECT),
    (re.compile(rf"(?P<who>[A-Z]\w+ [A-Z]\w+) of [a-z' ]+ {_SAID} that (?P<fact>.+)\."), QuoteKind.INDIRECT),
    (re.compile(r"According to (?P<who>the [a-z' ]+), (?P<fact>.+)\."), QuoteKind.INDIRECT),
    (re.compile(rf"(?P<who>The [a-z' ]+) denied that (?P<fact>.+), [A-Z]\w+ [A-Z]\w+ {_SAID}\."), QuoteKind.INDIRECT),
)
_NUMBER = re.compile(r"\d+")


def story(number: int, articles: int, edited: int = 0) -> Digest:
    """The ``number``-th story. ``edited`` adds as many sentences to its first article."""
    told = list(invented.story(number, articles))
    annotated, said = [], dict[str, list[Mention]]()
    for n, one in enumerate(told):
        article = _article(one, n, edited if n == 0 else 0)
        sentences = tuple(_sentences(article))
        attributions = []
        for span in sentences:
            mention, key = _mention(article, span)
            if key:
                said.setdefault(key, []).append(mention)
                if mention.chain:
                    attributions.append(
                        Attribution(None, None, (span,), mention.quote or QuoteKind.INDIRECT, mention.chain)
                    )
        annotated.append(Annotated(article, sentences, tuple(attributions), ()))
    by_id = {a.article.id: a.article for a in annotated}
    claims = tuple(_claim(key, mentions, by_id) for key, mentions in said.items())
    sources = {s.id: s for mentions in said.values() for m in mentions for s in m.chain}
    reuses = tuple(_reuses([a.article for a in annotated]))
    wire = tuple(dict.fromkeys(i for r in reuses for i in (r.source, r.target)))
    name = told[0].story
    return Digest(
        story=name,
        title=name.replace("-", " ").capitalize(),
        articles=tuple(annotated),
        claims=claims,
        sources=tuple(sources.values()),
        reuses=reuses,
        origins=(Origin("wire", "Estwire", wire, ("all carry its name",)),) if wire else (),
        summary=tuple(c.best for c in claims[:4]),
    )


def _article(told: invented.Told, number: int, edited: int) -> Article:
    outlet, title, line, *paragraphs = told.text.rstrip("\n").split("\n\n")
    byline, _, day = line.partition("\n")
    if edited:
        paragraphs[-1] += " The pier stayed shut." * edited
    return Article(
        id=f"{number:03d}-{fingerprint(outlet, title)}",
        story=told.story,
        title=title,
        body=tuple(Paragraph(p) for p in paragraphs),
        outlet=outlet,
        language="en",
        published=f"2023-03-{int(day.split()[0]):02d}",
        authors=(byline.removeprefix("By "),) if byline.startswith("By ") else (),
        agency=() if byline.startswith("By ") else (byline,),
        source_file=told.name,
        url=f"https://{outlet.lower().replace(' ', '-')}.example/{number}" if number % 2 else None,
    )


def _sentences(article: Article) -> Iterator[Span]:
    for paragraph, place in zip(article.body, article.paragraph_spans, strict=True):
        for match in _SENTENCE.finditer(paragraph.text):
            yield Span(*match.span()).shift(place.start)


def _mention(article: Article, span: Span) -> tuple[Mention, str | None]:
    """The mention in a sentence, and what makes others the same claim (``None``: it is no claim)."""
    text = span.of(article.text)
    mention = Mention(fingerprint(article.id, str(span.start), length=12), article.id, span, text)
    for form, kind in _FORMS:
        if found := form.fullmatch(text):
            who = found["who"]
            office = who.lower().startswith("the ")
            source = Source(
                who.lower().replace(" ", "-").replace("'", ""),
                who,
                SourceKind.ORGANISATION if office else SourceKind.PERSON,
            )
            status = Status.DENIED if " denied that " in text else Status.REPORTED
            told = replace(mention, chain=(source,), quote=kind, status=status)
            return told, found["fact"].lower().rstrip(".")
    key = text.lower().rstrip(".")
    return mention, key if zlib.crc32(key.encode()) % 5 < 2 else None


def _claim(key: str, mentions: list[Mention], articles: dict[str, Article]) -> Claim:
    dated = sorted(mentions, key=lambda m: articles[m.article].published or "")
    history: list[Step] = []
    for m in dated:
        if not history or history[-1].status is not m.status:
            history.append(Step(articles[m.article].published, m.article, m.id, m.status))
    statuses = tuple(dict.fromkeys(m.status for m in mentions))
    values = (Value(s.value, tuple(m.id for m in mentions if m.status is s)) for s in statuses)
    return Claim(
        fingerprint(key, length=12),
        mentions[0].text,
        mentions[0].id,
        tuple(mentions),
        (Difference("polarity", tuple(values)),) if len(statuses) > 1 and Status.DENIED in statuses else (),
        tuple(history),
        tuple(Join(mentions[0].id, m.id, 0.9, ("the same fact",)) for m in mentions[1:]),
        len(mentions),
    )


def _reuses(articles: list[Article]) -> Iterator[Reuse]:
    """The wire's texts, each against the first that has it."""
    wire = [a for a in articles if a.agency]
    for copy in wire[1:]:
        passages = tuple(_passages(wire[0], copy))
        share = sum(len(p.target) for p in passages) / len(copy.text)
        if passages:
            yield Reuse(wire[0].id, copy.id, share, share, passages, "credit", True)


def _passages(source: Article, target: Article) -> Iterator[Passage]:
    places = {p.text: span for p, span in zip(source.body, source.paragraph_spans, strict=True)}
    for paragraph, span in zip(target.body, target.paragraph_spans, strict=True):
        if paragraph.text in places:
            yield Passage(places[paragraph.text], span, exact=True)


def put(memo: Cache, articles_folder: Path, digest: Digest) -> str | None:
    """Keeps a digest as a build does, its articles' Markdown beside; gives the key."""
    folder = articles_folder / digest.story
    folder.mkdir(parents=True, exist_ok=True)
    for annotated in digest.articles:
        article = annotated.article
        (folder / f"{article.id}.md").write_text(markdown.dump(markdown.settle(article)), encoding="utf-8")
    key = memo.key(digest_of, "benchmark", digest)
    memo.store(digest_of, key, digest)
    return key
