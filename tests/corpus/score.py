#!/usr/bin/env python3
"""How well the sample is read: figures from 0 to 1, of which none may fall below tests/corpus/gate.json.

    python tests/corpus/score.py [--verbose] [--raise]      runs `inspect` and `export` on the sample, prints figures
    python tests/corpus/score.py --inspect A --digest B     the same on what they wrote

``--raise`` moves the floors of the gate up to what was reached (a little below it, for rounding); never down. The five
real articles in ../shared, where they are there, are scored by ../shared/tools/score_seeds.py.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import combinations
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(HERE)]

from gold import INBOX, Gold, Place, Story, Text, stories  # noqa: E402

GATE = HERE / "gate.json"
SHARED = ROOT.parent / "shared"
IN_BODY = {"body", "subhead", "standfirst", "list", "quote", "table", "note"}
SLACK = 0.005

Say = Callable[[str], None]
Figures = dict[str, float]
Tally = dict[str, list[bool]]


# --- what was read ----------------------------------------------------------------------------------------------------


def score_inspect(records: list[dict[str, Any]], sample: list[Story], say: Say) -> Figures:
    """Figures of ``inspect --json`` on the files of the sample, coverage.toml not beside them."""
    seen = {Path(r["file"]).name: r for r in records}
    tally: Tally = defaultdict(list)
    letters: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for gold in (g for story in sample for g in story.articles.values() if not g.is_unread):
        record = seen.get(gold.path.name, {"metadata": {}, "blocks": [], "attributions": []})
        text = Text(record["text"]) if "text" in record else gold.text
        gold.text = text
        _score_metadata(gold, record["metadata"], tally, say)
        _score_roles(gold, record["blocks"], letters, say)
        _score_attributions(gold, record["attributions"], tally, say)
    return {name: good / max(total, 1) for name, (good, total) in letters.items()} | _shares(tally)


def _score_metadata(gold: Gold, found: dict[str, Any], tally: Tally, say: Say) -> None:
    for field, wanted in gold.record["metadata"].items():
        got = found.get("agency" if field == "agencies" else field)
        right = any(_agrees(field, want, got) for want in _choices(field, wanted))
        tally["metadata right"].append(right)
        if not right:
            say(f"{gold.key} {field}: {got!r} for {wanted!r}")


def _choices(field: str, wanted: Any) -> list[Any]:
    """A list is a choice, but for fields that are lists themselves."""
    return wanted if isinstance(wanted, list) and field not in ("agencies", "credits", "authors") else [wanted]


def _agrees(field: str, want: Any, got: Any) -> bool:
    if not want:
        return not got
    if not got:
        return False
    if isinstance(want, list):
        return all(any(_same_name(w, g) for g in got) for w in want) if isinstance(got, list) else False
    if field == "published":
        return str(got)[:10] == str(want)
    return _words(got) == _words(want) if field in ("title", "dateline", "language") else _same_name(want, got)


def _score_roles(gold: Gold, blocks: list[dict[str, Any]], letters: dict[str, list[int]], say: Say) -> None:
    roles = _by_letter(gold.text, blocks)
    marked: set[int] = set()
    for role, accept in _ACCEPTED.items():
        for start, end in gold.role(role):
            marked.update(range(start, end))
            good = sum(roles.get(i) in accept for i in range(start, end))
            name = "chrome set aside" if role == "chrome" else "captions, credits, heads in their role"
            if role != "either":
                _add(letters[name], good, end - start)
                if good < end - start:
                    say(f"{gold.key} {role}: {roles.get(start)} for {gold.text.flat[start:end][:50]!r}")
    body = set(range(len(gold.text.flat))) - marked if not gold.is_page else set()
    lost = [i for i in sorted(body) if roles.get(i) not in IN_BODY]
    _add(letters["body kept"], len(body) - len(lost), len(body))
    if lost:
        say(f"{gold.key}: body lost, {len(lost)} characters from {gold.text.flat[lost[0] : lost[0] + 50]!r}")


_ACCEPTED: dict[str, set[str]] = {
    "title": {"title"},
    "byline": {"byline", "credit"},
    "timestamp": {"timestamp"},
    "caption": {"caption"},
    "credit": {"credit", "byline"},
    "subhead": {"subhead"},
    "standfirst": {"standfirst", "subhead"},
    "note": {"note"},
    "chrome": {"chrome", "related", "timestamp", "bio"},
    "either": set(),
}


def _by_letter(text: Text, blocks: list[dict[str, Any]]) -> dict[int, str]:
    return {i: b["role"] for b in blocks for i in range(*text.place(b["span"]))}


def _add(pair: list[int], good: int, total: int) -> None:
    pair[0] += good
    pair[1] += total


def _score_attributions(gold: Gold, found: list[dict[str, Any]], tally: Tally, say: Say) -> None:
    places = [(a, _letters(gold.text.place(span) for span in a["content"])) for a in found]
    for want in gold.record["attributions"]:
        wanted = _letters([gold.sought(want["content"], want.get("after", ""))])
        best, overlap = max(((a, _jaccard(wanted, p)) for a, p in places), key=lambda x: x[1], default=(None, 0.0))
        hit = best is not None and overlap >= 0.5
        tally["attribution content"].append(hit)
        label = f"{gold.key} {want['content'][:50]!r}"
        if not hit or best is None:
            tally["attribution source"].append(False)
            tally["attribution chain"].append(False)
            say(f"{label}: not found")
            continue
        source = _source_right(gold, want, best)
        chain = _chain_right(want["chain"], best.get("chain") or [])
        tally["attribution source"].append(source)
        tally["attribution chain"].append(chain)
        if "stance" in want:
            tally["attribution stance"].append(best["stance"] == want["stance"])
        if not (source and chain):
            shown = best["source"] and gold.text.text[slice(*best["source"])]
            say(f"{label}: source {shown!r} for {want['source']!r}, chain {best.get('chain')} for {want['chain']}")


def _source_right(gold: Gold, want: dict[str, Any], got: dict[str, Any]) -> bool:
    """Where the sentence has no source of its own, the chain decides."""
    if want["source"] is None:
        return True
    if got["source"] is None:
        return False
    near = gold.sought(want["content"], want.get("after", ""))
    places = gold.text.everywhere(want["source"])
    wanted = min(places, key=lambda p: min(abs(p[1] - near[0]), abs(p[0] - near[1])))
    return _overlap(wanted, gold.text.place(got["source"])) > 0


def _chain_right(want: list[str], got: list[str]) -> bool:
    """Every voice is named, those nearer the claim first."""
    at = 0
    for voice in got:
        if at < len(want) and _same_name(want[at], voice):
            at += 1
    return at == len(want)


# --- what was put together --------------------------------------------------------------------------------------------


class Found:
    """A story of the digest, its mentions laid on the annotation's places."""

    def __init__(self, story: Story, record: dict[str, Any]) -> None:
        self.story, self.record = story, record
        by_file = {g.path.name: key for key, g in story.articles.items()}
        self.keys = {a["id"]: by_file.get(a["file"] or "", a["id"]) for a in record["articles"]}
        self.gold = story.mentions | story.passing
        self.claims_at: dict[tuple[str, str], set[str]] = defaultdict(set)  # gold mention -> claims of the digest
        self.gold_of: dict[str, list[tuple[str, set[str]]]] = defaultdict(list)  # claim -> (article, gold claims)
        for claim in record["claims"]:
            for mention in claim["mentions"]:
                self._lay(claim["id"], mention)

    def _lay(self, claim: str, mention: dict[str, Any]) -> None:
        key = self.keys[mention["article"]]
        if mention["source_span"] is None or key not in self.story.articles:
            return
        place = self.story.articles[key].text.place(mention["source_span"])
        hits = {
            g for (g, k), p in self.gold.items() if k == key and _overlap(p, place) >= 0.5 * min(_size(p), _size(place))
        }
        for hit in hits:
            self.claims_at[hit, key].add(claim)
        if hits:
            self.gold_of[claim].append((key, hits))

    def together(self, a: tuple[str, str], b: tuple[str, str]) -> bool:
        return bool(self.claims_at[a] & self.claims_at[b])

    def touching(self, gold: str) -> list[dict[str, Any]]:
        """The digest's claims that hold a mention of the annotation's claim."""
        ids = {c for (g, _), claims in self.claims_at.items() if g == gold for c in claims}
        return [c for c in self.record["claims"] if c["id"] in ids]


