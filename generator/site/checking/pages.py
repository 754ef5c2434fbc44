"""A page, taken apart: its anchors, links, scripts, quotations and words, each with its line."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote

from generator.site.checking.texts import Text, unescaped

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
LINKING = frozenset("href src cite action formaction poster data srcset longdesc background xlink:href".split())
_BLOCK = frozenset(
    "address article aside blockquote body caption dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td th thead title tr ul br".split()
)
_OURS = frozenset({"by", "small", "sign"})  # classes of what we say within what was printed
_LONG = 20  # characters; a shorter attribute holds no excerpt


@dataclass(frozen=True, slots=True)
class Element:
    line: int
    tag: str
    attributes: tuple[tuple[str, str], ...]

    def get(self, name: str) -> str:
        return next((v for k, v in self.attributes if k == name), "")

    def has(self, name: str) -> bool:
        return any(k == name for k, _ in self.attributes)


@dataclass(frozen=True, slots=True)
class Script:
    line: int
    src: str | None
    type: str
    text: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words shown as printed; ``hrefs`` are the addresses that they are linked with, ``id`` the nearest anchor."""

    line: int
    words: str
    hrefs: tuple[str, ...]
    tag: str


@dataclass(slots=True)
class Page:
    path: str
    ids: dict[str, int] = field(default_factory=dict)
    twice: list[tuple[int, str]] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    scripts: list[Script] = field(default_factory=list)
    styles: list[tuple[int, str]] = field(default_factory=list)
    quotations: list[Quotation] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)


def parsed(path: str, data: bytes) -> Page:
    parser = _Parser(path)
    parser.feed(data.decode("utf-8", "replace"))
    parser.close()
    return parser.finish()


@dataclass(slots=True)
class _Open:
    tag: str
    ours: bool
    quoting: bool
    line: int


class _Parser(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page(path)
        self._open: list[_Open] = []
        self._links: list[str] = []
        self._printed: list[tuple[str, int]] = []
        self._ours: list[tuple[str, int]] = []
        self._quoted: list[str] = []
        self._hrefs: list[str] = []
        self._raw: tuple[int, str, list[str], Element] | None = None

    # --- HTMLParser's interface

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        element = Element(line, tag, tuple((k, v or "") for k, v in attrs))
        self.page.elements.append(element)
        self._take_attributes(element)
        self._between(tag, line)
        if tag in ("script", "style"):
            self._raw = (line, tag, [], element)
        if tag == "a":
            self._links.append(element.get("href"))
        if tag not in VOID:
            self._enter(element)
        elif self._quoting():
            self._quoted.append(" ")

    def _enter(self, element: Element) -> None:
        before = self._open[-1] if self._open else _Open("", False, False, 0)
        classes = set(element.get("class").split())
        ours = before.ours or element.has("data-generated") or bool(classes & _OURS)
        quotes = "printed" in classes or element.tag in ("blockquote", "q")
        quoting = (before.quoting or quotes) and not ours
        if quoting and not before.quoting:
            self._quoted = []
            self._hrefs = [h for h in (element.get("cite"), *self._links) if h]
        elif quoting or before.quoting:
            self._hrefs += [h for h in (element.get("cite"), element.get("href")) if h]
        self._open.append(_Open(element.tag, ours, quoting, element.line))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self._between(tag, self.getpos()[0])
        if tag == "a" and self._links:
            self._links.pop()
        if self._raw and tag == self._raw[1]:
            self._shut_raw()
        if not any(o.tag == tag for o in self._open):
            return
        while self._open:
            shut = self._open.pop()
            outer = bool(self._open) and self._open[-1].quoting
            if shut.quoting and not outer:
                self._shut_quotation(shut)
            if shut.tag == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._raw:
            self._raw[2].append(data)
            return
        ours = bool(self._open) and self._open[-1].ours
        line = self.getpos()[0]
        for n, row in enumerate(data.split("\n")):
            (self._ours if ours else self._printed).append((("\n" if n else "") + row, line + n))
        if self._quoting():
            self._quoted.append(data)

    def handle_comment(self, data: str) -> None:
        self.page.texts.append(Text.of_pieces([(data, self.getpos()[0])]))

    # --- what is gathered

    def _quoting(self) -> bool:
        return bool(self._open) and self._open[-1].quoting

    def _between(self, tag: str, line: int) -> None:
        """Blocks part words; inline elements don't."""
        if tag in _BLOCK:
            self._printed.append((" ", line))
            self._ours.append((" ", line))
            if self._quoting():
                self._quoted.append(" ")

    def _take_attributes(self, element: Element) -> None:
        for name, value in element.attributes:
            if name == "id":
                if value in self.page.ids:
                    self.page.twice.append((element.line, value))
                self.page.ids.setdefault(value, element.line)
            elif len(value) > _LONG:
                self.page.texts.append(Text.of_pieces([(unquote(value), element.line)]))

    def _shut_raw(self) -> None:
        assert self._raw
        line, tag, pieces, element = self._raw
        text = "".join(pieces)
        if tag == "script":
            src = element.get("src") if element.has("src") else None
            self.page.scripts.append(Script(line, src, element.get("type").lower(), text))
        else:
            self.page.styles.append((line, text))
        rows = enumerate(text.split("\n"), line)
        self.page.texts.append(Text.of_pieces([(unescaped(row) + "\n", n) for n, row in rows]))
        self._raw = None

    def _shut_quotation(self, shut: _Open) -> None:
        words = " ".join("".join(self._quoted).split())
        if words:
            self.page.quotations.append(Quotation(shut.line, words, tuple(self._hrefs), shut.tag))

    def finish(self) -> Page:
        if self._raw:
            self._shut_raw()
        self.page.texts += [Text.of_pieces(self._printed), Text.of_pieces(self._ours)]
        return self.page
