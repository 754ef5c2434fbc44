"""Plain text in any encoding and from any system is read; what is not text is refused with one reason."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import InputRefused
from generator.intake import READERS, merged, read, reader
from generator.intake.decoding import decode, looks_binary
from generator.model import Hints
from tests.hostile.encodings import ENCODINGS, encodable

FRENCH = "Le conseil du port a voté mardi la fermeture de la jetée, où les colonnes étaient rouillées – « enfin »."
ENGLISH = "The pier closes on Monday, the council said."

RUSSIAN = (
    "Совет порта проголосовал во вторник за закрытие старого причала на ремонт, завершив спор, длившийся всю весну."
)
JAPANESE = (
    "港の評議会は火曜日、古いフェリー桟橋を修理のため閉鎖することを決めた。桟橋は来年末まで使えなくなるという。" * 3
)
CHINESE = "港口委员会星期二投票决定关闭旧渡轮码头进行维修,结束了持续整个春天的争论。码头将关闭到明年年底。" * 3


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "utf-8"), (FRENCH, "utf-8-sig"), (FRENCH, "utf-16"), (FRENCH, "utf-32"), (FRENCH, "cp1252"),
        (ENGLISH, "utf-16-le"), (ENGLISH, "utf-16-be"),
        (RUSSIAN * 3, "cp1251"), (JAPANESE, "shift_jis"), (CHINESE, "gb18030"),
    ],
)  # fmt: skip
def test_text_is_decoded_as_it_was_written(text: str, encoding: str) -> None:
    """The encodings that news is saved in come out as the text that went in."""
    assert decode(text.encode(encoding))[0] == text


@pytest.mark.parametrize("encoding", ["cp1252", "cp1251", "shift_jis", "gb18030"])
def test_a_guessed_encoding_is_a_doubt(encoding: str) -> None:
    """Whoever reads the result is told that the encoding was guessed."""
    text = {"cp1252": FRENCH, "cp1251": RUSSIAN, "shift_jis": JAPANESE, "gb18030": CHINESE}[encoding]
    assert any("guessed" in d for d in decode(text.encode(encoding))[1])


@given(st.text())
def test_utf8_is_read_without_doubt(text: str) -> None:
    """Any UTF-8 text without a byte order mark or NUL is itself, and nothing is in doubt."""
    if text.startswith(("\ufeff", "\ufffe")) or "\0" in text:
        return
    assert decode(text.encode()) == (text, ())


@given(st.binary(max_size=200))
@settings(deadline=None, max_examples=200)
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    """Decoding never fails."""
    assert isinstance(decode(data)[0], str)


def test_a_truncated_last_character_of_utf8_is_a_doubt_and_not_another_encoding() -> None:
    """A file cut in the middle of a character stays UTF-8."""
    text, doubts = decode((FRENCH * 4).encode()[:-3] + b"\xc3")
    assert text.startswith(FRENCH)
    assert any("broken UTF-8" in d for d in doubts)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"   \n\t\n", "no text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "binary"),
        (b"\x7fELF" + b"\0\1\2\3" * 100, "binary"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(tmp_path: Path, data: bytes, reason: str) -> None:
    """One clear reason, with the file's path."""
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(InputRefused, match=reason) as refused:
        read(path, root=tmp_path)
    assert str(path) in str(refused.value)


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    """The limit is an argument."""
    path = tmp_path / "a.txt"
    path.write_text("a line of text\n" * 10)
    with pytest.raises(InputRefused, match="larger than"):
        read(path, root=tmp_path, max_bytes=100)


def test_more_text_than_any_article_is_refused_and_what_is_beside_it_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pictures and scripts of a page may be as large as files may be; text may not."""
    monkeypatch.setattr("generator.intake.MOST_TEXT", 10_000)
    long = "word " * 2001
    for name, text in (("a.txt", long), ("a.html", f"<html><body><p>{long}</p></body></html>")):
        (tmp_path / name).write_text(text)
        with pytest.raises(InputRefused, match="more text than any article: 10,00"):
            read(tmp_path / name, root=tmp_path)
    (tmp_path / "b.html").write_text(f"<html><body><p>Fog.</p><img src='data:,{'A' * 20_000}'></body></html>")
    assert read(tmp_path / "b.html", root=tmp_path)[0].text == "Fog."
    (tmp_path / "c.jsonl").write_text(f'{{"text": "Fog."}}\n{{"text": "{long}"}}\n')
    (kept,) = read(tmp_path / "c.jsonl", root=tmp_path)
    assert (kept.text, kept.unread) == ("Fog.", ("more text than any article: 10,005 characters", None))


def test_a_folder_and_a_missing_file_and_a_pipe_are_refused(tmp_path: Path) -> None:
    """What is not a regular file is never opened."""
    os.mkfifo(tmp_path / "pipe")
    for name in ("pipe", "missing.txt", "."):
        with pytest.raises(InputRefused):
            read(tmp_path / name, root=tmp_path)


def test_a_capture_carries_its_path_under_the_story_with_slashes(tmp_path: Path) -> None:
    """Names are the same on every system."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text("A line of text.")
    assert read(tmp_path / "sub" / "a.txt", root=tmp_path)[0].path == "sub/a.txt"


def test_hints_of_coverage_win_over_those_of_the_reader() -> None:
    """Field by field, with their evidence."""
    found = Hints(title="Found", url="https://example.org/a", evidence=(("title", "h1"), ("url", "canonical")))
    given_ = Hints(title="Given", evidence=(("title", "coverage.toml:3"),))
    both = merged(found, given_)
    assert (both.title, both.url) == ("Given", "https://example.org/a")
    assert dict(both.evidence) == {"title": "coverage.toml:3", "url": "canonical"}


def test_every_reader_can_be_loaded_and_plain_text_is_the_last() -> None:
    """The list is the order of asking; the last one takes everything."""
    names = [reader(dotted).name for dotted in READERS]
    assert len(set(names)) == len(names)
    assert names[-1] == "text"


@pytest.mark.parametrize(("encoding", "text"), ENCODINGS, ids=[f"{e}-{t[:12]}" for e, t in ENCODINGS])
def test_every_encoding_that_news_was_saved_in_is_read_without_a_declaration(encoding: str, text: str) -> None:
    """A paragraph in any of them comes out letter for letter."""
    text = "".join(c for c in text if encodable(c, encoding)) + "\n"
    data = text.encode(encoding)
    assert not looks_binary(data)
    assert decode(data)[0] == text


@pytest.mark.parametrize(
    "text",
    [
        "The café in São Paulo was closed, “not today”, said François’s aide – it’s £5.",
        "It’s 5°C in Zürich.",
        "Señor Muñoz said so",
        "Kraków’s mayor",
        "“Quote”",
        "© 2023 The Bench",
        "The price is €5 – down from €6.",
    ],
)
def test_western_text_of_a_few_accents_is_not_taken_for_central_european(text: str) -> None:
    """English news in windows-1252 has hardly a letter beyond ASCII, and each counts."""
    assert decode(text.encode("cp1252"))[0] == text


@pytest.mark.parametrize("name", ["utf-7", "rot13", "unicode_escape", "raw_unicode_escape", "undefined", "no-such"])
def test_a_declared_encoding_that_is_none_of_the_webs_is_not_believed(name: str) -> None:
    """What unescapes or runs backwards never decodes an input."""
    assert decode("Zürich \\u003cscript\\u003e".encode("cp1252"), name)[0] == "Zürich \\u003cscript\\u003e"
