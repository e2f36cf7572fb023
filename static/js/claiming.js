// What a curator has in the reader: selected words, or the paragraph one is at, become a claim or evidence, or are
// marked; `o` leads to the next open paragraph; words that others have in hand are underlined.

import { here, rowOf, rows, step } from "./reader.js";

const bar = document.querySelector(".claiming");
const status = document.querySelector(".claiming-said");
const walk = document.querySelector(".walk-open");
const saved = document.querySelector(".saved");
const UNTOUCHED = ".open:not(:has(.in-hand))";
const LONG = 400; // of longer quotes the address carries both ends
const END = 200;

// The server counts code points, a browser UTF-16 units.
const codePoints = (text) => [...text].length;

function say(text) {
  status.textContent = text;
}

// The part of the range that lies in `words`, without the white space around it: {row, start, end, quote}, or null.
function part(range, words) {
  if (!range.intersectsNode(words)) return null;
  const inside = range.cloneRange();
  const before = document.createRange();
  before.selectNodeContents(words);
  if (inside.compareBoundaryPoints(Range.START_TO_START, before) < 0) inside.setStart(words, 0);
  if (inside.compareBoundaryPoints(Range.END_TO_END, before) > 0) inside.setEnd(words, words.childNodes.length);
  before.setEnd(inside.startContainer, inside.startOffset);
  const text = inside.toString();
  const quote = text.trim();
  if (!quote) return null;
  const start = codePoints(before.toString() + text.slice(0, text.indexOf(quote)));
  return { row: rowOf(words), range: inside, start, end: start + codePoints(quote), quote };
}

// What is selected: the part in each paragraph.
function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return [];
  const range = selection.getRangeAt(0);
  const around = rowOf(range.commonAncestorContainer.parentElement);
  return (around ? [around] : rows)
    .map((row) => row.querySelector(".words"))
    .map((words) => words && part(range, words))
    .filter(Boolean);
}

function ends(text) {
  const points = [...text];
  return text.length > LONG
    ? { quote: points.slice(0, END).join(""), to: points.slice(-END).join("") }
    : { quote: text };
}

function go(aim) {
  const parts = selected();
  if (parts.length > 1) return say(status.dataset.several);
  const address = new URL((parts[0]?.row ?? here()).querySelector(".claim-here").href);
  const chosen = parts.length && aim !== "mark" ? { start: parts[0].start, end: parts[0].end, ...ends(parts[0].quote) } : {};
  for (const [name, value] of Object.entries({ ...chosen, for: aim })) address.searchParams.set(name, value);
  location.assign(address);
}

function show() {
  const parts = selected();
  bar.hidden = parts.length !== 1;
  say(parts.length > 1 ? status.dataset.several : "");
  if (bar.hidden) return;
  const box = [...parts[0].range.getClientRects()].at(-1);
  bar.style.top = `${box.bottom + scrollY + 6}px`;
  bar.style.left = `${Math.max(8, Math.min(box.left, document.documentElement.clientWidth - bar.offsetWidth - 8)) + scrollX}px`;
}

function open(by, focus) {
  say(step(by, focus, UNTOUCHED) ? "" : status.dataset.none);
}

function close() {
  saved?.remove();
  getSelection().empty();
  say("");
}

const KEYS = {
  n: () => go("claim"),
  e: () => go("evidence"),
  m: () => go("mark"),
  o: () => open(1, true),
  O: () => open(-1, true),
  Escape: close,
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  KEYS[event.key]?.();
});

let soon;
document.addEventListener("selectionchange", () => {
  clearTimeout(soon);
  soon = setTimeout(show, 120);
});

for (const button of bar.querySelectorAll("button")) {
  button.addEventListener("pointerdown", (event) => event.preventDefault()); // it would take the selection
  button.addEventListener("click", () => go(button.dataset.for));
}

// Cited words are links, from within which no browser selects: while pressed they are none. What was a drag is not
// followed.
addEventListener("pointerdown", ({ target }) => {
  const link = target.closest?.(".words a");
  if (!link) return;
  const href = link.getAttribute("href");
  link.removeAttribute("href");
  for (const end of ["pointerup", "pointercancel"]) {
    addEventListener(end, () => link.setAttribute("href", href), { once: true });
  }
});
addEventListener("click", (event) => {
  if (!event.target.closest?.(".words a") || !selected().length) return;
  event.preventDefault();
  event.stopPropagation();
}, true);

// Words in hand are underlined where the browser can do so without touching the text.

function place(words, at) {
  let left = [...words.textContent].slice(0, at).join("").length;
  const texts = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
  while (texts.nextNode() && left > texts.currentNode.length) left -= texts.currentNode.length;
  return [texts.currentNode, left];
}

function underline(item) {
  const words = rowOf(item).querySelector(".words");
  const range = document.createRange();
  range.setStart(...place(words, item.dataset.start));
  range.setEnd(...place(words, item.dataset.end));
  return range;
}

if (globalThis.Highlight) {
  const shown = [...document.querySelectorAll("[data-start]")].filter((item) => rowOf(item).querySelector(".words"));
  CSS.highlights.set("in-hand", new Highlight(...shown.map(underline)));
}

for (const button of walk.querySelectorAll("button")) {
  button.addEventListener("click", () => open(Number(button.dataset.open), false));
}
walk.hidden = false;
if (saved) {
  const button = saved.querySelector("button");
  button.hidden = false;
  button.addEventListener("click", close);
}
