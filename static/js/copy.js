// Buttons that copy: shown where the browser lets a page copy, each with a status line behind it that says so.
// A button with `data-copy` copies the text of the element of that id.

export function offer(button, text) {
  if (!navigator.clipboard) return;
  const status = button.nextElementSibling;
  button.parentElement.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text());
    status.textContent = button.dataset.copied;
    setTimeout(() => { status.textContent = ""; }, 2000);
  });
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  offer(button, () => document.getElementById(button.dataset.copy).textContent.trim());
}
