// What an address points at may stand folded away: it opens, and comes into view.

function unfold() {
  const target = document.getElementById(location.hash.slice(1));
  if (!target) return;
  let folded = false;
  for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) {
    folded ||= !fold.open;
    fold.open = true;
  }
  if (folded) target.scrollIntoView();
}

addEventListener("hashchange", unfold);
unfold();
