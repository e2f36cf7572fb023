// What a record rests on (components/grounds.html) opens in place by itself. Here it becomes a card over the page:
// one at a time, closed by Escape or by a click elsewhere, and kept inside the window.

const cards = (scope) => scope.querySelectorAll("details.grounds[open]");

function place(card) {
  const evidence = card.querySelector(".evidence");
  evidence.classList.add("over");
  evidence.style.left = "0px";
  const { right } = evidence.getBoundingClientRect();
  const over = right - (document.documentElement.clientWidth - 8);
  if (over > 0) evidence.style.left = `${-Math.min(over, card.getBoundingClientRect().left - 8)}px`;
  evidence.scrollIntoView({ block: "nearest" });
}

function close(card) {
  const inside = card.contains(document.activeElement);
  card.open = false;
  if (inside) card.querySelector("summary").focus();
}

document.addEventListener("toggle", (event) => {
  if (!event.target.matches?.("details.grounds") || !event.target.open) return;
  for (const other of cards(document)) if (other !== event.target) other.open = false;
  place(event.target);
}, true);

document.addEventListener("click", (event) => {
  for (const card of cards(document)) if (!card.contains(event.target)) card.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") for (const card of cards(document)) close(card);
});
