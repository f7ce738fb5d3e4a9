// Keeps each choice as it is made, and answers a question without leaving the page: one request at a time, in the order of the acts.
import { calm, complain, passes, send, statusOf } from "./saving.js";

const parse = (html, id) => new DOMParser().parseFromString(html, "text/html").querySelector(`#${CSS.escape(id)}`);

function swap(card, fresh) {
  card.replaceWith(fresh);
  start(fresh);
  fresh.querySelector("[tabindex='-1']").focus({ preventScroll: true });
}

// A saved choice changes only the number of the next step and the line that says so; focus and choices stay where they are.
function take(card, fresh) {
  for (const name of ["sequence", "try"]) {
    const [mine, theirs] = [card, fresh].map((one) => one.querySelector(`input[name="${name}"]`));
    if (mine && theirs) mine.value = theirs.value;
  }
  card.querySelector(".saved").replaceChildren(...fresh.querySelector(".saved").childNodes);
}

// A complaint stays until the answer is there, so that trying again by itself does not flicker.
async function act(card, form, name, again) {
  if (!card.isConnected) return;
  const body = new FormData(form);
  body.set("act", name);
  const reply = await send(form, body);
  const status = statusOf(reply);
  const page = !passes(status) && reply.headers.get("Content-Type").startsWith("text/html");
  const fresh = page && status !== 401 && parse(await reply.text(), card.id);
  if (!fresh) {
    card.querySelector(".saved")?.replaceChildren();
    return complain(form, status === 200 ? 500 : status, again);
  }
  calm(form);
  if (name === "save" && status === 200 && !fresh.matches(".answered")) take(card, fresh);
  else swap(card, fresh);
}

export function start(card) {
  let turn = Promise.resolve(), acts = 0;
  // A later act tells more than an earlier one that waits to be tried again.
  const queue = (form, name) => {
    const mine = ++acts, again = () => { if (mine === acts) turn = turn.then(() => act(card, form, name, again)); };
    turn = turn.then(() => act(card, form, name, again));
  };
  card.addEventListener("change", (event) => queue(event.target.form, "save"));
  card.addEventListener("submit", (event) => {
    event.preventDefault();
    queue(event.target, event.target.matches(".again") ? "again" : "finish");
  });
}
