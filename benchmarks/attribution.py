"""Attributions of a gold file as predictions for ../shared/tools/attribution/evaluate.py, and words per second.

python benchmarks/attribution.py ../shared/polnear/dev.jsonl /tmp/predictions.jsonl
python ../shared/tools/attribution/evaluate.py --gold ../shared/polnear/dev.jsonl /tmp/predictions.jsonl
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from attribution_weights import Gold

from generator.summarizer.attribution import attribute
from generator.summarizer.parsing import parse_many


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("predictions", type=Path)
    args = parser.parse_args()
    records = [json.loads(line) for line in args.gold.read_text(encoding="utf-8").splitlines()]
    golds = list({r["file"]: Gold([r]) for r in records}.values())
    next(parse_many([golds[0].article]))  # load the model before the clock starts
    parsing = time.process_time()
    parsed = list(parse_many(g.article for g in golds))
    parsing = time.process_time() - parsing
    attributing = time.process_time()
    found = [attribute(p) for p in parsed]
    attributing = time.process_time() - attributing
    with args.predictions.open("w", encoding="utf-8") as out:
        for gold, own in zip(golds, found, strict=True):
            rows = [
                {
                    "source": a.source and gold.printed(a.source),
                    "cue": a.cue and gold.printed(a.cue),
                    "content": [gold.printed(s) for s in a.content],
                }
                for a in own
            ]
            out.write(json.dumps({"file": gold.article.id, "attributions": rows}) + "\n")
    words = sum(len(g.text.split()) for g in golds)
    share = parsing / (parsing + attributing)
    sys.stdout.write(
        f"{words} words; parse alone {words / parsing:.0f} words/s, with attribution {share:.2f} of that\n"
    )


if __name__ == "__main__":
    main()
