"""Reuse, origins and altered quotations on real articles, which stay beside the repository."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest

from generator.model import Annotated, Article, Paragraph
from generator.summarizer import origins, quotes, reuse

# Who published what is in coverage.toml, when nearly so; agencies are credited in the texts.
METADATA = {
    "000": ("Reuters", "2023-09-11", ("Reuters",), ()),
    "001": ("Head Topics Brasil", "2023-09-11", (), ()),
    "002": ("The Straits Times", "2023-09-12", ("Reuters",), ()),
    "003": ("The Moscow Times", "2023-09-11", ("AFP",), ("AFP contributed reporting.",)),
    "004": ("The Guardian", "2023-09-11", (), ()),
}


@pytest.fixture(scope="module")
def seeds(shared) -> tuple[Article, ...]:
    """The five articles with everything cut out that the gold calls no text."""
    gold = json.loads((shared / "gold" / "seeds.json").read_text(encoding="utf-8"))["articles"]
    return tuple(cleaned(id_, gold[id_], shared) for id_ in METADATA)


def cleaned(id_: str, gold: dict, shared) -> Article:
    text = (shared / "seeds" / gold["file"]).read_text(encoding="utf-8")
    cuts = [c for kind in ("chrome", "captions", "credit_lines") for c in gold[kind]]
    cuts += [gold["title_span"]] if gold["title_span"] else []
    if gold.get("chrome_language") == "pt":
        text = text[: min(start for start, _ in cuts)]  # all that follows is links to other articles
    else:
        for start, end in sorted(cuts, reverse=True):
            text = f"{text[:start]}\n\n{text[end:]}"
    parts = text.split("\n\n") if "\n\n" in text else text.split("\n")
    outlet, published, agency, credits_ = METADATA[id_]
    body = tuple(Paragraph(" ".join(p.split())) for p in parts if p.strip())
    return Article(id_, "s", body=body, outlet=outlet, published=published, agency=agency, credits=credits_)


def test_a_copy_lies_almost_wholly_inside_its_original(seeds):
    found = {(r.source, r.target): r for r in reuse.find(seeds)}
    copy = found["000", "001"]
    assert copy.share >= 0.98
    assert (copy.direction, copy.credited) == ("longer", False)


def test_fifty_words_in_two_passages_are_found_without_a_credit(seeds):
    found = {(r.source, r.target): r for r in reuse.find(seeds)}
    assert set(found) == {("000", "001"), ("000", "004")}
    taken = found["000", "004"]
    texts = {a.id: a.text for a in seeds}
    assert len(taken.passages) == 2
    assert 45 <= sum(len(p.target.of(texts["004"]).split()) for p in taken.passages) <= 62
    assert not taken.credited


def test_five_articles_have_three_origins(seeds):
    found = origins.of_story([Annotated(a, (), (), ()) for a in seeds], reuse.find(seeds))
    assert [(o.name, o.members) for o in found] == [
        ("Reuters", ("000", "001", "002")),
        ("The Moscow Times", ("003",)),
        ("The Guardian", ("004",)),
    ]


def test_the_one_altered_quotation_is_found_and_no_other(seeds):
    found = quotes.altered([Annotated(a, (), (), ()) for a in seeds])
    assert [(q.kind, [v.article for v in q.variants], q.changes) for q in found] == [
        ("changed", ["000", "001"], (("bare their", "show"),))
    ]


def test_the_order_of_the_articles_changes_nothing(seeds):
    assert reuse.find(seeds[::-1]) == reuse.find(seeds)


def test_planted_copies_are_found_and_shared_quotations_are_not(shared, tmp_path):
    """On part of the test bed nothing whole, cut short or excerpted is missed, and no quotation is called reuse."""
    bench = shared / "tools" / "grouping" / "reuse_bench.py"
    texts = tmp_path / "texts"
    texts.mkdir()
    for line in (shared / "polnear" / "train.jsonl").read_text(encoding="utf-8").splitlines()[:420]:
        row = json.loads(line)
        (texts / f"{row['file']}.txt").write_text(row["text"], encoding="utf-8")
    run = [sys.executable, bench]
    subprocess.run([*run, "make", texts, tmp_path, "--sources", "120"], check=True, capture_output=True)
    rows = [json.loads(line) for line in (tmp_path / "docs.jsonl").read_text(encoding="utf-8").splitlines()]
    articles = [
        Article(
            r["id"], "s", body=tuple(Paragraph(p) for p in r["text"].split("\n\n")), published=f"2031-01-0{r['date']}"
        )
        for r in rows
    ]
    predicted = tmp_path / "predicted.jsonl"
    predicted.write_text("\n".join(json.dumps(as_row(r)) for r in reuse.find(articles)), encoding="utf-8")
    scored = subprocess.run([*run, "score", tmp_path, predicted, "--json"], check=True, capture_output=True, text=True)
    score = json.loads(scored.stdout)
    recall = score["recall_by_kind"]
    assert [recall[kind] for kind in ("verbatim", "truncated", "excerpt", "copyedit", "chain", "light")] == [1.0] * 6
    assert recall["heavy"] >= 0.85
    assert score["quote_alarms"].startswith("0 of")
    assert score["pair_f1"] >= 0.985
    assert score["char_f1"] >= 0.95


def as_row(found) -> dict:
    spans = [[p.target.start, p.target.end, p.source.start, p.source.end] for p in found.passages]
    return {"a": found.target, "b": found.source, "spans": spans}


def test_a_credit_in_the_copy_would_be_seen(seeds):
    copy = replace(seeds[1], credits=("Fonte: Reuters",))
    found = {(r.source, r.target): r for r in reuse.find([seeds[0], copy])}
    assert found["000", "001"].credited
