// What every page of the desk needs beside htmx: focus and announcements after a part was swapped.
"use strict";

// What is refused with words (409) is shown where the answer would have stood.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status === 409) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});
document.addEventListener("htmx:responseError", (event) => {
  const status = event.detail.xhr.status;
  const words = status === 403
    ? "编辑台认不出这个页面了。请从终端里的地址重新打开；没存的字还在这里，不要关掉。"
    : "刚才那一步没有做成，请再试一次。";
  announce(words);
});
document.addEventListener("htmx:sendError", () => {
  announce("连不上编辑台。它可能停了；没存的字还在这里，不要关掉。");
});

function announce(words) {
  const place = document.getElementById("announce");
  place.textContent = words;
  place.classList.add("shown");
}

// Whoever is led to another page asks for nothing more here: the next answer would lead elsewhere.
let isLeaving = false;
document.addEventListener("htmx:beforeOnLoad", (event) => {
  if (event.detail.xhr.getResponseHeader("HX-Redirect")) isLeaving = true;
});
document.addEventListener("htmx:beforeRequest", (event) => {
  if (isLeaving) event.preventDefault();
});

// The whole check takes a while: say so where its answer will stand.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.target?.id === "saving") event.detail.target.textContent = "正在检查……";
});

// A form is sent once.
document.addEventListener("submit", (event) => {
  // What htmx sends brings no new page, in which the buttons would be whole again.
  if (event.target.method !== "post" || event.defaultPrevented) return;
  // The button that was pressed may carry a value: it is read after this.
  setTimeout(() => {
    for (const button of event.target.querySelectorAll("button")) button.disabled = true;
  });
});
// Gone back to from the next page, the form can be sent again.
window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
