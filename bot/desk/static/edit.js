// The editor: numbered lines behind the text, faults at their line, marks put in at the cursor.
"use strict";

const text = document.getElementById("text");
const mirror = document.getElementById("mirror");
const editor = document.getElementById("editor");
let shownHeading = 0;


function draw() {
  const faulty = new Set([...document.querySelectorAll("#beside .to-line")].map((each) => each.dataset.line));
  const lines = text.value.split("\n");
  const fresh = document.createDocumentFragment();
  lines.forEach((line, at) => {
    const row = document.createElement("div");
    row.textContent = line || "​";
    row.dataset.n = at + 1;
    if (faulty.has(String(at + 1))) row.className = "bad";
    fresh.append(row);
  });
  mirror.replaceChildren(fresh);
  text.style.height = "auto";
  text.style.height = `${Math.max(mirror.offsetHeight, text.scrollHeight)}px`;
}

function lineAt(place) {
  return text.value.slice(0, place).split("\n").length;
}

function headingsAbove(place) {
  return (text.value.slice(0, place).match(/^##/gm) || []).length;
}

function goTo(line) {
  const start = text.value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  const end = text.value.indexOf("\n", start);
  text.focus({ preventScroll: true });
  text.setSelectionRange(start, end < 0 ? text.value.length : end);
  const row = mirror.children[line - 1];
  if (row) row.scrollIntoView({ block: "center" });
}

function put(mark) {
  text.focus({ preventScroll: true });
  text.setRangeText(mark, text.selectionStart, text.selectionEnd, "end");
}

// What an answer cites stands in its opening, too.
function list(law) {
  const opening = /^---\n[\s\S]*?\n---\n/.exec(text.value);
  if (!law || !opening || opening[0].includes(`- ${law}\n`)) return;
  const laws = /^laws:(?: \[\])?\n((?: +- .*\n)*)/m.exec(opening[0]);
  if (!laws) return;
  const place = laws.index + laws[0].length;
  const cursor = text.selectionStart;
  const line = `  - ${law}\n`;
  text.setRangeText(line, place, place);
  text.setSelectionRange(cursor + line.length, cursor + line.length);
}

function changed() {
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

text.addEventListener("input", draw);
window.addEventListener("resize", draw);
document.addEventListener("selectionchange", () => {
  if (document.activeElement !== text) return;
  const line = document.getElementById("line");
  const now = String(lineAt(text.selectionStart));
  if (line.value === now) return;
  line.value = now;
  const by = document.querySelector("[data-by]")?.dataset.by;
  const heading = headingsAbove(text.selectionStart);
  if (by === "line" || (by === "heading" && heading !== shownHeading)) htmx.trigger(editor, "look");
  shownHeading = heading;
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id === "beside") draw();
  if (event.target.id === "picker") document.getElementById("pick")?.focus();
  if (event.target.id === "saving") event.target.scrollIntoView({ block: "nearest" });
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.matches(".to-line")) goTo(Number(button.dataset.line));
  if (button.matches(".close-picker")) { document.getElementById("picker").replaceChildren(); text.focus(); }
  if (button.matches(".insert")) { put(button.dataset.mark); list(button.dataset.law); changed(); }
  if (button.matches(".take")) {
    const taken = button.parentElement.querySelector(".taken");
    if (taken && button.matches(".main")) text.value = taken.value;
    document.getElementById("base").value = button.dataset.base;
    document.getElementById("saving").replaceChildren();
    changed();
  }
});
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "s") {
    event.preventDefault();
    document.querySelector(".toolbar .main").click();
  }
});

draw();
const asked = /^#L(\d+)$/.exec(location.hash);
if (asked) goTo(Number(asked[1]));
