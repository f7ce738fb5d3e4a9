// Shows an illustrated walk one step at a time; on paper, and without this file, all steps stand below one another.
export function start(walk) {
  const parts = [...walk.querySelectorAll(".steps-part")];
  let at = 0;

  function button(words, by) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "button quiet mini", textContent: words });
    made.addEventListener("click", () => show(at + by, true));
    return made;
  }

  const [back, on] = [button("Step back", -1), button("Next step", 1)];

  function show(next, moved) {
    at = Math.max(0, Math.min(parts.length - 1, next));
    parts.forEach((part, index) => { part.hidden = index !== at; });
    [back.disabled, on.disabled] = [at === 0, at === parts.length - 1];
    if (moved) parts[at].querySelector(".steps-title").focus();
  }

  const row = Object.assign(document.createElement("div"), { className: "steps-walk no-print" });
  row.append(back, on);
  walk.append(row);
  show(0, false);
}
