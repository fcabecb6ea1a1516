// Forms: marks go where the cursor was last; what is filled in outlives a crash of the browser.
"use strict";

const form = document.getElementById("form");
const place = `zhiquan:${location.pathname}${location.search}`;
const kept = document.getElementById("kept");
const own = [...form.querySelectorAll(".field input, .field textarea, .field select")];
let last = form.querySelector(".field textarea, .field input[type=text]");

function remember() {
  const values = own.map((each) => (each.type === "checkbox" ? each.checked : each.value));
  localStorage.setItem(place, JSON.stringify(values));
  kept.textContent = "填的已经留着，关掉也不会丢。";
}

function recall() {
  const values = JSON.parse(localStorage.getItem(place) || "null");
  if (!values || values.length !== own.length) return;
  own.forEach((each, at) => {
    if (each.type === "checkbox") each.checked = values[at];
    else each.value = values[at];
  });
  kept.textContent = "上次没存的还在。";
}

// Where a line is a thing of its own, how many there are.
function count(field) {
  const told = document.getElementById(`n-${field.name}`);
  if (told) told.textContent = `${field.value.split("\n").filter((line) => line.trim()).length} 行`;
}

form.addEventListener("input", (event) => count(event.target));
form.addEventListener("input", (event) => { if (own.includes(event.target)) remember(); });
form.addEventListener("focusin", (event) => {
  if (event.target.matches(".field textarea, .field input[type=text]") && event.target.closest(".field")) last = event.target;
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.matches(".close-picker")) { document.getElementById("picker").replaceChildren(); last?.focus(); }
  if (button.matches(".insert") && last) {
    const mark = last.getAttribute("list") === "articles" ? button.dataset.law : button.dataset.mark;
    last.focus();
    last.setRangeText(mark, last.selectionStart, last.selectionEnd, "end");
    remember();
  }
});
document.addEventListener("htmx:beforeOnLoad", (event) => {
  if (event.detail.xhr.getResponseHeader("HX-Redirect")) localStorage.removeItem(place);
});
recall();
own.forEach(count);
