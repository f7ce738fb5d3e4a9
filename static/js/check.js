// Answers a question without leaving the page: the card is replaced by the one the server sends once the answer is kept.
import { calm, complain, send, statusOf } from "./saving.js";

function swap(card, html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector(`#${CSS.escape(card.id)}`);
  if (!fresh) return false;
  card.replaceWith(fresh);
  start(fresh);
  fresh.querySelector("[tabindex='-1']").focus({ preventScroll: true });
  return true;
}

async function answer(card, form, body) {
  if (card.ariaBusy === "true") return;
  card.ariaBusy = "true";
  calm(form);
  const reply = await send(form, body);
  const status = statusOf(reply);
  card.ariaBusy = "false";
  if (status !== 0 && status !== 401 && swap(card, await reply.text())) return;
  complain(form, status === 200 ? 500 : status, () => answer(card, form, body));
}

export function start(card) {
  card.addEventListener("submit", (event) => {
    event.preventDefault();
    answer(card, event.target, new FormData(event.target, event.submitter));
  });
}
