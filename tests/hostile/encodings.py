"""Texts in the encodings that news was ever saved in, declared and not, whole and damaged."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.case import BUILT, EITHER, REFUSED, Case, Words

WESTERN = (
    "Le conseil du port a vot\u00e9 mardi la fermeture de la jet\u00e9e, o\u00f9 les colonnes \u00e9taient rouill\u00e9es. "
    "\u00c0 l'\u00e9t\u00e9, les p\u00eacheurs fran\u00e7ais, d\u00e9j\u00e0 f\u00e2ch\u00e9s, ont protest\u00e9 : \u00ab C'est injuste \u00bb, a dit Andr\u00e9 Lef\u00e8vre. "
    "Die Gr\u00f6\u00dfe der M\u00fchle \u00e4rgerte \u00fcber Jahre die B\u00fcrger. El ni\u00f1o so\u00f1\u00f3 en Espa\u00f1a."
)
SPANISH = (
    "El a\u00f1o pasado, la compa\u00f1\u00eda anunci\u00f3 que reducir\u00eda la producci\u00f3n en la regi\u00f3n. \u00bfQu\u00e9 dijo el se\u00f1or "
    "Mu\u00f1oz? \u00abMa\u00f1ana ser\u00e1 otro d\u00eda\u00bb, respondi\u00f3 el alcalde de la peque\u00f1a ciudad."
)
NORDIC = "Havnestyret p\u00e5 \u00d8rnes\u00f8y stemte tirsdag for \u00e5 stenge bryggen. V\u00e5ren er \u00f8delagt, sa B\u00e5rd S\u00e6ther, som \u00e6rer havet."
EURO = (
    "Der Hafen kostet 12 \u20ac je Tonne \u2013 \u201ezu viel\u201c, sagte Fr\u00e4ulein M\u00fcller \u2026 und ging."
)
POLISH = (
    "Rada portu zag\u0142osowa\u0142a we wtorek za zamkni\u0119ciem starego nabrze\u017ca. \u201eTo b\u0142\u0105d\u201d, powiedzia\u0142 J\u00f3zef \u017b\u00f3\u0142kiewski, "
    "kt\u00f3ry mieszka w \u0141odzi i \u017ale \u015bpi. \u0106wier\u0107 wieku p\u00f3\u017aniej nic si\u0119 nie zmieni\u0142o."
)
CZECH = "P\u0159\u00edstavn\u00ed rada hlasovala v \u00fater\u00fd pro uzav\u0159en\u00ed star\u00e9ho mola. \u017dlu\u0165ou\u010dk\u00fd k\u016f\u0148 \u00fap\u011bl \u010f\u00e1belsk\u00e9 \u00f3dy, \u0159ekl Ji\u0159\u00ed Dvo\u0159\u00e1k."
TURKISH = "Liman kurulu sal\u0131 g\u00fcn\u00fc eski iskelenin kapat\u0131lmas\u0131n\u0131 oylad\u0131. \u0130\u015f\u00e7iler \u015fa\u015fk\u0131nd\u0131; \u011ferek\u00e7e \u00f6\u011frenilemedi, dedi \u00c7a\u011flar Y\u0131ld\u0131r\u0131m."
LATVIAN = "Ostas padome otrdien nobalsoja par vec\u0101 mola sl\u0113g\u0161anu, teica J\u0101nis B\u0113rzi\u0146\u0161, kur\u0161 dz\u012bvo tur jau ilgi."
LITHUANIAN = "Uosto taryba antradien\u012f balsavo u\u017e seno molo u\u017edarym\u0105, sak\u0117 \u017dygimantas \u0160ar\u016bnas, gyvenantis \u010dia ilgai."
RUSSIAN = (
    "\u0421\u043e\u0432\u0435\u0442 \u043f\u043e\u0440\u0442\u0430 \u043f\u0440\u043e\u0433\u043e\u043b\u043e\u0441\u043e\u0432\u0430\u043b \u0432\u043e \u0432\u0442\u043e\u0440\u043d\u0438\u043a \u0437\u0430 \u0437\u0430\u043a\u0440\u044b\u0442\u0438\u0435 \u0441\u0442\u0430\u0440\u043e\u0433\u043e \u043f\u0440\u0438\u0447\u0430\u043b\u0430. "
    "\u00ab\u042d\u0442\u043e \u043e\u0448\u0438\u0431\u043a\u0430\u00bb, \u2014 \u0441\u043a\u0430\u0437\u0430\u043b \u0440\u044b\u0431\u0430\u043a \u0418\u0432\u0430\u043d \u041f\u0435\u0442\u0440\u043e\u0432."
)
UKRAINIAN = "\u0420\u0430\u0434\u0430 \u043f\u043e\u0440\u0442\u0443 \u0443 \u0432\u0456\u0432\u0442\u043e\u0440\u043e\u043a \u043f\u0440\u043e\u0433\u043e\u043b\u043e\u0441\u0443\u0432\u0430\u043b\u0430 \u0437\u0430 \u0437\u0430\u043a\u0440\u0438\u0442\u0442\u044f \u0441\u0442\u0430\u0440\u043e\u0433\u043e \u043f\u0440\u0438\u0447\u0430\u043b\u0443, \u0441\u043a\u0430\u0437\u0430\u0432 \u0404\u0432\u0433\u0435\u043d \u0407\u0436\u0430\u043a\u0435\u0432\u0438\u0447, \u0456 \u043f\u0456\u0448\u043e\u0432 \u0433\u0435\u0442\u044c."
GREEK = "\u03a4\u03bf \u03c3\u03c5\u03bc\u03b2\u03bf\u03cd\u03bb\u03b9\u03bf \u03c4\u03bf\u03c5 \u03bb\u03b9\u03bc\u03b1\u03bd\u03b9\u03bf\u03cd \u03c8\u03ae\u03c6\u03b9\u03c3\u03b5 \u03c4\u03b7\u03bd \u03a4\u03c1\u03af\u03c4\u03b7 \u03c4\u03bf \u03ba\u03bb\u03b5\u03af\u03c3\u03b9\u03bc\u03bf \u03c4\u03b7\u03c2 \u03c0\u03b1\u03bb\u03b9\u03ac\u03c2 \u03b1\u03c0\u03bf\u03b2\u03ac\u03b8\u03c1\u03b1\u03c2, \u03b5\u03af\u03c0\u03b5 \u03bf \u03a0\u03ad\u03c4\u03c1\u03bf\u03c2."
HEBREW = "\u05de\u05d5\u05e2\u05e6\u05ea \u05d4\u05e0\u05de\u05dc \u05d4\u05e6\u05d1\u05d9\u05e2\u05d4 \u05d1\u05d9\u05d5\u05dd \u05e9\u05dc\u05d9\u05e9\u05d9 \u05d1\u05e2\u05d3 \u05e1\u05d2\u05d9\u05e8\u05ea \u05d4\u05de\u05d6\u05d7 \u05d4\u05d9\u05e9\u05df \u05e9\u05dc \u05d4\u05e2\u05d9\u05e8."
ARABIC = "\u0635\u0648\u062a \u0645\u062c\u0644\u0633 \u0627\u0644\u0645\u064a\u0646\u0627\u0621 \u064a\u0648\u0645 \u0627\u0644\u062b\u0644\u0627\u062b\u0627\u0621 \u0639\u0644\u0649 \u0625\u063a\u0644\u0627\u0642 \u0627\u0644\u0631\u0635\u064a\u0641 \u0627\u0644\u0642\u062f\u064a\u0645 \u0641\u064a \u0627\u0644\u0645\u062f\u064a\u0646\u0629."
THAI = "\u0e2a\u0e20\u0e32\u0e17\u0e48\u0e32\u0e40\u0e23\u0e37\u0e2d\u0e25\u0e07\u0e21\u0e15\u0e34\u0e40\u0e21\u0e37\u0e48\u0e2d\u0e27\u0e31\u0e19\u0e2d\u0e31\u0e07\u0e04\u0e32\u0e23\u0e43\u0e2b\u0e49\u0e1b\u0e34\u0e14\u0e17\u0e48\u0e32\u0e40\u0e23\u0e37\u0e2d\u0e40\u0e01\u0e48\u0e32"
VIETNAMESE = "H\u1ed9i \u0111\u1ed3ng c\u1ea3ng \u0111\u00e3 b\u1ecf phi\u1ebfu h\u00f4m th\u1ee9 Ba \u0111\u1ec3 \u0111\u00f3ng c\u1eeda b\u1ebfn t\u00e0u c\u0169."
JAPANESE = "\u6e2f\u306e\u8a55\u8b70\u4f1a\u306f\u706b\u66dc\u65e5\u3001\u53e4\u3044\u30d5\u30a7\u30ea\u30fc\u685f\u6a4b\u3092\u4fee\u7406\u306e\u305f\u3081\u9589\u9396\u3059\u308b\u3053\u3068\u3092\u6c7a\u3081\u305f\u3002\u685f\u6a4b\u306f\u6765\u5e74\u672b\u307e\u3067\u4f7f\u3048\u306a\u304f\u306a\u308b\u3002"
CHINESE = "\u6e2f\u53e3\u59d4\u5458\u4f1a\u661f\u671f\u4e8c\u6295\u7968\u51b3\u5b9a\u5173\u95ed\u65e7\u6e21\u8f6e\u7801\u5934\u8fdb\u884c\u7ef4\u4fee\uff0c\u7ed3\u675f\u4e86\u6301\u7eed\u6574\u4e2a\u6625\u5929\u7684\u4e89\u8bba\u3002\u5e02\u957f\u8bf4\uff1a\u201c\u8fd9\u662f\u9519\u8bef\u7684\u3002\u201d"
TAIWANESE = "\u6e2f\u53e3\u59d4\u54e1\u6703\u661f\u671f\u4e8c\u6295\u7968\u6c7a\u5b9a\u95dc\u9589\u820a\u6e21\u8f2a\u78bc\u982d\u9032\u884c\u7dad\u4fee\uff0c\u7d50\u675f\u4e86\u6301\u7e8c\u6574\u500b\u6625\u5929\u7684\u722d\u8ad6\u3002\u5e02\u9577\u8aaa\u9019\u662f\u932f\u8aa4\u7684\u6c7a\u5b9a\u3002"
KOREAN = "\ud56d\ub9cc \uc704\uc6d0\ud68c\ub294 \ud654\uc694\uc77c \ub0a1\uc740 \uc5ec\uac1d\uc120 \ubd80\ub450\ub97c \uc218\ub9ac\ub97c \uc704\ud574 \ud3d0\uc1c4\ud558\uae30\ub85c \uc758\uacb0\ud588\ub2e4. \uc2dc\uc7a5\uc740 \uc774\uac83\uc774 \uc798\ubabb\uc774\ub77c\uace0 \ub9d0\ud588\ub2e4."

# (encoding of Python, text); every one must come out as it went in, or be refused.
ENCODINGS: tuple[tuple[str, str], ...] = (
    ("utf-8", WESTERN), ("utf-8-sig", WESTERN), ("utf-16", WESTERN), ("utf-16-le", WESTERN), ("utf-16-be", WESTERN),
    ("utf-16-le", RUSSIAN), ("utf-16-be", RUSSIAN), ("utf-16-le", JAPANESE), ("utf-16-be", CHINESE), ("utf-16-le", KOREAN),
    ("utf-32", WESTERN), ("utf-32-le", WESTERN), ("utf-32-be", WESTERN), ("utf-32-le", JAPANESE), ("utf-32-be", RUSSIAN),
    ("utf-7", WESTERN), ("cp1252", WESTERN), ("latin-1", WESTERN), ("iso8859-15", WESTERN), ("cp1252", EURO), ("iso8859-15", WESTERN + " 12 \u20ac"),
    ("latin-1", SPANISH), ("cp1252", SPANISH), ("latin-1", NORDIC), ("cp1252", NORDIC), ("mac-roman", WESTERN), ("mac-roman", SPANISH),
    ("cp437", SPANISH), ("cp850", WESTERN), ("cp1250", POLISH), ("iso8859-2", POLISH), ("cp1250", CZECH), ("iso8859-2", CZECH), ("cp852", POLISH),
    ("cp1251", RUSSIAN), ("koi8-r", RUSSIAN), ("iso8859-5", RUSSIAN), ("cp866", RUSSIAN), ("mac-cyrillic", RUSSIAN), ("koi8-u", UKRAINIAN), ("cp1251", UKRAINIAN),
    ("cp1253", GREEK), ("iso8859-7", GREEK), ("cp1254", TURKISH), ("iso8859-9", TURKISH), ("cp1257", LATVIAN), ("iso8859-13", LITHUANIAN), ("cp1257", LITHUANIAN), ("iso8859-4", NORDIC),
    ("cp1255", HEBREW), ("iso8859-8", HEBREW), ("cp1256", ARABIC), ("iso8859-6", ARABIC), ("cp874", THAI), ("tis-620", THAI), ("cp1258", NORDIC),
    ("shift_jis", JAPANESE), ("cp932", JAPANESE), ("euc-jp", JAPANESE), ("iso-2022-jp", JAPANESE), ("gb18030", CHINESE), ("gbk", CHINESE), ("gb2312", CHINESE), ("hz", CHINESE),
    ("big5", TAIWANESE), ("cp950", TAIWANESE), ("big5hkscs", TAIWANESE), ("euc-kr", KOREAN), ("cp949", KOREAN), ("iso-2022-kr", KOREAN), ("johab", KOREAN),
    ("utf-8", VIETNAMESE), ("utf-8", ARABIC), ("utf-8", HEBREW), ("utf-8", THAI),
)  # fmt: skip

# Names that web pages give them by, where Python's differs.
_WEB = {
    "latin-1": "iso-8859-1", "cp932": "windows-31j", "cp949": "ks_c_5601-1987", "koi8-r": "KOI8-R", "tis-620": "TIS-620",
    "mac-roman": "macintosh", "mac-cyrillic": "x-mac-cyrillic", "cp1252": "windows-1252", "cp1250": "windows-1250", "cp1251": "windows-1251",
    "cp874": "windows-874", "utf-8-sig": "utf-8", "euc-kr": "euc-kr",
}  # fmt: skip


def cases(words: Words) -> Iterator[Case]:
    """Each encoding as a text, as a page that declares it, and damaged ones."""
    for n, (encoding, whole) in enumerate(ENCODINGS):
        text = "".join(c for c in whole if encodable(c, encoding))
        name = f"{n:02}-{encoding}"
        body = f"{text}\n\n{text[: len(text) // 2]}\n"
        data = text.encode(encoding) if encoding in ("utf-7", "hz") else body.encode(encoding)
        yield Case(f"enc-{name}", "encoding", ((f"enc-{name}.txt", data),), (text,), EITHER)
        yield _page(words, name, encoding, text)
    yield from _damaged(words)


def encodable(letter: str, encoding: str) -> bool:
    """Whether an encoding has a letter."""
    try:
        letter.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _page(words: Words, name: str, encoding: str, text: str) -> Case:
    declared = _WEB.get(encoding, encoding)
    page = (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={declared}"><title>{text[:20]}</title>'
        f"</head><body><article><h1>{text[:20]}</h1><p>{text}</p><p>{text} {text[:30]}</p></article></body></html>"
    )
    return Case(f"encpage-{name}", "encoding", ((f"encpage-{name}.html", page.encode(encoding)),), (text,), EITHER)


def _xml(encoding: str, text: str) -> bytes:
    return (
        f'<?xml version="1.0" encoding="{encoding}"?><rss version="2.0"><channel><title>Port</title><item><title>{text[:20]}</title>'
        f"<description>{text}</description></item></channel></rss>"
    ).encode(encoding, "xmlcharrefreplace")


def _damaged(words: Words) -> Iterator[Case]:
    text, keep = words.article()
    data = text.encode()
    french = WESTERN.encode()
    third = len(french) // 3
    yield Case(
        "enc-broken-utf8",
        "encoding",
        (("enc-broken-utf8.txt", french[:third] + b"\xff\xc3" + french[third:]),),
        (),
        EITHER,
    )
    yield Case(
        "enc-surrogates-utf8",
        "encoding",
        (("enc-surrogates-utf8.txt", data + b"\xed\xa0\x80 and \xed\xb0\x80 stood there.\n"),),
        keep,
    )
    yield Case(
        "enc-overlong", "encoding", (("enc-overlong.txt", data + b"\xc0\xbcscript\xc0\xbe\xe0\x80\xaf\n"),), keep
    )
    yield Case(
        "enc-lone-surrogate-utf16",
        "encoding",
        (("enc-lone-surrogate-utf16.txt", b"\xff\xfe" + text.encode("utf-16-le") + b"\x00\xd8a\x00\n\x00"),),
        keep,
    )
    yield Case(
        "enc-odd-utf16", "encoding", (("enc-odd-utf16.txt", b"\xff\xfe" + text.encode("utf-16-le") + b"a"),), keep
    )
    yield Case(
        "enc-mixed",
        "encoding",
        (("enc-mixed.txt", data + WESTERN.encode("cp1252") + b"\n\n" + WESTERN.encode()),),
        keep,
    )
    yield Case("enc-one-nul", "encoding", (("enc-one-nul.txt", data[:100] + b"\0" + data[100:]),), (), EITHER)
    yield Case("enc-crlf", "encoding", (("enc-crlf.txt", data.replace(b"\n", b"\r\n")),), keep)
    yield Case("enc-cr", "encoding", (("enc-cr.txt", data.replace(b"\n", b"\r")),), keep)
    yield Case("enc-double-bom", "encoding", (("enc-double-bom.txt", b"\xef\xbb\xbf\xef\xbb\xbf" + data),), keep)
    yield Case(
        "enc-two-boms", "encoding", (("enc-two-boms.txt", b"\xff\xfe\xfe\xff" + text.encode("utf-16-le")),), (), EITHER
    )
    yield Case("enc-bom-only", "encoding", (("enc-bom-only.txt", b"\xef\xbb\xbf"),), (), REFUSED)
    yield Case("enc-bom16-only", "encoding", (("enc-bom16-only.txt", b"\xff\xfe"),), (), REFUSED)
    yield Case(
        "enc-random",
        "encoding",
        (("enc-random.txt", bytes((n * 7919 + n * n) % 251 for n in range(5000))),),
        (),
        EITHER,
    )
    lied = f"<html><head><meta charset=shift_jis><title>x</title></head><body><p>{WESTERN}</p><p>{RUSSIAN}</p></body></html>"
    yield Case("enc-lying-page", "encoding", (("enc-lying-page.html", lied.encode()),), (WESTERN, RUSSIAN), BUILT)
    for charset in (
        "utf-7",
        "rot13",
        "base64",
        "idna",
        "punycode",
        "unicode_escape",
        "raw_unicode_escape",
        "undefined",
        "zlib",
        "no-such",
        "x" * 300,
    ):
        page, keep = words.page("<p>+ADw-script+AD4-alert('zzfired')+ADw-/script+AD4-</p><p>caf\u00e9</p>")
        data = page.replace("charset=utf-8", f"charset={charset}").encode("latin-1")
        yield Case(f"enc-declared-{charset[:20]}", "encoding", ((f"enc-declared-{charset[:20]}.html", data),), keep)
    for encoding, text in (
        ("windows-1251", RUSSIAN),
        ("shift_jis", JAPANESE),
        ("iso-8859-1", SPANISH),
        ("utf-16", WESTERN),
        ("koi8-r", RUSSIAN),
        ("iso-8859-2", POLISH),
    ):
        yield Case(f"enc-xml-{encoding}", "encoding", ((f"enc-xml-{encoding}.rss", _xml(encoding, text)),), (text,))
    yield Case(
        "enc-xhtml",
        "encoding",
        (
            (
                "enc-xhtml.html",
                f'<?xml version="1.0" encoding="iso-8859-2"?>\n<html><head><title>x</title></head><body><p>{POLISH}</p><p>{POLISH}</p></body></html>'.encode(
                    "iso-8859-2", "xmlcharrefreplace"
                ),
            ),
        ),
        (POLISH,),
        EITHER,
    )
