"""The public profile: what of other people's articles may be found on a site, and what is kept of what is not shown."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import digests
import exposure
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generator import archive, pipeline, rights
from generator.errors import BuildFailed, UsageError
from generator.model import CUT, Annotated, Article, Claim, Digest, Mention, Paragraph, Span, Version
from generator.pipeline.publishing import shown
from generator.project import Project, RightsRules, Settings, read_settings, theme_folder
from generator.removals import Request
from generator.rights import Right, right_of
from generator.site import build
from generator.site.desk import desks

ROOT = Path(__file__).resolve().parents[1]
HALF = RightsRules(article_percent=50)


def mentions(digest: Digest) -> dict[str, Mention]:
    return {m.id: m for c in digest.claims for m in c.mentions}


# --- the rules --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ("full", Right.FULL), ("Full: CC BY 4.0", Right.FULL), ("excerpts", Right.EXCERPTS), ("none", Right.NONE),
        ("by courtesy of the author", Right.EXCERPTS), ("not full", Right.EXCERPTS), ("fully mine", Right.EXCERPTS),
        (None, Right.EXCERPTS),
    ],
)  # fmt: skip
def test_an_articles_own_rights_say_full_excerpts_or_none_and_anything_else_is_excerpts(
    said: str | None, right: Right
) -> None:
    """Only the first word counts; what is not understood allows the least that is usual."""
    assert right_of(Article("a", "s", rights=said), RightsRules())[0] is right


def test_an_articles_rights_go_before_its_outlets_and_these_before_the_default() -> None:
    """Each says whose word it is."""
    rules = RightsRules(default="none", outlets=(("The Ledger", "full"),))
    assert right_of(Article("a", "s", outlet="the ledger"), rules) == (Right.FULL, "its outlet")
    assert right_of(Article("a", "s", outlet="the ledger", rights="excerpts"), rules)[0] is Right.EXCERPTS
    assert right_of(Article("a", "s", outlet="Post"), rules) == (Right.NONE, "the default")


def test_the_rules_are_read_from_digest_toml_and_mistakes_named_with_their_line(tmp_path: Path) -> None:
    """Unknown keys and values are wrong usage."""
    path = tmp_path / "digest.toml"
    path.write_text('profile = "public"\n[rights]\narticle_percent = 5\n[rights.outlets]\n"The Ledger" = "full"\n')
    made = read_settings(path)
    assert made.public
    assert made.rights == RightsRules(article_percent=5, outlets=(("The Ledger", "full"),))
    for wrong, line in (
        ('profile = "open"', 1), ("[rights]\nwords = 3", 2), ('[rights]\ndefault = "all"', 2),
        ('[rights.outlets]\n"Post" = "half"', 2), ("[rights]\narticle_words = -1", 2), ("rights = 3", 1),
    ):  # fmt: skip
        path.write_text(wrong + "\n")
        with pytest.raises(UsageError) as raised:
            read_settings(path)
        assert str(raised.value).startswith(f"{path}:{line}: ")


# --- the projection ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def whole() -> Digest:
    return digests.digest()


@pytest.fixture(scope="module")
def half(whole: Digest) -> Digest:
    return rights.published([whole], HALF)[0]


def test_what_is_left_of_an_article_is_its_excerpts_between_marked_cuts(whole: Digest, half: Digest) -> None:
    """Every piece between two marks stands in the article as printed, in its order."""
    before = {a.article.id: a.article.text for a in whole.articles}
    assert any(CUT in a.article.text for a in half.articles)
    for annotated in half.articles:
        at, text = 0, before[annotated.article.id]
        for piece in filter(None, (p.strip() for p in re.split(r"\[…\]|\n\n", annotated.article.text))):
            at = text.index(piece, at) + len(piece)


def test_a_withheld_mention_keeps_its_facts_and_loses_its_words(whole: Digest, half: Digest) -> None:
    """Who says it, how and how firmly stay; the words, and what was computed of them, are gone."""
    before, after = mentions(whole), mentions(half)
    assert before.keys() == after.keys()
    gone = [m for m in after.values() if m.withheld]
    assert gone
    assert any(m.text for m in after.values())
    for mention in gone:
        old = before[mention.id]
        assert (mention.text, mention.core, mention.terms, len(mention.span)) == ("", "", (), 0)
        kept = ("article", "stance", "status", "quote", "headline", "negated")
        assert [getattr(mention, k) for k in kept] == [getattr(old, k) for k in kept]
        assert [s.kind for s in mention.chain] == [s.kind for s in old.chain]
        assert [q.value for q in mention.quantities] == [q.value for q in old.quantities]


def test_the_projected_digest_keeps_law_6_and_the_spans_are_true(half: Digest) -> None:
    """The same checks hold that hold of a whole digest."""
    made = desks([half], language="en")[0]
    for mention in mentions(half).values():
        path = made.sentence_path(mention)
        assert path.startswith(made.article_path(mention.article))


def test_articles_with_full_rights_are_left_as_they_are(whole: Digest) -> None:
    """With full rights for all, nothing changes but the account."""
    made = rights.published([whole], RightsRules(default="full"))[0]
    assert replace(made, publications=()) == whole
    assert all(p.limit is None and p.shown == p.words for p in made.publications)


def test_without_rights_no_word_is_shown_but_headlines_and_names(whole: Digest) -> None:
    """ "none" leaves facts only."""
    made = rights.published([whole], RightsRules(default="none"))[0]
    assert {a.article.text for a in made.articles} == {CUT}
    assert all(m.withheld or m.headline for m in mentions(made).values())
    assert all(p.shown == 0 for p in made.publications)


def test_removed_blocks_of_articles_without_full_rights_show_their_word_counts(whole: Digest, half: Digest) -> None:
    """Role, rule and number of words stay."""
    for old, new in zip(whole.articles, half.articles, strict=True):
        assert [(r.role, r.rule, r.text) for r in new.article.removed] == [
            (r.role, r.rule, "") for r in old.article.removed
        ]
        assert all(r.withheld > 0 for r in new.article.removed)


def test_a_sentence_that_two_articles_have_counts_for_both() -> None:
    """What one may still show, another may have shown already: the words are the same."""
    shared = "The harbour master of Quell shut both gates before noon on Friday without a word to anyone. "
    filler = "Nothing else happened in the little town that day as far as anybody there could tell us. "
    made = [story([shared + filler * 15]), story([shared + filler.replace("little", "old") * 40], "other")]
    first, second = rights.published(made, RightsRules())
    assert mentions(first)["m0-0"].text == mentions(second)["m0-0"].text == shared.strip()
    short = rights.published([made[0], story([shared + "A line. " * 12], "other")], RightsRules())
    assert all(m.withheld for d in short for m in mentions(d).values() if m.id == "m0-0")


def story(texts: list[str], name: str = "quell") -> Digest:
    """A story whose articles' sentences are a claim each."""
    articles, claims = [], []
    for n, text in enumerate(texts):
        body = text.strip()
        spans = [Span(m.start(), m.end()) for m in re.finditer(r"[^ .][^.]*\.", body)]
        article = Article(f"a{n}", name, f"Title {n}", (Paragraph(body),), outlet=f"Outlet {n}")
        own = [Mention(f"m{n}-{i}", article.id, s, s.of(body), core=s.of(body)) for i, s in enumerate(spans)]
        articles.append(Annotated(article, tuple(spans), (), tuple(own)))
        claims += [Claim(m.id, m.text, m.id, (m,), weight=float(len(own) - i)) for i, m in enumerate(own)]
    return Digest(name, name.title(), tuple(articles), tuple(claims), ())


