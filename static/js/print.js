// On paper a link cannot be followed and a card cannot be opened: each gets a number, and at the end stand the
// addresses, and the words that a card holds. Without this script the address stands behind each citation
// (css/print.css), and what is folded opens in its place where the browser can do that.

const root = document.documentElement;
const opensAlone = CSS.supports("selector(details::details-content)");
const LINKS = "main a[href]:not([href^='#']):not([href^='mailto:'])";
const UNPRINTED = "nav, form, .kicker, .chips, .pagination, .row .meta, .words, .printed-page, .grounds";
let opened = [];

function list() {
  return document.querySelector(".footnotes");
}

function note() {
  const notes = list();
  if (!notes) return;
  const here = location.href.split("#")[0];
  const numbers = new Map();
  const number = (address, draw) => {
    if (!numbers.has(address)) {
      numbers.set(address, numbers.size + 1);
      const entry = document.createElement("li");
      entry.append(...draw(), address.replace(/#$/, ""));
      notes.querySelector("ol").append(entry);
    }
    return numbers.get(address);
  };
  for (const noted of document.querySelectorAll(`main details.grounds, ${LINKS}`)) {
    if (noted.matches("details")) {
      const words = noted.querySelector(".evidence");
      const address = words?.querySelector("a[href]")?.href;
      const draw = () => [...words.cloneNode(true).children];
      const chip = [...noted.querySelectorAll("summary .cite")].at(-1);
      if (address && chip) chip.dataset.note = number(`${address}#`, draw);
    } else if (!noted.closest(UNPRINTED) && noted.href.split("#")[0] !== here) {
      noted.dataset.note = number(noted.href, () => []);
    }
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
