"""A digest made by hand: an invented event at an invented reservoir, in five outlets and six articles, with one of
everything that the site has to show. Used by the tests of the site; no other step of the program takes part."""

# ruff: noqa: E501 (a sentence stays on one line)
from __future__ import annotations

import re
from dataclasses import replace

from generator.model import (
    AlteredQuote,
    Annotated,
    Article,
    Claim,
    Difference,
    Digest,
    Join,
    Mention,
    Origin,
    Paragraph,
    Passage,
    QuoteKind,
    QuoteVariant,
    Removed,
    Reuse,
    Role,
    Source,
    SourceKind,
    Span,
    Status,
    Step,
    Value,
)  # fmt: skip

STORY = "orrin-sluice"

ENGINEER = Source("dalla-brennock", "Dalla Brennock", SourceKind.PERSON, role="chief engineer")
AUTHORITY = Source("orrin-water-authority", "Orrin Water Authority", SourceKind.ORGANISATION)
INSIDER = Source("unnamed-keeper", "a keeper at the dam", SourceKind.ANONYMOUS, reason="not allowed to speak")
WIRE = Source("tarnwire", "Tarnwire", SourceKind.AGENCY)
MINISTER = Source("pell-audry", "Pell Audry", SourceKind.PERSON, role="minister")

_WIRE_TEXT = (
    "A sluice gate at the Orrin reservoir opened by itself before dawn on Monday and flooded the lower town, "
    "the Orrin Water Authority said. ",
    "About 40 houses stood in water by noon. “We had no warning at all, none, and the gate would not close,” said "
    "chief engineer Dalla Brennock. ",
    "No one was hurt, the authority said. The gate was last checked in March.",
)

_BODIES = {
    "tarnwire-sluice": _WIRE_TEXT,
    "morning-ledger-flood": (
        _WIRE_TEXT[0],
        "About 40 houses stood in water by noon. “We had no warning at all and the gate would not close,” said "
        "chief engineer Dalla Brennock. ",
        "The Ledger was told by a keeper at the dam that the alarm had been switched off in winter.",
    ),
    "vale-observer-town": (
        "At least 60 houses were under water in the lower town on Monday, our reporter counted.",
        "The alarm at the dam had been off since winter, the Morning Ledger reported, citing a keeper at the dam.",
        "Shops in Quay Street may stay shut for a week. Bread was handed out from a lorry.",
    ),
    "sluice-vedomosti": (
        "В понедельник на водохранилище Оррин сам открылся шлюз, сообщило агентство Tarnwire.",
        "Вода залила около 40 домов в нижнем городе.",
    ),
    "minister-denies": (
        "Minister Pell Audry denied on Tuesday that the alarm was ever switched off. “That is simply not true,” she said.",
        "Asked about the gate, the Orrin Water Authority declined to comment.",
    ),
    "note-on-the-gate": ("The gate was last checked in March, it has been confirmed.", "Bread < circuses & “more”."),
}

_ARTICLES = (
    Article(
        "tarnwire-sluice", STORY, "Sluice opens by itself, floods lower town", outlet="Tarnwire",
        published="2031-05-05T09:10:00+02:00", dateline="ORRIN", agency=("Tarnwire",), language="en",
        url="https://tarnwire.example/a/1", source_file="wire (2).txt", evidence=(("outlet", "the dateline"),),
    ),
    Article(
        "morning-ledger-flood", STORY, "Sluice opens by itself, floods lower town", outlet="Morning Ledger",
        published="2031-05-05T13:00:00+02:00", authors=("Ines Kord",), agency=("Tarnwire",), language="en",
        credits=("Additional reporting by R. Amsel",), source_file="ledger.txt",
        removed=(
            Removed("Sign up for our morning letter <b>now</b>", Role.CHROME, "newsletter-call", 1),
            Removed("Quay Street on Monday. Photo: L. Hane", Role.CAPTION, "photo-line", 2),
        ),
    ),
    Article(
        "vale-observer-town", STORY, "Counting doorsteps in the water", outlet="Vale Observer", published="2031-05-06",
        language="en", source_file="observer.txt",
    ),
    Article(
        "sluice-vedomosti", STORY, "Шлюз открылся сам", outlet="Новости Долины", published="2031-05-06T07:00:00+03:00",
        language="ru", source_file="ru.txt",
    ),
    Article(
        "minister-denies", STORY, "<script>alert('Audry')</script> & “the alarm”", outlet="Coast Gazette",
        language="en", source_file="gazette.txt",
    ),
    Article("note-on-the-gate", STORY, None, published=None, source_file="clip.txt"),
)  # fmt: skip


