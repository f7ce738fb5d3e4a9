// Keeps each choice as it is made, and answers a question without leaving the page: one request at a time, in the order of the acts.
import { calm, complain, send, statusOf } from "./saving.js";

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

async function act(card, form, name) {
  if (!card.isConnected) return;
  calm(form);
  const body = new FormData(form);
  body.set("act", name);
  const reply = await send(form, body);
  const status = statusOf(reply);
  const page = status !== 0 && reply.headers.get("Content-Type").startsWith("text/html");
  const fresh = page && status !== 401 && parse(await reply.text(), card.id);
  if (!fresh) return complain(form, status === 200 ? 500 : status, () => act(card, form, name));
  if (name === "save" && status === 200 && !fresh.matches(".answered")) take(card, fresh);
  else swap(card, fresh);
}

export function start(card) {
  let turn = Promise.resolve();
  const queue = (form, name) => { turn = turn.then(() => act(card, form, name)); };
  card.addEventListener("change", (event) => queue(event.target.form, "save"));
  card.addEventListener("submit", (event) => {
    event.preventDefault();
    queue(event.target, event.target.matches(".again") ? "again" : "finish");
  });
}