def score_digest(digest: dict[str, Any], sample: list[Story], say: Say) -> Figures:
    """Figures of ``export`` on the sample. Where nothing was joined, nothing was joined wrongly."""
    tally: Tally = defaultdict(list, {"claim pairs found": [], "claim pairs right": []})
    records = {s["id"]: s for s in digest["stories"]}
    by_claim: list[float] = []
    for story in sample:
        found = Found(story, records[story.id])
        by_claim += _recalls(found)
        _score_claims(found, tally, say)
        _score_differences(found, tally, say)
        _score_reuse(found, tally, say)
    return _shares(tally) | {"claim pairs found, mean of claims": sum(by_claim) / len(by_claim)}


def _recalls(found: Found) -> list[float]:
    """For each claim with several mentions, the share of its pairs that stand together: large claims count no more."""
    shares = []
    for name in found.story.record["claims"]:
        pairs = [(a, b) for a, b in found.story.pairs(name) if not found.story.foreign(a, b)]
        if pairs:
            shares.append(sum(found.together((name, a), (name, b)) for a, b in pairs) / len(pairs))
    return shares


def _score_claims(found: Found, tally: Tally, say: Say) -> None:
    for name in found.story.record["claims"]:
        for a, b in found.story.pairs(name):
            right = found.together((name, a), (name, b))
            foreign = found.story.foreign(a, b)
            tally["claim pairs found across languages" if foreign else "claim pairs found"].append(right)
            if not right:
                say(f"apart: {name} {a} - {b}")
    for claim, mentions in found.gold_of.items():
        for (a, first), (b, second) in combinations(mentions, 2):
            if a == b:
                continue
            right = bool(first & {f for s in second for f in found.story.family(s)})
            tally["claim pairs right"].append(right)
            if not right:
                say(f"joined: {sorted(first)} {a} - {sorted(second)} {b} ({claim})")
    for one, other in found.story.record["apart"]:
        a, b = tuple(one.split("/")), tuple(other.split("/"))
        tally["look-alikes kept apart"].append(not found.together((a[0], a[1]), (b[0], b[1])))
        if not tally["look-alikes kept apart"][-1]:
            say(f"look-alikes joined: {one} - {other}")