def articles() -> tuple[Article, ...]:
    """The articles with their bodies; one paragraph has emphasis and a link, one article a list and a block quotation."""
    made = []
    for article in _ARTICLES:
        body = [Paragraph(text.strip()) for text in _BODIES[article.id]]
        if article.id == "vale-observer-town":
            plain = body[2].text
            markup = plain.replace("Quay Street", "*Quay Street*").replace(
                "a lorry", "[a lorry](https://vale.example/lorry)"
            )
            body[2] = Paragraph(plain, markup=markup)
            body += [Paragraph("What is shut", Role.SUBHEAD, level=2)]
            body += [Paragraph(text, Role.LIST_ITEM) for text in ("the school", "the ferry office")]
            body += [Paragraph("“We carried the beds upstairs,” a tenant said.", Role.QUOTE)]
        made.append(replace(article, body=tuple(body)))
    return tuple(made)


def sentences(article: Article) -> tuple[Span, ...]:
    found = []
    for paragraph in article.paragraph_spans:
        text = paragraph.of(article.text)
        ends = [m.end() for m in re.finditer(r"[.!?]”?(?=\s|$)", text)] or [len(text)]
        ends[-1] = len(text)
        start = 0
        for end in ends:
            begin = start + len(text[start:end]) - len(text[start:end].lstrip())
            found.append(Span(begin, end).shift(paragraph.start))
            start = end
    return tuple(found)


class _Maker:
    """Finds wordings in the articles, so that every span is true by construction."""

    def __init__(self) -> None:
        self.articles = {a.id: a for a in articles()}
        self.claims: list[Claim] = []

    def mention(self, article: str, text: str, **fields: object) -> Mention:
        start = self.articles[article].text.index(text)
        return Mention(f"{article}.{start}", article, Span(start, start + len(text)), text, **fields)  # type: ignore[arg-type]

    def span(self, mention: Mention, text: str) -> tuple[str, Span]:
        start = self.articles[mention.article].text.index(text, mention.span.start)
        return mention.id, Span(start, start + len(text))

    def claim(self, key: str, mentions: list[Mention], differences: tuple[Difference, ...] = ()) -> None:
        history = tuple(
            Step(self.articles[m.article].published, m.article, m.id, m.status)
            for m in sorted(mentions, key=lambda m: self.articles[m.article].published or "9")
        )
        joins = tuple(Join(mentions[0].id, m.id, 0.9, ("the same houses", "the same day")) for m in mentions[1:])
        best = mentions[0]
        self.claims.append(Claim(key, best.text, best.id, tuple(mentions), differences, history, joins, len(mentions)))


