// Lets lines be put in order by drag, by touch and by buttons; the places stay in the same fields that a page without scripts has.
const SAY = (words, place, of) => `${words} moved to place ${place} of ${of}.`;

export function start(field) {
  const list = field.querySelector(".order-items"), items = () => [...list.children];
  const live = Object.assign(document.createElement("p"), { className: "sr", role: "status" });
  field.append(live);
  field.classList.add("moved-by-hand");
  const chosen = (item) => Number(item.querySelector("select").value);
  if (items().every(chosen)) list.append(...items().sort((a, b) => chosen(a) - chosen(b)));

  function number(item) {
    for (const [index, one] of items().entries()) one.querySelector("select").value = String(index + 1);
    item.querySelector("select").dispatchEvent(new Event("change", { bubbles: true }));
    live.textContent = SAY(item.querySelector(".order-words").textContent, items().indexOf(item) + 1, items().length);
  }

  function shift(item, by) {
    const other = by < 0 ? item.previousElementSibling : item.nextElementSibling;
    if (!other) return;
    if (by < 0) other.before(item);
    else other.after(item);
    number(item);
  }

  function button(item, label, sign, by) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "icon-button", textContent: sign });
    made.setAttribute("aria-label", `${label}: ${item.querySelector(".order-words").textContent}`);
    made.addEventListener("click", () => { shift(item, by); made.focus(); });
    return made;
  }

  for (const item of items()) {
    const moves = Object.assign(document.createElement("span"), { className: "order-moves" });
    moves.append(button(item, "Move up", "↑", -1), button(item, "Move down", "↓", 1));
    item.append(moves);
    item.addEventListener("pointerdown", (event) => { if (!event.target.closest("select, button")) drag(item, event); });
    item.querySelector("select").addEventListener("change", (event) => { if (event.isTrusted) place(item); });
  }

  // A place chosen from the list moves the line there once every line has a place of its own.
  function place(item) {
    if (new Set(items().map(chosen)).size === items().length && items().every(chosen)) list.append(...items().sort((a, b) => chosen(a) - chosen(b)));
    item.querySelector("select").focus();
  }

  function drag(item, begun) {
    let moved = false;
    const over = (event) => {
      const other = document.elementFromPoint(event.clientX, event.clientY)?.closest(".order-item");
      if (!other || other === item || other.parentElement !== list) return;
      moved = true;
      item.classList.add("lifted");
      const box = other.getBoundingClientRect();
      if (event.clientY < box.top + box.height / 2) other.before(item);
      else other.after(item);
    };
    const end = () => {
      removeEventListener("pointermove", over);
      removeEventListener("pointerup", end);
      removeEventListener("pointercancel", end);
      item.classList.remove("lifted");
      if (moved) number(item);
    };
    begun.preventDefault();
    addEventListener("pointermove", over);
    addEventListener("pointerup", end);
    addEventListener("pointercancel", end);
  }
}
