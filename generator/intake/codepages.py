"""Which legacy encoding a text without a declaration is in: the reading whose letters one language would have.

charset-normalizer knows East Asian text well and takes Western text for Central European or Baltic; so for one byte
a letter every reading is scored here: a letter of the language is a point, what no writer would put inside a word (a
sign, a capital after a small letter) costs two. The alphabets are public facts (Unicode CLDR, exemplar characters).
"""

from __future__ import annotations

import re
from functools import cache

# Readings to try, the commoner first: of two that score the same the first is taken.
CODEPAGES: tuple[tuple[str, str], ...] = (
    (
        "latin",
        "cp1252 cp1250 iso8859-2 cp1254 cp1257 iso8859-13 iso8859-15 mac-roman cp850 cp437 cp852 mac-latin2 cp1258"
        " cp775 cp857 mac-turkish iso8859-16",
    ),
    ("cyrillic", "cp1251 koi8-r koi8-u iso8859-5 cp866 mac-cyrillic cp855"),
    ("greek", "cp1253 iso8859-7 mac-greek cp737"),
    ("hebrew", "cp1255 iso8859-8 cp862"),
    ("arabic", "cp1256 iso8859-6 cp864"),
    ("thai", "cp874"),
)
# What each language has beside a-z, its commonest letters first where they tell the readings apart.
ALPHABETS: dict[str, tuple[str, ...]] = {
    "latin": (
        "éèàùâêîôûçëïüœæÿ",
        "áéíóúñüªº¿¡",
        "ãáâàçéêíóôõúüªº",
        "àèéìòùî",
        "äöüßé",
        "éëïóöüèáç",
        "åäöé",
        "æøåéàòôè",
        "áðéíóúýþæö",
        "ąćęłńóśźż",
        "áčďéěíňóřšťúůýž",
        "áäčďéíĺľňóôŕšťúýž",
        "áéíóöőúüű",
        "ăâîșțşţ",
        "čćđšž",
        "çğıöşüâîûİ",
        "āčēģīķļņšūž",
        "ąčęėįšųūž",
        "äöõüšž",
        "àèéíïòóúüç",
        "ëç",
        "âêîôûŵŷïä",
    ),
    "cyrillic": (
        "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
        "оанивертслкумдпзябьгчйхїцжшюієщґф",
        "аоеинтрсвлкдпмзуябъгчщжцхшюйьф",
        "аоиејнртскупдвмљзгбњћчжџхшђцф",
        "аонелікстурмдпвяыьгзбчйхжшюцўэфё",
    ),
    "greek": ("αοιετνσςηρπκμυλωόίέάήδγύώχθφβξζψϊϋΐΰ",),
    "hebrew": ("יוהלארתבםמשנדעקחפכגטזסךןףץצװױײ",),
    "arabic": ("اليمنرتبوةدعسفهكقحجذصشخطضأإآزظغثءئؤىـپچگژکی",),
    "thai": ("".join(map(chr, (*range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5C)))),),
}
_COMMON = 12  # letters of a non-Latin alphabet that make up most of a text
_MIXED = 0.9  # what a letter counts that is of the script and not of the language
_RUN = re.compile(rb"[A-Za-z0-9]{0,30}[\x80-\xff][A-Za-z0-9\x80-\xff]{0,60}")
_TWO_SCRIPTS = re.compile(r"[A-Za-z0-9](?=[^\W\x00-\x7f])|(?<=[^\W\x00-\x7f])[A-Za-z0-9]")
_ENDS = frozenset("—–…•°®™€£†‰№×÷²³¹½¼¾")  # signs that no word begins with
_SIGNS = frozenset("“”„‘’‚«»‹›–—…•·°©®™€£§¡¿\u00a0¹²³½¼¾×÷†‰´¨¸،؛؟‐\u00ad№")
ENOUGH = 4000  # stretches with letters beyond ASCII that are looked at


def best_codepage(data: bytes) -> tuple[str, float]:
    """The likeliest reading of one byte a letter, and how well it fits: 1 is a text without any oddity."""
    runs = [m.group() for _, m in zip(range(ENOUGH), _RUN.finditer(data), strict=False)]
    best, most = "cp1252", -9.0
    for script, names in CODEPAGES:
        for name in names.split():
            value = _fit(runs, name, script)
            if value > most + 1e-9:
                best, most = name, value
    return best, most