def digest() -> Digest:
    """The whole story."""
    maker = _Maker()
    opened = "A sluice gate at the Orrin reservoir opened by itself before dawn on Monday and flooded the lower town, the Orrin Water Authority said."
    reported = {"chain": (AUTHORITY,), "status": Status.REPORTED, "quote": QuoteKind.INDIRECT}
    maker.claim("gate-opened", [
        maker.mention("tarnwire-sluice", opened, **reported),
        maker.mention("morning-ledger-flood", opened, **reported),
        maker.mention("sluice-vedomosti", "В понедельник на водохранилище Оррин сам открылся шлюз, сообщило агентство Tarnwire.",
                      chain=(AUTHORITY, WIRE), status=Status.REPORTED),
    ])  # fmt: skip
    houses = [
        maker.mention("tarnwire-sluice", "About 40 houses stood in water by noon."),
        maker.mention("morning-ledger-flood", "About 40 houses stood in water by noon."),
        maker.mention("vale-observer-town", "At least 60 houses were under water in the lower town on Monday, our reporter counted."),
        maker.mention("sluice-vedomosti", "Вода залила около 40 домов в нижнем городе."),
    ]  # fmt: skip
    numbers = Difference("number", (
        Value("about 40", (houses[0].id, houses[1].id, houses[3].id),
              (maker.span(houses[0], "40"), maker.span(houses[1], "40"), maker.span(houses[3], "40"))),
        Value("at least 60", (houses[2].id,), (maker.span(houses[2], "60"),)),
    ))  # fmt: skip
    maker.claim("houses-in-water", houses, (numbers,))
    quoted = {"chain": (ENGINEER,), "quote": QuoteKind.DIRECT, "status": Status.REPORTED}
    warnings = [
        maker.mention("tarnwire-sluice", "“We had no warning at all, none, and the gate would not close,” said chief engineer Dalla Brennock.", **quoted),
        maker.mention("morning-ledger-flood", "“We had no warning at all and the gate would not close,” said chief engineer Dalla Brennock.", **quoted),
    ]  # fmt: skip
    wordings = Difference("wording", tuple(Value(m.text, (m.id,)) for m in warnings))
    maker.claim("no-warning", warnings, (wordings,))
    alarm = [
        maker.mention("morning-ledger-flood", "The Ledger was told by a keeper at the dam that the alarm had been switched off in winter.",
                      chain=(INSIDER,), status=Status.REPORTED),
        maker.mention("vale-observer-town", "The alarm at the dam had been off since winter, the Morning Ledger reported, citing a keeper at the dam.",
                      chain=(INSIDER, Source("morning-ledger", "Morning Ledger", SourceKind.OUTLET)), status=Status.APPEARS),
        maker.mention("minister-denies", "Minister Pell Audry denied on Tuesday that the alarm was ever switched off.",
                      chain=(MINISTER,), stance="denies", status=Status.DENIED),
    ]  # fmt: skip
    polarity = Difference("polarity", (
        Value("it was switched off", (alarm[0].id, alarm[1].id)), Value("it was not", (alarm[2].id,)),
    ))  # fmt: skip
    maker.claim("alarm-off", alarm, (polarity,))
    maker.claim("gate-checked", [
        maker.mention("tarnwire-sluice", "The gate was last checked in March."),
        maker.mention("note-on-the-gate", "The gate was last checked in March, it has been confirmed.", status=Status.CONFIRMED),
    ])  # fmt: skip
    maker.claim("nobody-hurt", [maker.mention("tarnwire-sluice", "No one was hurt, the authority said.", **reported)])
    maker.claim("shops-shut", [
        maker.mention("vale-observer-town", "Shops in Quay Street may stay shut for a week.", hedge="may", status=Status.POSSIBLE),
    ])  # fmt: skip
    maker.claim("bread", [maker.mention("vale-observer-town", "Bread was handed out from a lorry.")])
    maker.claim("beds", [maker.mention("vale-observer-town", "“We carried the beds upstairs,” a tenant said.", quote=QuoteKind.DIRECT,
                                       chain=(Source("a-tenant", "a tenant", SourceKind.GROUP),))])  # fmt: skip
    maker.claim(
        "not-true",
        [
            maker.mention(
                "minister-denies", "“That is simply not true,” she said.", chain=(MINISTER,), quote=QuoteKind.DIRECT
            )
        ],
    )
    maker.claim("no-comment", [
        maker.mention("minister-denies", "Asked about the gate, the Orrin Water Authority declined to comment.",
                      chain=(AUTHORITY,), stance="declines", status=Status.NO_COMMENT),
    ])  # fmt: skip
    maker.claim("hostile", [maker.mention("note-on-the-gate", "Bread < circuses & “more”.")])
    return Digest(
        STORY,
        "Flood below the Orrin reservoir",
        tuple(Annotated(a, sentences(a), (), ()) for a in maker.articles.values()),
        tuple(maker.claims),
        (AUTHORITY, ENGINEER, INSIDER, WIRE, MINISTER),
        (_reuse(maker),),
        (
            Origin("o1", "Tarnwire", ("tarnwire-sluice", "morning-ledger-flood"), ("shares 76 % of its words",)),
            Origin("o2", "Vale Observer", ("vale-observer-town",)),
        ),
        (
            ("gate-opened", (Origin("c1", "Orrin Water Authority", ("tarnwire-sluice", "morning-ledger-flood", "sluice-vedomosti"), ("all cite the authority",)),)),
            ("alarm-off", (Origin("c2", "a keeper at the dam", ("morning-ledger-flood", "vale-observer-town"), ("one relays the other",)), Origin("c3", "Pell Audry", ("minister-denies",)))),
        ),
        (_altered(maker),),
        (houses[0].id, alarm[0].id, alarm[2].id),
        (("embeddings", "none"),),
    )  # fmt: skip


def _reuse(maker: _Maker) -> Reuse:
    source, target = maker.articles["tarnwire-sluice"], maker.articles["morning-ledger-flood"]
    first = source.paragraph_spans[0], target.paragraph_spans[0]
    second = source.paragraph_spans[1], target.paragraph_spans[1]
    passages = (Passage(*first, exact=True), Passage(*second, exact=False))
    return Reuse(source.id, target.id, 0.76, 0.81, passages, "credit", credited=True)


def _altered(maker: _Maker) -> AlteredQuote:
    texts = {
        "tarnwire-sluice": "We had no warning at all, none, and the gate would not close,",
        "morning-ledger-flood": "We had no warning at all and the gate would not close,",
    }
    variants = []
    for key, text in texts.items():
        start = maker.articles[key].text.index(text)
        variants.append(QuoteVariant(key, Span(start, start + len(text)), text))
    return AlteredQuote("Dalla Brennock", "cut", tuple(variants), ((", none,", ""),))
