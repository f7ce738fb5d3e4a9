// Works a lab out while one types, and swaps rounds in place; without this file its forms lead to the lab's own page.
const parse = (html, id) => new DOMParser().parseFromString(html, "text/html").querySelector(`#${CSS.escape(id)}`);
const PAUSE = 250;
const GONE = "This could not be worked out just now. What you typed stays here; it is tried again with your next change.";

async function fetched(url, id) {
  try {
    const reply = await fetch(url, { headers: { "X-Requested-With": "fetch" }, credentials: "same-origin" });
    return reply.ok ? parse(await reply.text(), id) : null;
  } catch {
    return null;
  }
}

const addressOf = (form, button) => `${form.action}?${new URLSearchParams(new FormData(form, button))}`;

// Results and complaints change; the fields keep focus and what stands in them.
function take(lab, fresh) {
  for (const slot of lab.querySelectorAll("[data-slot]")) {
    const theirs = fresh.querySelector(`#${CSS.escape(slot.id)}`);
    if (theirs && theirs.innerHTML !== slot.innerHTML) slot.replaceChildren(...theirs.childNodes);
  }
  for (const field of lab.querySelectorAll("input[aria-describedby]")) {
    const theirs = fresh.querySelector(`#${CSS.escape(field.id)}`);
    if (theirs?.hasAttribute("aria-invalid")) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }
}

export function start(lab) {
  let timer, latest = 0;

  async function look(url, use) {
    const mine = ++latest;
    clearTimeout(timer);
    lab.setAttribute("aria-busy", "true");
    const fresh = await fetched(url, lab.id);
    if (mine !== latest) return;
    lab.removeAttribute("aria-busy");
    lab.querySelector("[data-problem]").textContent = fresh ? "" : GONE;
    if (fresh) use(fresh);
  }

  function swap(fresh) {
    lab.replaceWith(fresh);
    start(fresh);
    const verdict = fresh.querySelector(".lab-verdict");
    const wrong = fresh.querySelector(".lab-round [aria-invalid]");
    (wrong ?? (verdict?.textContent.trim() ? verdict : fresh.querySelector(".lab-title"))).focus({ preventScroll: !wrong });
  }

  // What was typed before this file arrived, or before one came back to the page, counts as well.
  const form = lab.querySelector(".lab-form");
  if (form && [...form.elements].some((field) => "defaultValue" in field && field.value !== field.defaultValue)) {
    look(addressOf(form), (fresh) => take(lab, fresh));
  }

  lab.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form?.matches(".lab-form")) return;
    clearTimeout(timer);
    timer = setTimeout(() => look(addressOf(form), (fresh) => take(lab, fresh)), PAUSE);
  });
  lab.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target, live = form.matches(".lab-form");
    look(addressOf(form, event.submitter), live ? (fresh) => take(lab, fresh) : swap);
  });
  lab.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-swap]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    look(link.href, swap);
  });
}
