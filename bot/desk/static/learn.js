// One key decides on the group that is selected; j and k select the next and the one before.
"use strict";

(() => {
  const groups = () => [...document.querySelectorAll("form.group")];
  const chosen = () => groups().find((group) => group.classList.contains("chosen"));

  function choose(group) {
    if (!group) return;
    for (const each of groups()) each.classList.toggle("chosen", each === group);
    group.setAttribute("tabindex", "-1");
    group.focus();
    group.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("focusin", (event) => {
    const group = event.target.closest("form.group");
    if (!group) return;
    for (const each of groups()) each.classList.toggle("chosen", each === group);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      choose(event.target.closest("form.group") || chosen());
      return;
    }
    const isTyping = event.target.matches("input, textarea, select") || event.isComposing;
    if (isTyping || event.ctrlKey || event.altKey || event.metaKey) return;
    const all = groups();
    const at = all.indexOf(chosen());
    if (event.key === "j") choose(all[Math.min(at + 1, all.length - 1)]);
    else if (event.key === "k") choose(all[Math.max(at - 1, 0)]);
    else {
      const button = chosen()?.querySelector(`button[data-key="${event.key}"]:not(:disabled)`);
      if (!button) return;
      button.click();
    }
    event.preventDefault();
  });

  document.addEventListener("DOMContentLoaded", () => choose(groups()[0]));
})();
