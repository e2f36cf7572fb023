// The page on which words are claimed works by its buttons alone. Here what is there already is found as one types,
// Enter leads to the first of it, Ctrl+Enter saves what one works on, Escape goes back to the text, a digit chooses
// a claim for the words, and a letter begins to look for one.

const form = document.querySelector("form.claiming");
const typing = (element) => element.matches("textarea, select, input:not([type=radio], [type=checkbox])");
const begun = new Map([...form.elements].map((field) => [field, field.value]));

async function find(box) {
  const into = document.getElementById(box.dataset.into);
  const kept = [...into.querySelectorAll("li:has(:checked)")];
  box.asking?.abort();
  box.asking = new AbortController();
  const address = `${form.dataset.found}?of=${box.dataset.of}&q=${encodeURIComponent(box.value)}`;
  try {
    const answer = await fetch(address, { signal: box.asking.signal });
    if (!answer.ok || answer.redirected) return;
    into.innerHTML = await answer.text();
  } catch (error) {
    if (error.name !== "AbortError") throw error;
    return;
  }
  if (!kept.length) return;
  const list = into.querySelector("ul") ?? into.appendChild(Object.assign(document.createElement("ul"), { className: "subjects" }));
  for (const one of kept) {
    const { name, value } = one.querySelector(":checked");
    list.querySelector(`[name="${name}"][value="${value}"]`)?.closest("li").remove();
  }
  list.prepend(...kept);
}

for (const box of form.querySelectorAll("[data-into]")) {
  let waiting;
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(find, 150, box);
  });
  box.addEventListener("keydown", async (event) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    clearTimeout(waiting);
    await find(box);
    document.getElementById(box.dataset.into).querySelector("li :is(button, input:not(:checked))")?.focus();
  });
}

function leave(field) {
  const typed = [...begun].some(([one, value]) => one.value !== value);
  if (typed && typing(field)) field.blur();
  else location.assign(form.querySelector(".back").href);
}

document.addEventListener("keydown", (event) => {
  const field = document.activeElement;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    const act = field.closest("[data-primary]")?.dataset.primary ?? "submit";
    form.querySelector(`button[value="${act}"]:enabled`)?.click();
  } else if (event.key === "Escape") {
    leave(field);
  } else if (/^\S$/.test(event.key) && !typing(field) && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const numbered = form.querySelectorAll(".candidates > li > button")[event.key - 1];
    if (numbered) return numbered.click();
    const box = document.getElementById("find"); // who types C0071 looks for it, and does not choose the first
    box?.focus();
    box?.select();
  }
});

// What is sent twice would be refused the second time, and the answer to the first be lost.
form.addEventListener("submit", (event) => {
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
addEventListener("pageshow", () => delete form.dataset.sent);
