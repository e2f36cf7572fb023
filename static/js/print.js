// On paper a link cannot be followed and a card cannot be opened: each gets a number, and at the end stand the
// addresses, and the words that a card holds. Without this script what is folded opens in its place where the browser
// can do that (css/print.css), and no address is printed but that of the page.

const root = document.documentElement;
const opensAlone = CSS.supports("selector(details::details-content)");
const LINKS = "main a[href]:not([href^='#']):not([href^='mailto:'])";
const UNPRINTED = "nav, form, .kicker, .chips, .pagination, .row .meta, .words, .printed-page, .dispute > details";
// A claim has one number, that of its text: its reference and its citations would only say it again, and what its kind
// means is not about it.
const SAID_ALREADY = ".claim .ref, .claim .grounds, .claim .meta b a, .evidence";
let opened = [];

function list() {
  return document.querySelector(".footnotes");
}

const addressOf = (noted) => (noted.matches("details") ? noted.querySelector(".evidence a[href]")?.href : noted.href);
const numbered = (noted) => (noted.matches("details") ? [...noted.querySelectorAll("summary .cite")].at(-1) : noted);

// The words that a card holds, by the address of their claim; without its text where the page prints that in full.
function cards() {
  const found = new Map();
  for (const card of document.querySelectorAll("main details.grounds")) {
    const address = addressOf(card);
    if (!address || found.has(address) || card.closest(UNPRINTED)) continue;
    const words = card.querySelector(".evidence").cloneNode(true);
    if (card.closest(".claim")) for (const said of words.querySelectorAll(".said, .meta")) said.remove();
    found.set(address, words.children);
  }
  return found;
}

function note() {
  const notes = list();
  if (!notes) return;
  const here = location.href.split("#")[0];
  const words = cards();
  const numbers = new Map();
  for (const noted of document.querySelectorAll(`main details.grounds, ${LINKS}`)) {
    const [address, place] = [addressOf(noted), numbered(noted)];
    if (!address || !place || noted.closest(`${UNPRINTED}, ${SAID_ALREADY}`) || address.split("#")[0] === here) continue;
    if (!numbers.has(address)) {
      numbers.set(address, numbers.size + 1);
      const entry = document.createElement("li");
      entry.append(...(words.get(address) ?? []), " ", address);
      notes.querySelector("ol").append(entry);
    }
    place.dataset.note = numbers.get(address);
  }
  notes.hidden = numbers.size === 0;
  root.classList.add("noted");
}

function clear() {
  root.classList.remove("noted");
  const notes = list();
  if (!notes) return;
  notes.hidden = true;
  notes.querySelector("ol").replaceChildren();
  for (const link of document.querySelectorAll("[data-note]")) delete link.dataset.note;
}

// Opening many cards at once is not what the other scripts watch for.
const unheard = (event) => event.stopImmediatePropagation();

function open() {
  if (opensAlone) return;
  addEventListener("toggle", unheard, true);
  opened = [...document.querySelectorAll("main details:not([open]):not(.grounds)")];
  for (const details of opened) details.open = true;
}

function close() {
  for (const details of opened) details.open = false;
  opened = [];
  setTimeout(() => removeEventListener("toggle", unheard, true), 100);
}

addEventListener("beforeprint", () => { clear(); note(); open(); });
addEventListener("afterprint", () => { clear(); close(); });
