// Searches the pages in this browser: no network, also from a file on the disk.
"use strict";
(() => {
  const MOST = 30, AROUND = 36;
  const root = document.body.dataset.root;
  const form = document.getElementById("search"), box = document.getElementById("q");
  const found = document.getElementById("found");
  const fold = (text) => text.normalize("NFKC").toLowerCase();
  const pages = (window.PAGES || []).map((page) => ({ ...page, title: fold(page.t), text: fold(`${page.x} ${page.a || ""}`) }));

  const pairs = (word) => {
    const all = [];
    for (let at = 0; at + 2 <= word.length; at += 1) all.push(word.slice(at, at + 2));
    return all.length ? all : [word];
  };

  // Every word must be there; a long one counts in part, by its pairs of characters.
  function score(page, words) {
    let sum = 0;
    for (const word of words) {
      if (page.title.includes(word)) sum += 12;
      else if (page.text.includes(word)) sum += 5;
      else {
        const all = pairs(word);
        const hits = all.filter((pair) => page.title.includes(pair) || page.text.includes(pair)).length;
        if (all.length < 2 || hits / all.length < 0.5) return 0;
        sum += 2 * hits / all.length;
      }
    }
    return sum;
  }

  function marked(text, words) {
    const folded = fold(text);
    const same = folded.length === text.length;
    const word = words.find((each) => same && folded.includes(each));
    const at = word ? folded.indexOf(word) : 0;
    const from = Math.max(0, at - AROUND), to = Math.min(text.length, at + AROUND * 2);
    const line = document.createElement("div");
    line.append(from ? "…" : "", text.slice(from, at));
    if (word) {
      const mark = document.createElement("mark");
      mark.textContent = text.slice(at, at + word.length);
      line.append(mark);
    }
    line.append(text.slice(at + (word ? word.length : 0), to), to < text.length ? "…" : "");
    return line;
  }

  function show() {
    const words = fold(box.value).split(/[\s，。、？！,?!]+/).filter(Boolean);
    found.replaceChildren();
    found.hidden = words.length === 0;
    if (!words.length) return;
    const best = pages.map((page) => [score(page, words), page]).filter(([sum]) => sum > 0)
      .sort((one, other) => other[0] - one[0]);
    const told = document.createElement("p");
    told.textContent = best.length ? `找到 ${best.length} 处` : "没有找到。换一个说法，或者少打几个字。";
    const list = document.createElement("ol");
    for (const [, page] of best.slice(0, MOST)) {
      const item = document.createElement("li"), link = document.createElement("a");
      const kind = document.createElement("small");
      link.href = root + page.u;
      link.textContent = page.t;
      kind.textContent = ` ${page.k}`;
      item.append(link, kind, marked(page.x, words));
      list.append(item);
    }
    found.append(told, list);
  }

  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const first = found.querySelector("a");
    if (first) first.focus();
  });
  box.addEventListener("input", show);
  found.addEventListener("click", (event) => {
    if (event.target.closest("a")) found.hidden = true;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !found.hidden) { found.hidden = true; box.focus(); }
    if (event.key === "/" && document.activeElement !== box) { event.preventDefault(); box.focus(); }
  });
})();