_WORDS = st.sampled_from(
    "ash bay cliff dune elm fen gorge heath isle jetty knoll lake moor ness oak pier quay reef".split()
)
_SENTENCE = st.lists(_WORDS, min_size=3, max_size=60).map(lambda w: " ".join(w).capitalize() + ".")
_TEXT = st.lists(_SENTENCE, min_size=1, max_size=30)


@given(st.lists(_TEXT, min_size=1, max_size=4), st.lists(_SENTENCE, max_size=3))
@settings(max_examples=60)
def test_whatever_the_articles_share_none_is_shown_beyond_its_limits(texts: list[list[str]], common: list[str]) -> None:
    """Searched for in all that the projected digest holds: a tenth of the words at most, never 41 in a row."""
    whole = [story([" ".join([*own, *common]) for own in texts])]
    printed = {a.article.id: a.article.text for d in whole for a in d.articles}
    # Of one word said over and over, any run of it is found everywhere.
    assume(all(len(set(pairwise(words))) > len(words) // 2 for words in map(exposure.words, printed.values())))
    made = rights.published(whole, RightsRules())
    found = exposure.found([repr(made)], printed)
    for name, (words, run) in found.items():
        assert words <= len(exposure.words(printed[name])) // 10
        assert run <= 40
    desks(made, language="en")


def test_the_same_digests_give_the_same_excerpts(whole: Digest) -> None:
    """Nothing depends on anything but the input."""
    assert rights.published([whole], HALF) == rights.published([whole], HALF)


def test_the_texts_for_the_site_are_the_excerpts(whole: Digest, tmp_path: Path) -> None:
    """What the site is given beside the digests holds no more than these."""
    report = pipeline.Report()
    made, texts = shown(project(tmp_path, rights=HALF), [whole], report)
    by_key = {f"{d.story}/{a.article.id}": a.article.text for d in made for a in d.articles}
    assert texts.keys() == by_key.keys()
    found = exposure.found(texts.values(), {a.article.id: a.article.text for a in whole.articles})
    assert all(words <= len(exposure.words(digests_text(whole, name))) // 2 for name, (words, _) in found.items())


def digests_text(digest: Digest, article: str) -> str:
    return next(a.article.text for a in digest.articles if a.article.id == article)


# --- the site ---------------------------------------------------------------------------------------------------------


def project(folder: Path, **more: object) -> Project:
    content = folder / "content"
    content.mkdir(parents=True, exist_ok=True)
    given = Settings(**{"profile": "public", **more})  # type: ignore[arg-type]
    return Project(content, content, content, folder / "out", folder, theme_folder(), given)


@pytest.fixture(scope="module")
def public(whole: Digest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the invented story with excerpts of half of each article, but one in full."""
    folder = tmp_path_factory.mktemp("public")
    report = pipeline.Report()
    rules = replace(HALF, outlets=(("Tarnwire", "full"),))
    made, texts = shown(project(folder, rights=rules), [whole], report)
    build(made, project=project(folder, rights=rules), output=folder / "out", texts=texts)
    return folder / "out"


def test_no_page_of_others_words_is_for_search_engines(public: Path, whole: Digest) -> None:
    """noindex and noarchive where excerpts stand; nothing of the kind on our own pages."""
    story_page = (public / f"stories/{digests.STORY}/index.html").read_text("utf-8")
    assert '<meta name="robots" content="noindex, noarchive">' in story_page
    assert "noindex" not in (public / "rights.html").read_text("utf-8")


def test_a_public_site_with_full_rights_is_for_search_engines(whole: Digest, tmp_path: Path) -> None:
    """All pages but "not found", and the sitemap lists them."""
    made = project(tmp_path, rights=RightsRules(default="full"), url="https://desk.example/")
    build(rights.published([whole], made.settings.rights), project=made, output=tmp_path / "out")
    closed = [p.name for p in (tmp_path / "out").rglob("*.html") if "noindex" in p.read_text("utf-8")]
    assert closed == ["404.html"]
    listed = (tmp_path / "out" / "sitemap.xml").read_text("utf-8").count("<loc>")
    assert listed == len(list((tmp_path / "out").rglob("*.html"))) - 1


def test_the_local_profile_asks_search_engines_to_leave_others_words_out(whole: Digest, tmp_path: Path) -> None:
    """Every page of a story that has them, and the lists of it."""
    build([whole], project=project(tmp_path, profile="local"), output=tmp_path / "out")
    pages = [*(tmp_path / "out" / "stories").rglob("*.html"), tmp_path / "out" / "index.html"]
    assert len(pages) > 1
    assert all("noindex" in p.read_text("utf-8") for p in pages)


def test_a_site_at_home_without_an_address_has_one_that_is_nobodys(whole: Digest, tmp_path: Path) -> None:
    """In public it has none, for it would be taken for true."""
    build([whole], project=project(tmp_path / "home", profile="local", url=""), output=tmp_path / "at-home")
    made = project(tmp_path / "public", url="")
    build(rights.published([whole], made.settings.rights), project=made, output=tmp_path / "in-public")
    assert ".invalid/" in (tmp_path / "at-home" / "index.html").read_text("utf-8")
    assert ".invalid" not in (tmp_path / "in-public" / "index.html").read_text("utf-8")


def test_the_rights_page_says_of_each_article_what_is_shown(public: Path, whole: Digest) -> None:
    """On a page for people and in a file for programs."""
    page = (public / "rights.html").read_text("utf-8")
    account = json.loads((public / "rights.json").read_text("utf-8"))
    assert account["profile"] == "public"
    rows = {row["article"]: row for row in account["articles"]}
    assert rows.keys() == {a.article.id for a in whole.articles}
    assert rows["tarnwire-sluice"]["right"] == "full"
    assert all(row["shown"] <= row["limit"] for row in rows.values() if row["right"] == "excerpts")
    assert all(f"articles/{key}.html" in page for key in rows)


def test_an_excerpt_stands_with_outlet_author_date_and_link(public: Path) -> None:
    """On the article's own page, with how much it is."""
    page = (public / f"stories/{digests.STORY}/articles/vale-observer-town.html").read_text("utf-8")
    assert "Excerpts: " in page
    assert "Vale Observer" in page
    assert CUT in page


def test_while_the_address_is_unknown_none_is_made_up(public: Path) -> None:
    """No canonical link, no sitemap, and feeds whose links lead from where they lie."""
    assert not list(public.rglob("sitemap.xml"))
    home = (public / "index.html").read_text("utf-8")
    assert 'rel="canonical"' not in home
    assert "og:url" not in home
    feed = (public / f"stories/{digests.STORY}/data/feed.xml").read_text("utf-8")
    assert f'<link href="../../../stories/{digests.STORY}/articles/' in feed


@pytest.mark.parametrize(
    ("url", "cname"),
    [("https://news.example.org", "news.example.org\n"), ("https://desk.github.io/sound/", None), ("", None),
     ("https://example.org/sound", None)],
)  # fmt: skip
def test_a_domain_of_ones_own_lies_in_the_output(url: str, cname: str | None, whole: Digest, tmp_path: Path) -> None:
    """As GitHub Pages wants it, beside the file that keeps it from processing anything."""
    small = replace(whole, claims=(), altered_quotes=(), reuses=(), summary=(), claim_origins=())
    build([small], project=project(tmp_path, profile="local", url=url), output=tmp_path / "out")
    assert (tmp_path / "out/.nojekyll").read_bytes() == b""
    path = tmp_path / "out/CNAME"
    assert (path.read_text() if path.exists() else None) == cname


# --- the whole way ----------------------------------------------------------------------------------------------------

SAMPLE = {
    "lanner-bridge": (
        "coverage.toml", "Freighter strikes Halvian bridge - Estwire.txt", "Harbour Courier - Lanner Bridge down.txt",
        "correo - carguero.txt", "TV Sund - repair bill.txt",
    ),
    "vosse-painting": ("coverage.toml", "estwire_vosse.txt"),
}  # fmt: skip


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some of the sample, with its rights taken off."""
    content = tmp_path_factory.mktemp("pile") / "content"
    for name, files in SAMPLE.items():
        (content / "inbox" / name).mkdir(parents=True)
        for file in files:
            shutil.copy(ROOT / "content" / "inbox" / name / file, content / "inbox" / name / file)
        coverage = content / "inbox" / name / "coverage.toml"
        kept = coverage.read_text("utf-8").split("\n[[article]]")
        entries = [e for e in kept[1:] if "rights =" not in e and any(_fits(e, f) for f in files)]
        coverage.write_text("\n[[article]]".join([kept[0], *entries]), "utf-8")
    return content


def _fits(entry: str, file: str) -> bool:
    named = re.search(r'file = "(.*)"', entry)
    return bool(named) and Path(file).match(named[1])


def built(content: Path, output: str = "out") -> tuple[Project, pipeline.Report, dict[str, str]]:
    """A public site of ``content`` with default rights, and its articles as printed."""
    made = Project.at(content, content.parent / output, content.parent / "work").with_settings(profile="public")
    report = pipeline.build(made)
    printed = {a.id: a.text for story in pipeline.stories(made, pipeline.Report()) for a in story[1]}
    return made, report, printed


def held(output: Path, printed: dict[str, str]) -> None:
    """The bar: of no input article more than a tenth, nor 41 words in a row, in whatever file."""
    found = exposure.found_in(output, printed)
    assert printed
    over = {n: f for n, f in found.items() if f[0] * 10 > len(exposure.words(printed[n])) or f[1] > 40}
    assert not over
    assert any(words for words, _ in found.values())


@pytest.fixture(scope="module")
def sample(pile: Path) -> tuple[Project, pipeline.Report, dict[str, str]]:
    return built(pile)


def test_with_default_rights_a_tenth_of_any_article_at_most_is_found_anywhere(
    sample: tuple[Project, pipeline.Report, dict[str, str]],
) -> None:
    """Grepped for in every file of the site of the sample without its rights; its own check agrees."""
    made, report, printed = sample
    assert not report.problems
    held(made.output, printed)
    assert [f for f in pipeline.check(made) if not f.minor] == []


def test_with_default_rights_a_tenth_of_any_real_article_at_most_is_found(shared: Path, tmp_path: Path) -> None:
    """The same of the real articles beside the checkout."""
    shutil.copytree(shared / "seeds", tmp_path / "content" / "inbox" / "summit")
    made, _, printed = built(tmp_path / "content")
    held(made.output, printed)
    assert [f for f in pipeline.check(made) if not f.minor] == []


# --- removed on request -----------------------------------------------------------------------------------------------


def articles_of(content: Path, story_id: str) -> dict[str, Article]:
    found, _ = archive.articles(content / "articles" / story_id, story_id)
    return {a.source_file or "": a for a in found}


def test_a_removed_article_is_nowhere_and_its_address_says_so(
    pile: Path, sample: tuple[Project, pipeline.Report, dict[str, str]]
) -> None:
    """Not in pages, indexes, feeds or data; other articles stay; the entry's reasons stay in the file."""
    printed = sample[2]
    gone = articles_of(pile, "lanner-bridge")["TV Sund - repair bill.txt"]
    request = pile / "removed.toml"
    request.write_text(
        '[[removed]]\nsource_file = "lanner-bridge/TV Sund - repair bill.txt"\n'
        'who = "Orla Fenn"\nwhy = "names a minor"\ndate = 2026-03-14\n'
    )
    try:
        made, report, _ = built(pile, "without")
        assert (report.problems, [r.article for r in report.removed]) == ([], [gone.id])
        assert not [f for f in pipeline.check(made) if not f.minor]
    finally:
        request.unlink()
    page = made.output / f"stories/lanner-bridge/articles/{gone.id}.html"
    assert "Removed on request" in page.read_text("utf-8")
    assert "14 March 2026" in page.read_text("utf-8")
    everything = "".join(p.read_text("utf-8", "replace") for p in made.output.rglob("*") if p.is_file())
    assert exposure.found_in(made.output, {gone.id: printed[gone.id]})[gone.id][0] <= 12
    assert gone.title not in everything
    assert "Orla Fenn" not in everything
    assert "names a minor" not in everything


def test_an_entry_that_fits_no_article_is_told_with_its_line(pile: Path) -> None:
    """A misspelt name must be seen; an id answers even when the file is gone, and is only noted."""
    request = pile / "removed.toml"
    request.write_text(
        '[[removed]]\nurl = "https://nowhere.example/a"\n\n[[removed]]\nid = "lanner-bridge/long-gone-123456"\n'
    )
    try:
        made, report, _ = built(pile, "without")
    finally:
        request.unlink()
    assert [str(p).split(": ")[0] for p in report.problems] == [f"{request}:1"]
    assert any(note.startswith(f"{request}:4: ") for note in report.notes)
    assert (made.output / "stories/lanner-bridge/articles/long-gone-123456.html").is_file()


@pytest.mark.parametrize(
    "text", ["[[removed]\n", '[[removed]]\nwho = "x"\n', '[[removed]]\nid = "x"\n', "[removed]\n",
             '[[removed]]\nid = "a/b"\nurl = "c"\n', '[[removed]]\nid = "a/b"\ndate = "soon"\n']
)  # fmt: skip
def test_a_list_of_removals_that_cant_be_used_makes_no_site(text: str, pile: Path) -> None:
    """Better none than one that shows what somebody asked to be taken out."""
    request = pile / "removed.toml"
    request.write_text(text)
    try:
        with pytest.raises(BuildFailed, match=r"removed\.toml:"):
            built(pile)
    finally:
        request.unlink()


def test_a_request_names_an_article_by_any_of_its_files_its_id_or_its_url() -> None:
    """Earlier versions and copies of it in other files are the same article."""
    article = Article(
        "strike-1a", "docks", url="https://www.post.example/strike/", source_file="b.txt", also=("c.txt",),
        versions=(Version("mail.eml#2", body=("Early words.",)),),
    )  # fmt: skip
    for by, name in (
        ("source_file", "b.txt"), ("source_file", "docks/c.txt"), ("source_file", "mail.eml"),
        ("source_file", "mail.eml#2"), ("id", "docks/strike-1a"), ("url", "http://post.example/strike"),
    ):  # fmt: skip
        assert Request(by, name, None, 1).names(article), name
    for by, name in (
        ("source_file", "mail"),
        ("source_file", ""),
        ("id", "strike-1a"),
        ("url", "https://post.example/"),
    ):
        assert not Request(by, name, None, 1).names(article), name


def test_of_earlier_versions_the_public_sees_nothing() -> None:
    """Their words are an article's words, too."""
    whole = story(["The gate stays shut. Nobody said why. The mayor left."])
    early = Version("a.txt", body=("The gate was opened by a passing dog on Thursday night.",))
    first = whole.articles[0]
    with_versions = replace(whole, articles=(replace(first, article=replace(first.article, versions=(early,))),))
    assert "passing dog" not in repr(rights.published([with_versions], RightsRules()))