def _fit(runs: list[bytes], name: str, script: str) -> float:
    try:
        texts = [run.decode(name) for run in runs]
    except UnicodeDecodeError:
        return -9.0
    letters = [(c, len(t) == 1) for t in texts for c in t if c > "\x7f"]
    if not letters:
        return -9.0
    odd = sum(_oddities(t) for t in texts)
    if script != "latin":
        odd += sum(1 for t in texts if _TWO_SCRIPTS.search(t))
    best = max(_of_language(letters, a, latin=script == "latin") for a in _alphabets(script))
    return (best - 2 * odd) / len(letters)


def _oddities(text: str) -> int:
    """How many of the letters beyond ASCII stand where no writer would put them."""
    found = 0
    for n, c in enumerate(text):
        if c <= "\x7f":
            continue
        before, after = text[n - 1 : n], text[n + 1 : n + 2]
        inside = before.isalpha() and after.isalpha()
        if c.isalpha():
            found += (c.isupper() and before.islower()) or (c.islower() and after.isupper())
        elif c in _SIGNS:
            found += (inside and c not in "’‘·\u00ad") or (c in _ENDS and after.isalpha())
        else:
            found += 2 if "\x80" <= c < "\xa0" else inside or not _mark(c)
    return found


def _mark(letter: str) -> bool:
    import unicodedata

    return unicodedata.category(letter) == "Mn"


Alphabet = tuple[frozenset[str], frozenset[str], frozenset[str]]


def _of_language(letters: list[tuple[str, bool]], alphabet: Alphabet, *, latin: bool) -> float:
    """What the letters, each with whether it stands alone, are worth as text of a language."""
    own, common, kin = alphabet
    value = 0.0
    for c, alone in letters:
        low = c.lower()
        if c in _SIGNS:
            value += 1.0 if latin else 0.7
        elif low in own or c in own:
            value += 1.0 if latin or low in common else 0.8
        elif low in kin:
            value += _MIXED - (0.0 if latin else 0.3)
        else:
            value -= 1.0
        # Text is mostly small letters, and few words are one letter.
        value -= 0.2 * (c.isupper() or (alone and c.isalpha()))
    return value


@cache
def _alphabets(script: str) -> tuple[Alphabet, ...]:
    """Per language its letters, its commonest, and the letters of the languages that share a page with it."""
    kin = frozenset("".join(ALPHABETS[script][:7] if script == "latin" else ALPHABETS[script]))
    return tuple((frozenset(a), frozenset(a[:_COMMON]), kin) for a in ALPHABETS[script])


def best_east_asian(data: bytes) -> str | None:
    """The encoding with two bytes a letter that ``data`` reads in as common Japanese, Korean or Chinese."""
    fits = [(east_fit(data, name), -n, name) for n, name in enumerate(EAST_ASIAN)]
    value, _, name = max(fits)
    return name if value >= 0.8 else None


EAST_ASIAN = ("euc_jp", "cp932", "cp949", "gb18030", "big5hkscs", "johab")
_BEYOND = re.compile("[\u1100-\u11ff\u2e80-\ufaff\uff00-\uff60\uffe0-\uffee]+")


def east_fit(data: bytes, name: str) -> float:
    """The share of letters that are common in the language of the encoding."""
    try:
        text = data.decode(name)[:ENOUGH]
    except UnicodeDecodeError:
        return 0.0
    runs: list[str] = _BEYOND.findall(text)
    letters = [c for run in runs for c in run]
    # A Western accent misread takes one letter along; in East Asian text the letters stand side by side.
    if not letters or sum(len(r) for r in runs if len(r) > 1) < 0.7 * sum(c > "\x7f" for c in text):
        return 0.0
    letters = [c for c in letters if c.isalpha()] or letters
    if name in ("euc_jp", "cp932"):
        return min(1.0, 4 * sum("\u3040" <= c < "\u3100" for c in letters) / len(letters))
    if name in ("cp949", "johab"):
        return sum("\uac00" <= c < "\ud7a4" for c in letters) / len(letters)
    charset, first, last = ("gb2312", 0xB0, 0xD7) if name == "gb18030" else ("big5", 0xA4, 0xC6)
    leads = [c.encode(charset, "ignore")[:1].ljust(1, b"\0")[0] for c in letters]
    return sum(first <= lead <= last for lead in leads) / len(leads)