def _score_differences(found: Found, tally: Tally, say: Say) -> None:
    for want in found.story.record["differences"]:
        right = any(
            d["aspect"] == want["aspect"] and all(_shown(v, d) for v in want["values"])
            for c in found.touching(want["claim"])
            for d in c["differences"]
        )
        tally["differences found"].append(right)
        if not right:
            say(f"difference not found: {want}")
    for same in found.story.record["same_figures"]:
        parted = [
            d
            for c in found.touching(same["claim"])
            for d in c["differences"]
            if d["aspect"] in ("number", "date") and sum(_shown(v, d) for v in same["values"]) > 1
        ]
        tally["same figures not parted"].append(not parted)
        if parted:
            say(f"the same, shown as different: {same}")


def _shown(value: str, difference: dict[str, Any]) -> bool:
    wanted = _words(value)
    return any(_has_run(_words(str(v)), wanted) for v in _texts(difference["values"]))


def _texts(values: Iterable[Any]) -> Iterable[str]:
    for value in values:
        if isinstance(value, dict):
            yield from _texts(value.values())
        elif isinstance(value, list):
            yield from _texts(value)
        else:
            yield str(value)


def _has_run(words: list[str], run: list[str]) -> bool:
    return any(words[i : i + len(run)] == run for i in range(len(words) - len(run) + 1))


def _score_reuse(found: Found, tally: Tally, say: Say) -> None:
    keys, record = found.keys, found.record
    wanted = {(r["source"], r["target"]): r["share"] for r in found.story.record["reuses"]}
    seen = {(keys[r["source"]], keys[r["target"]]): r["share"] for r in record["reuses"]}
    for pair, share in wanted.items():
        tally["reuse found"].append(seen.get(pair, 0) >= share)
        if not tally["reuse found"][-1]:
            say(f"reuse {pair}: {seen.get(pair)} for {share}; the other way {seen.get(pair[::-1])}")
    for pair, share in seen.items():
        if share >= 0.3:
            tally["reuse right"].append(pair in wanted)
            if pair not in wanted:
                say(f"reuse {pair}: {share}, where there is none")
    for want in found.story.record["altered_quotes"]:
        right = any(
            {keys[v["article"]] for v in q["variants"]} >= set(want["articles"])
            and all(any(_has_run(_words(side), _words(w)) for change in q["changes"] for side in change)
                    for w in want["words"])
            for q in record["altered_quotes"]
        )  # fmt: skip
        tally["altered quotations found"].append(right)
        if not right:
            say(f"altered quotation not found: {want}")


# --- small things -----------------------------------------------------------------------------------------------------

_DROPPED = frozenset({"the", "a", "an", "s", "mr", "mrs", "ms", "dr"})


def _words(value: object) -> list[str]:
    return re.findall(r"\w+", str(value).lower())


def _same_name(a: str, b: str) -> bool:
    """One name is contained in the other, articles and titles aside."""
    x, y = (set(_words(v)) - _DROPPED for v in (a, b))
    return bool(x and y) and (x <= y or y <= x)


def _letters(places: Iterable[Place]) -> set[int]:
    return {i for place in places for i in range(*place)}


def _jaccard(a: set[int], b: set[int]) -> float:
    return len(a & b) / len(a | b) if a | b else 0.0


def _overlap(a: Place, b: Place) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def _size(place: Place) -> int:
    return place[1] - place[0]


def _shares(tally: Tally) -> Figures:
    return {name: sum(hits) / len(hits) if hits else 1.0 for name, hits in tally.items()}


# --- running ----------------------------------------------------------------------------------------------------------


