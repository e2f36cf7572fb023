// The page of a draft: a click into a paragraph opens it for splitting at that place. Without this, "Edit" does the same.
"use strict";
(() => {
  const form = document.querySelector("form.draft");
  if (!form) return;

  form.querySelectorAll("[data-by-script]").forEach((hint) => { hint.hidden = false; });

  const offsetAt = (event) => {
    if (document.caretPositionFromPoint) return document.caretPositionFromPoint(event.clientX, event.clientY)?.offset;
    return document.caretRangeFromPoint?.(event.clientX, event.clientY)?.startOffset;
  };

  form.addEventListener("click", (event) => {
    const words = event.target.closest(".words > p");
    if (!words || !getSelection().isCollapsed) return; // somebody selects words to copy them
    const area = words.parentElement.querySelector("textarea");
    const at = offsetAt(event) ?? 0;
    words.parentElement.querySelector("details").open = true;
    area.focus();
    area.setSelectionRange(at, at);
  });

  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !event.target.matches(".words textarea")) return;
    event.preventDefault();
    form.requestSubmit(event.target.parentElement.querySelector("button"));
  });

  // What was chosen and is not saved is not left without a word.
  let changed = false;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
})();
