// The reader works by plain links. Here the words and the claims beside them light each other, j and k walk through
// the cited paragraphs, the outline says where one is, and the link to what one looks at can be copied.

import { offer } from "./copy.js";

const reader = document.querySelector(".reader");
export const rows = [...reader.querySelectorAll(".row")];
export const rowOf = (element) => element?.closest?.(".row");
const refsOf = (link) => link.dataset.k?.split(" ") ?? [link.hash.split("-")[1]];
const cardOf = (row, ref) => document.getElementById(`k${row.id.slice(1)}-${ref}`)?.closest(".card");
const refOf = (card) => card.querySelector(".ref").textContent;

// Words and claims light each other: while pointed at or focused, and while the address names the claim.

function light(row, refs, name) {
  for (const link of row.querySelectorAll(".words a")) {
    if (refsOf(link).some((ref) => refs.includes(ref))) link.classList.add(name);
  }
  for (const ref of refs) {
    const card = cardOf(row, ref);
    card?.classList.add(name);
    const fold = card?.closest("details:not([open]).further");
    fold?.firstElementChild.classList.add(name);
  }
}

function quench(name) {
  for (const lit of reader.querySelectorAll(`.${name}`)) lit.classList.remove(name);
}

function under(element) {
  const row = rowOf(element);
  const link = element?.closest?.(".words a");
  const card = element?.closest?.(".card");
  if (row && link) light(row, refsOf(link), "near");
  else if (row && card) light(row, [refOf(card)], "near");
}

for (const [begin, end] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
  reader.addEventListener(begin, (event) => under(event.target));
  reader.addEventListener(end, () => quench("near"));
}

// Words of several claims lead to each in turn.
reader.addEventListener("click", (event) => {
  const link = event.target.closest(".words a[data-k]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const refs = refsOf(link);
  const number = rowOf(link).id.slice(1);
  const next = refs[(refs.indexOf(location.hash.split("-")[1]) + 1) % refs.length];
  event.preventDefault();
  location.hash = `k${number}-${location.hash.startsWith(`#k${number}-`) ? next : refs[0]}`;
});

// Where one is: the row that has the focus or was linked to, while it is in the window, else the one at its top.

const walk = reader.querySelector(".walk");
const copy = reader.querySelector(".copy button");
const outline = [...reader.querySelectorAll(".outline ol a")];
let topmost = rows[0];

function inWindow(row) {
  const box = row?.getBoundingClientRect();
  return box && box.bottom > 0 && box.top < innerHeight;
}

export function here() {
  const linked = document.getElementById(location.hash.slice(1));
  return [document.activeElement, linked].map(rowOf).find(inWindow) ?? topmost;
}

// The claim that the address names in this row, as its link to the words it stands on.
function chosen(row) {
  const ref = document.getElementById(location.hash.slice(1));
  return ref?.matches(".ref") && rowOf(ref) === row ? ref : row.querySelector(".card.on .ref");
}

function say() {
  const row = here();
  const at = Number(row.id.slice(1));
  const past = outline.filter((link) => Number(link.hash.slice(2)) <= at);
  for (const link of outline) link.removeAttribute("aria-current");
  past.at(-1)?.setAttribute("aria-current", "location");
  copy.lastElementChild.textContent = chosen(row)?.textContent ?? `¶${at}`;
}

function arrive() {
  quench("chosen");
  const target = document.getElementById(location.hash.slice(1));
  const row = rowOf(target);
  if (!row) return;
  for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  if (target.matches(".ref")) {
    light(row, [target.textContent], "chosen");
    target.closest(".card").scrollIntoView({ block: "nearest" });
  }
  say();
}

const line = new IntersectionObserver((seen) => {
  topmost = seen.findLast((one) => one.isIntersecting)?.target ?? topmost;
  say();
}, { rootMargin: "-10% 0px -89% 0px" });

// Walking through the cited paragraphs, or through others. Returns whether there was one.

export function step(by, focus, wanted = ".cited") {
  const from = rows.indexOf(here());
  const ahead = by > 0 ? rows.slice(from + 1) : rows.slice(0, from).reverse();
  const next = ahead.find((row) => row.matches(wanted));
  if (!next) return false;
  if (focus) next.querySelector(".n").focus({ preventScroll: true });
  location.replace(`#${next.id}`);
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  if (event.key === "j") step(1, true);
  if (event.key === "k") step(-1, true);
});

for (const button of walk.querySelectorAll("button")) {
  button.addEventListener("click", () => step(Number(button.dataset.step), false));
}

walk.hidden = false;
offer(copy, () => chosen(here())?.href ?? new URL(`#${here().id}`, location.href.split("?")[0]).href);
addEventListener("hashchange", arrive);
for (const row of rows) line.observe(row);
arrive();