def run_sample(scratch: Path) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """``inspect`` on the files alone, ``export`` with their coverage.toml."""
    bare, content = scratch / "bare", scratch / "content"
    shutil.copytree(INBOX, content / "inbox")
    shutil.copytree(INBOX, bare, ignore=shutil.ignore_patterns("coverage.toml"))
    return _run(scratch, bare, content)


def _run(scratch: Path, bare: Path, content: Path) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    files = [str(p) for p in sorted(bare.rglob("*")) if p.is_file()]
    lines = _publish("inspect", "--json", *files)
    (scratch / "inspect.jsonl").write_text(lines, encoding="utf-8")
    digest = scratch / "digest.json"
    _publish("export", "--to", str(digest), "--content", str(content), "--work", str(scratch / "work"))
    return [json.loads(line) for line in lines.splitlines()], json.loads(digest.read_text(encoding="utf-8"))


def _publish(*arguments: str) -> str:
    command = [sys.executable, str(ROOT / "publish.py"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode not in (0, 3):
        raise SystemExit(f"{' '.join(command)}\n{done.stderr}")
    return done.stdout


def measure_sample(say: Say = lambda line: None) -> Figures:
    """The figures of the sample, by running both commands."""
    sample = stories()
    with tempfile.TemporaryDirectory() as scratch:
        records, digest = run_sample(Path(scratch))
    return score_inspect(records, sample, say) | score_digest(digest, sample, say)


def measure_seeds() -> Figures | None:
    """The figures of the five real articles; ``None`` where ../shared is absent."""
    scorer, seeds = SHARED / "tools" / "score_seeds.py", SHARED / "seeds"
    if not scorer.is_file() or not seeds.is_dir():
        return None
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        bare, content = scratch / "bare", scratch / "content"
        shutil.copytree(seeds, content / "inbox" / "seeds")
        shutil.copytree(seeds, bare, ignore=shutil.ignore_patterns("coverage.toml"))
        _run(scratch, bare, content)
        made = [str(scratch / "inspect.jsonl"), "--digest", str(scratch / "digest.json")]
        command = [sys.executable, str(scorer), "--inspect", *made]
        printed = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    return _seeds_figures(printed)


def _seeds_figures(printed: str) -> Figures:
    figures: Figures = {}
    for line in printed.splitlines():
        name = line[:25].strip()
        rest = line[25:]
        share = re.match(r"(\d+)/(\d+)", rest)
        wrong = re.match(r"(\d+) of (\d+) joined", rest)
        if wrong:
            figures["claim pairs right"] = 1 - int(wrong[1]) / max(int(wrong[2]), 1)
        elif share:
            value = int(share[1]) / max(int(share[2]), 1)
            apart = name == "look-alikes joined"
            figures["look-alikes kept apart" if apart else name] = 1 - value if apart else value
        elif number := re.match(r"[\d.]+", rest):
            leaked = name == "chrome leaked into text"
            figures["chrome set aside" if leaked else name] = 1 - float(number[0]) if leaked else float(number[0])
    return figures


def floors() -> dict[str, Figures]:
    """The gate: floors by corpus and figure."""
    table: dict[str, Figures] = json.loads(GATE.read_text(encoding="utf-8")) if GATE.exists() else {}
    return table


def raise_floors(corpus: str, reached: Figures) -> None:
    """Moves the floors of a corpus up to what was reached; none goes down."""
    gate = floors()
    old = gate.get(corpus, {})
    gate[corpus] = {n: max(old.get(n, 0.0), int(max(v - SLACK, 0) * 1000) / 1000) for n, v in sorted(reached.items())}
    GATE.write_text(json.dumps(gate, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def report(corpus: str, reached: Figures) -> None:
    pinned = floors().get(corpus, {})
    for name, value in reached.items():
        floor = pinned.get(name)
        print(f"{corpus:8} {name:40} {value:.3f}" + (f"   floor {floor:.3f}" if floor is not None else ""))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inspect", type=Path, help="what `inspect --json` printed")
    parser.add_argument("--digest", type=Path, help="what `export` wrote")
    parser.add_argument("--verbose", action="store_true", help="each miss on a line")
    parser.add_argument("--raise", dest="up", action="store_true", help="move the floors up")
    args = parser.parse_args()
    say: Say = print if args.verbose else lambda line: None
    if args.inspect or args.digest:
        sample = stories()
        if args.inspect:
            lines = args.inspect.read_text(encoding="utf-8").splitlines()
            report("sample", score_inspect([json.loads(line) for line in lines], sample, say))
        if args.digest:
            report("sample", score_digest(json.loads(args.digest.read_text(encoding="utf-8")), sample, say))
        return
    for corpus, reached in (("sample", measure_sample(say)), ("seeds", measure_seeds())):
        if reached is None:
            print(f"{corpus}: skipped, no ../shared here")
            continue
        report(corpus, reached)
        if args.up:
            raise_floors(corpus, reached)


if __name__ == "__main__":
    main()
