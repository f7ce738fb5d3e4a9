// Keeps an answer as it is given, flags and strikes out without leaving the page, and lets keys do all of it.
import { calm, complain, passes, send, statusOf } from "./saving.js";

const LETTERS = "ABCDEFGHIJKL";

export function start(section) {
  const form = section.querySelector(".sitting-form");
  if (!form) return;
  const saved = document.querySelector(".sitting-bar .saved");
  let turn = Promise.resolve(), waiting = 0, pending = 0, typing;

  async function act(body, done, again) {
    body.set("sequence", form.elements.sequence.value);
    body.set("was", form.elements.was.value);
    const reply = await send(form, body);
    const status = statusOf(reply);
    const told = !passes(status) && status !== 401 ? await reply.json().catch(() => ({})) : {};
    if (status !== 200) { saved?.replaceChildren(); return complain(form, status, again, told.error); }
    calm(form);
    form.elements.sequence.value = told.sequence;
    if (told.was) form.elements.was.value = told.was;
    if (told.saved && saved) saved.textContent = `Saved ${told.saved}`;
    mark(told);
    done?.(told);
  }

  // A later act tells more than an earlier one that waits to be tried again; what is sent is what the page holds then.
  function queue(name, done, extra = {}) {
    waiting += 1;
    const mine = waiting;
    const go = () => {
      const body = new FormData(form);
      body.set("act", name);
      for (const [key, value] of Object.entries(extra)) body.set(key, value);
      return act(body, done, () => { if (name !== "save" || mine === waiting) turn = turn.then(go); });
    };
    pending += 1;
    turn = turn.then(go).finally(() => { pending -= 1; });
    return turn;
  }

  function mark(told) {
    const cell = document.querySelector(".cell[aria-current]");
    cell?.classList.toggle("answered", told.answered);
    cell?.classList.toggle("flagged", told.flagged);
    const list = document.querySelector(".sitting-side .cells");
    const cells = [...list.querySelectorAll(".cell")], count = (of) => cells.filter(of).length;
    const put = (name, value) => { document.querySelector(`[data-count="${name}"]`).textContent = value; };
    put("answered", count((one) => one.classList.contains("answered")));
    put("flagged", count((one) => one.classList.contains("flagged")));
    put("open", count((one) => !one.classList.contains("answered")));
  }

  const flag = form.querySelector("[data-flag]");
  function toggleFlag() {
    queue(flag.value, (told) => {
      flag.value = told.flagged ? "unflag" : "flag";
      flag.setAttribute("aria-pressed", String(told.flagged));
      flag.classList.toggle("quiet", told.flagged);
      flag.classList.toggle("bare", !told.flagged);
      flag.querySelector("span").textContent = told.flagged ? "Flagged" : "Flag";
    });
  }

  function strike(button) {
    const id = button.value.slice(7), row = button.closest(".option-row");
    queue(button.value, () => {
      const struck = row.querySelector(".option").classList.toggle("struck");
      button.setAttribute("aria-pressed", String(struck));
      button.querySelector("span").textContent = struck ? "Bring back" : "Strike out";
      if (struck) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "struck", value: id }));
      else form.querySelector(`input[name="struck"][value="${CSS.escape(id)}"]`)?.remove();
    });
  }

  form.addEventListener("change", (event) => { if (event.target.name !== "note") queue("save"); });
  form.addEventListener("input", (event) => {
    if (event.target.name !== "number") return;
    clearTimeout(typing);
    typing = setTimeout(() => queue("save"), 1200);
  });
  form.addEventListener("submit", (event) => {
    const name = event.submitter?.value ?? "save";
    if (["flag", "unflag"].includes(name)) { event.preventDefault(); toggleFlag(); }
    else if (name.startsWith("strike:")) { event.preventDefault(); strike(event.submitter); }
    else if (name === "note") { event.preventDefault(); queue("note"); }
    else if (pending) {
      // What was chosen a moment ago is kept first. A form cannot be sent while it is being sent, hence the pause.
      event.preventDefault();
      turn.then(() => setTimeout(() => form.requestSubmit(event.submitter)));
    }
  });

  keys(section, form, { toggleFlag, strike });
}

// Single keys work while no field takes text; the server leaves their line out for whoever turned them off (WCAG 2.1.4).
function keys(section, form, { toggleFlag, strike }) {
  const hint = section.querySelector("[data-keys]");
  if (!hint) return;
  hint.hidden = false;
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select")) return;
    const place = LETTERS.indexOf(event.key.toUpperCase());
    const options = [...form.querySelectorAll(".option input")], move = { n: "next", p: "previous" }[event.key.toLowerCase()];
    if (event.key.toLowerCase() === "f") toggleFlag();
    else if (move) form.querySelector(`button[value="${move}"]`)?.click();
    else if (place >= 0 && options[place] && event.shiftKey) strikeAt(options[place], strike);
    else if (place >= 0 && options[place]) options[place].click();
    else return;
    event.preventDefault();
  });
}

function strikeAt(option, strike) {
  const button = option.closest(".option-row")?.querySelector(".strike");
  if (button) strike(button);
}
