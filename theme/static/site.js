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

  // --- the matrix: arrow keys, and filters -------------------------------------------------------------------------
  const matrix = $(".matrix");
  if (matrix) {
    const rows = all("tbody tr", matrix);
    const stop = (row, column) => row && row.cells[column] && $("a", row.cells[column]);
    matrix.addEventListener("keydown", event => {
      const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
      const cell = event.target.closest("td, th");
      if (!steps || !cell || event.altKey || event.ctrlKey || event.metaKey) return;
      const shown = [matrix.tHead.rows[0], ...rows.filter(row => !row.hidden)];
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

    const box = text => {
      const input = make("input", { type: "checkbox" });
      return [input, make("label", {}, input, text)];
    };
    const [differ, differLabel] = box("only where they differ");
    const outlets = all("thead th", matrix).slice(1).map(cell => cell.textContent.trim());
    const outlet = make("select", {}, make("option", { value: "" }, "any outlet"),
      ...outlets.map((name, n) => make("option", { value: n + 1 }, name)));
    const word = make("input", { type: "search", autocomplete: "off" });
    const shown = make("span", { role: "status", class: "small" });
    let texts = null, waiting = 0;
    const filter = () => {
      const wanted = fold(word.value);
      texts ||= rows.map(row => ` ${fold(row.textContent).join(" ")}`);
      let count = 0;
      for (const [n, row] of rows.entries()) {
        const fits = (!differ.checked || row.classList.contains("differs"))
          && (!outlet.value || $("a", row.cells[outlet.value]))
          && wanted.every(w => texts[n].includes(` ${w}`));
        if (row.hidden === fits) row.hidden = !fits;
        count += fits ? 1 : 0;
      }
      shown.textContent = count === rows.length ? "" : `${count} of ${rows.length} claims`;
    };
    for (const control of [differ, outlet, word]) control.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 60); });
    $(".tools").append(
      make("label", {}, "Claims with the word ", word), make("label", {}, "in ", outlet), differLabel, shown);
  }

  // --- search ------------------------------------------------------------------------------------------------------
  function fold(text) {
    return text.normalize("NFKD").toLowerCase().replace(/ß/g, "ss").replace(/[\p{M}'’]/gu, "").match(/[\p{L}\p{N}_]+/gu) || [];
  }

  const form = $("form[data-index]");
  if (form) {
    const input = $("input", form), results = $("#results"), everything = $("#everything"), count = $("#count");
    const KINDS = { article: "Article", claim: "Claim", source: "Source", outlet: "Outlet", compare: "Comparison", story: "Story", page: "Page" };
    const ORDER = Object.keys(KINDS), BATCH = 8;
    let index = null, loading = false, turn = 0, last = "";

    const unpack = data => {
      const pages = data.pages.map(([path, title, kind]) => ({ path, title, kind, paragraphs: [] }));
      for (const [page, id, text] of data.paragraphs) pages[page].paragraphs.push({ id, text, words: null });
      return { words: data.words.split(" "), on: data.on.split(","), pages };
    };
    const pagesWith = word => {
      let at = -1;
      return index.on[word].split(" ").map(step => (at += parseInt(step, 36)));
    };
    const load = () => {
      if (index || loading) return;
      loading = true;
      const script = make("script", { src: form.dataset.index });
      script.addEventListener("load", () => { index = unpack(window.crossreportIndex); look(); });
      document.head.append(script);
    };
    // Whole words first; where no page has them all, words that begin so; then words that hold it (scripts without spaces).
    const matches = terms => {
      for (const fits of [(w, t) => w === t, (w, t) => w.startsWith(t), (w, t) => w.includes(t)]) {
        const sets = terms.map(t => new Set(index.words.flatMap((w, n) => (fits(w, t) ? pagesWith(n) : []))));
        const pages = index.pages.filter((_, n) => sets.every(set => set.has(n)));
        if (pages.length) return [pages, fits];
      }
      return [[], null];
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
      const hits = page.paragraphs.filter(p => {
        p.words ||= [...new Set(fold(p.text))];
        return terms.every(t => p.words.some(w => fits(w, t)));
      });
      for (const { id, text } of hits.slice(0, 3)) {
        const line = snippet(text.length > 320 ? text.slice(0, 320) + "…" : text, terms, fits);
        line.append(" ", make("a", { href: `${page.path}#${id}`, class: "by" }, "to the paragraph"));
        entry.append(line);
      }
      return entry;
    };
    const look = () => {
      const terms = fold(input.value), state = `${Boolean(index)} ${terms.join(" ")}`;
      if (state === last) return;
      last = state;
      const mine = ++turn;
      results.replaceChildren();
      everything.hidden = terms.length > 0;
      count.textContent = "";
      if (!terms.length || !index) return;
      const [pages, fits] = matches(terms);
      pages.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
      count.textContent = pages.length ? `${pages.length} pages` : "No page has all these words.";
      const list = make("ol");
      results.append(list);
      const step = from => {
        if (mine !== turn) return;
        list.append(...pages.slice(from, from + BATCH).map(page => item(page, terms, fits)));
        if (from + BATCH < pages.length) setTimeout(step, 0, from + BATCH);
      };
      step(0);
    };
    let waiting = 0;
    input.addEventListener("focus", load);
    input.addEventListener("input", () => { load(); clearTimeout(waiting); waiting = setTimeout(look, 80); });
    form.addEventListener("submit", event => { event.preventDefault(); load(); look(); });
    input.addEventListener("keydown", event => {
      if (event.key === "Escape") { input.value = ""; look(); }
      if (event.key === "ArrowDown") { clearTimeout(waiting); look(); const first = $("a", results); if (first) { first.focus(); event.preventDefault(); } }
    });
    results.addEventListener("keydown", event => {
      const links = all("a", results), at = links.indexOf(document.activeElement);
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step || at < 0) return;
      (links[at + step] || (step < 0 ? input : links[at])).focus();
      event.preventDefault();
    });
    const asked = new URLSearchParams(location.search).get("q");
    if (asked) { input.value = asked; load(); }
  }

  // --- keys --------------------------------------------------------------------------------------------------------
  const KEYS = [["/", "search"], ["?", "this help"], ["arrows", "move in the claim matrix"], ["n", "next claim or article"], ["p", "claim or article before"], ["u", "up to the story"]];
  const help = () => {
    let dialog = $("dialog");
    if (!dialog) {
      const list = make("dl");
      for (const [key, words] of KEYS) list.append(make("dt", {}, make("kbd", {}, key)), make("dd", {}, words));
      const close = make("button", { type: "button" }, "Close");
      dialog = make("dialog", { "aria-label": "Keys" }, list, close);
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
