// Comfort only: every page can be read without this. Plain script, no modules, so that it runs from a folder too.
(() => {
  "use strict";
  const $ = (query, from = document) => from.querySelector(query);
  const all = (query, from = document) => [...from.querySelectorAll(query)];
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  // The words of the site's language: the build writes them in here (generator/site/assets.py).
  const WORDS = {};
  const form = n => Number(n !== 1);
  const filled = (text, values) => text.replace(/%\((\w+)\)s/g, (whole, name) => values[name]);
  const _ = (text, values = {}) => filled((WORDS[text] || [text])[0], values);
  const _n = (one, many, n, values = {}) => filled((WORDS[one] || [one, many])[form(n)], { n, ...values });

  // --- the matrix: arrow keys --------------------------------------------------------------------------------------
  const matrix = $(".matrix");
  if (matrix) {
    const stop = (row, column) => row && row.cells[column] && $("a", row.cells[column]);
    matrix.addEventListener("keydown", event => {
      const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
      const cell = event.target.closest("td, th");
      if (!steps || !cell || event.altKey || event.ctrlKey || event.metaKey) return;
      const shown = [matrix.tHead.rows[0], ...all("tbody tr:not([hidden])", matrix)];
      let row = shown.indexOf(cell.parentNode), column = cell.cellIndex, found = null;
      do {
        row += steps[0];
        column += steps[1];
        found = stop(shown[row], column);
      } while (!found && shown[row] && shown[row].cells[column]);
      if (found) {
        found.focus();
        event.preventDefault();
      }
    });
  }

  // --- filters: on the matrix and on the list of all claims --------------------------------------------------------
  const tools = $(".tools");
  if (tools) {
    const rows = matrix ? all("tbody tr", matrix) : all(".claimlist li");
    const holders = matrix
      ? row => all("td[data-o]", row).map(cell => cell.dataset.o)
      : row => all(".holders span", row).map(name => name.textContent);
    const differ = make("input", { type: "checkbox" });
    const outlet = make("select", {}, make("option", { value: "" }, _("any outlet")));
    const word = make("input", { type: "search", autocomplete: "off" });
    const shown = make("span", { role: "status", class: "small" });
    let facts = null, waiting = 0;
    const filter = () => {
      const wanted = fold(word.value);
      facts ||= rows.map(row => ({ text: ` ${fold(row.textContent).join(" ")}`, has: holders(row), differs: row.classList.contains("differs") }));
      let count = 0;
      for (const [n, row] of rows.entries()) {
        const { text, has, differs } = facts[n];
        const fits = (!differ.checked || differs) && (!outlet.value || has.includes(outlet.value)) && wanted.every(w => text.includes(` ${w}`));
        if (row.hidden === fits) row.hidden = !fits;
        count += fits ? 1 : 0;
      }
      shown.textContent = count === rows.length ? "" : _n("%(n)s of %(all)s claims", "%(n)s of %(all)s claims", count, { all: rows.length });
    };
    for (const name of new Set(rows.flatMap(holders))) outlet.append(make("option", {}, name));
    for (const control of [differ, outlet, word]) control.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 120); });
    tools.append(
      make("label", {}, _("Claims with the word"), " ", word), make("label", {}, _("in"), " ", outlet),
      ...(rows.some(row => row.classList.contains("differs")) ? [make("label", {}, differ, _("only where they differ"))] : []), shown);
  }

  // --- search ------------------------------------------------------------------------------------------------------
  function fold(text) {
    return (text.normalize("NFKD").toLowerCase().replace(/ß/g, "ss").replace(/[\p{M}'’]/gu, "").match(/[\p{L}\p{N}_]+/gu) || []);
  }

  // The index is one script, or (past some 150 articles) a list of shards by a word's first letters and by pages.
  const form_ = $("form[data-index]");
  if (form_) {
    const input = $("input", form_), results = $("#results"), everything = $("#everything"), count = $("#count");
    const KINDS = { article: _("Article"), claim: _("Claim"), source: _("Source"), outlet: _("Outlet"), compare: _("Comparison"), story: _("Story"), page: _("Page") };
    const SLICE = 6, AT_ONCE = 60;
    const scripts = new Map();
    let index = null, turn = 0, last = null;

    const load = src => {
      if (!scripts.has(src)) {
        scripts.set(src, new Promise(done => {
          const script = make("script", { src });
          script.addEventListener("load", done);
          script.addEventListener("error", done);
          document.head.append(script);
        }));
      }
      return scripts.get(src);
    };
    const store = (window.crossreport = { words: [], pages: new Map() });
    store.index = data => { index = data; };
    store.shard = (words, on) => { words = words.split(" "); on = on.split(","); for (let n = 0; n < words.length; n++) store.words.push([words[n], on[n]]); };
    store.chunk = (from, pages) => pages.forEach(([path, title, kind, paragraphs], n) => store.pages.set(from + n, { path, title, kind, paragraphs }));
    const ready = async terms => {
      await load(form_.dataset.index);
      if (!index) return;
      const wanted = Object.keys(index.shards).filter(key => !key || terms.some(t => key.startsWith(t.slice(0, 2)) || t.startsWith(key)));
      await Promise.all(wanted.map(key => load(index.shards[key])));
    };
    const pagesWith = steps => {
      let at = -1;
      return steps.split(" ").map(step => (at += parseInt(step, 36)));
    };
    // Pages with the whole words first, then those with words that begin so; where there are none, words that hold it
    // (scripts without spaces). A term of two letters begins too much to be anything but whole.
    const whole = (w, t) => w === t, begun = (w, t) => whole(w, t) || (t.length > 2 && w.startsWith(t)), held = (w, t) => w.includes(t);
    const matches = terms => {
      const having = fits => {
        const sets = terms.map(t => new Set(store.words.flatMap(([w, on]) => (fits(w, t) ? pagesWith(on) : []))));
        return [...sets[0]].filter(n => sets.every(set => set.has(n))).sort((a, b) => a - b);
      };
      const some = having(begun);
      if (!some.length) return [having(held), held];
      const first = new Set(having(whole));
      return [[...first, ...some.filter(n => !first.has(n))], begun];
    };
    const snippet = (text, terms, fits) => {
      const line = make("p");
      for (const piece of text.split(/(\s+)/)) {
        const hit = fold(piece).some(w => terms.some(t => fits(w, t)));
        line.append(hit ? make("b", {}, piece) : piece);
      }
      return line;
    };
    const item = (page, terms, fits) => {
      const entry = make("li", {}, make("a", { href: page.path }, page.title), make("span", { class: "by" }, ` ${KINDS[page.kind]}`));
      let left = 3;
      for (const [id, text] of page.paragraphs || []) {
        const words = fold(text);
        if (!terms.every(t => words.some(w => fits(w, t)))) continue;
        const line = snippet(text.length > 320 ? text.slice(0, 320) + "…" : text, terms, fits);
        line.append(" ", make("a", { href: `${page.path}#${id}`, class: "by" }, _("to the paragraph")));
        entry.append(line);
        if (!--left) break;
      }
      return entry;
    };
    // In slices of a few milliseconds, so that typing is never kept waiting.
    const show = async (pages, terms, fits, mine) => {
      const list = make("ol");
      results.append(list);
      for (let at = 0; at < pages.length; ) {
        if (index.sharded && at && at % AT_ONCE === 0) {
          const more = make("button", { type: "button" }, _n("Show %(n)s more", "Show %(n)s more", pages.length - at));
          results.append(more);
          await new Promise(done => more.addEventListener("click", done, { once: true }));
          more.remove();
        }
        const chunk = index.chunks[Math.floor(pages[at] / index.size)];
        if (!store.pages.has(pages[at])) await load(chunk);
        const made = document.createDocumentFragment(), began = performance.now();
        do made.append(item(store.pages.get(pages[at]), terms, fits));
        while (++at < pages.length && store.pages.has(pages[at]) && at % AT_ONCE && performance.now() - began < SLICE);
        if (mine !== turn) return;
        list.append(made);
        await new Promise(done => setTimeout(done));
      }
    };
    const look = async () => {
      const terms = fold(input.value), state = terms.join(" ");
      if (state === last) return;
      last = state;
      const mine = ++turn;
      if (terms.length) await ready(terms);
      if (mine !== turn) return;
      results.replaceChildren();
      everything.hidden = terms.length > 0;
      count.textContent = "";
      if (!terms.length || !index) return;
      const [pages, fits] = matches(terms);
      count.textContent = pages.length ? _n("%(n)s page", "%(n)s pages", pages.length) : _("No page has all these words.");
      await show(pages, terms, fits, mine);
    };
    let waiting = 0;
    input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(look, 140); });
    form_.addEventListener("submit", event => { event.preventDefault(); clearTimeout(waiting); look(); });
    input.addEventListener("keydown", async event => {
      if (event.key === "Escape") { input.value = ""; look(); }
      if (event.key === "ArrowDown") {
        event.preventDefault();
        clearTimeout(waiting);
        await look();
        const first = $("a", results);
        if (first) first.focus();
      }
    });
    results.addEventListener("keydown", event => {
      const links = all("a", results), at = links.indexOf(document.activeElement);
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step || at < 0) return;
      (links[at + step] || (step < 0 ? input : links[at])).focus();
      event.preventDefault();
    });
    const asked = new URLSearchParams(location.search).get("q");
    if (asked) { input.value = asked; look(); }
    else input.addEventListener("focus", () => setTimeout(load, 30, form_.dataset.index), { once: true });
  }

  // --- keys --------------------------------------------------------------------------------------------------------
  const KEYS = [
    ["/", _("search")], ["?", _("this help")], [_("arrows"), _("move in the claim matrix")], ["n", _("next claim or article")],
    ["p", _("claim or article before")], ["u", _("up to the story")]];
  const help = () => {
    let dialog = $("dialog");
    if (!dialog) {
      const list = make("dl");
      for (const [key, words] of KEYS) list.append(make("dt", {}, make("kbd", {}, key)), make("dd", {}, words));
      const close = make("button", { type: "button" }, _("Close"));
      dialog = make("dialog", { "aria-label": _("Keys") }, list, close);
      close.addEventListener("click", () => dialog.close());
      document.body.append(dialog);
    }
    dialog.showModal();
  };
  const follow = query => { const link = $(query); if (link) link.click(); return link; };
  document.addEventListener("keydown", event => {
    if (event.target.closest("input, select, textarea, dialog") || event.altKey || event.ctrlKey || event.metaKey) return;
    const done = {
      "/": () => { const input = $("input[type=search]"); if (input) input.focus(); else follow('.mast a[href$="search.html"]'); return true; },
      "?": () => { help(); return true; },
      n: () => follow("a[rel=next]"),
      p: () => follow("a[rel=prev]"),
      u: () => follow(".crumbs a:last-of-type"),
    }[event.key];
    if (done && done()) event.preventDefault();
  });
})();
