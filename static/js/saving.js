// Sends a form and says in a sentence when it could not be kept; what was typed or chosen always stays on the page.
const LATER = "What you chose stays here and is sent again by itself.";
const SENTENCES = {
  401: "You have been signed out. Sign in again in another window, then press Try again; what you chose stays here.",
  409: "This could not be saved, because it was changed elsewhere. What you chose stays here; reload the page to see the other version.",
  429: "That was a little fast. Wait a moment, then press Try again.",
  503: `Not saved yet: the server is busy just now. ${LATER}`,
  0: `Not saved yet: the server cannot be reached. ${LATER}`,
};
const UNFORESEEN = "This could not be saved. What you chose stays here; please try again.";
const PAUSES = [2, 4, 8, 15, 30];
const waiting = new Map();

// What passes by itself: no answer, or one from a server or a proxy that cannot do it now.
export const passes = (status) => [0, 502, 503, 504].includes(status);

async function post(form, body) {
  try {
    return await fetch(form.action, { method: "POST", body, headers: { "X-Requested-With": "fetch" }, credentials: "same-origin" });
  } catch {
    return { ok: false, status: 0, redirected: false };
  }
}

// A page that was left open over a new sign-in holds an old token; the refusal brings a fresh one, with which it is sent once more.
export async function send(form, body = new FormData(form)) {
  const reply = await post(form, body);
  const fresh = reply.status === 400 && (await reply.clone().json().catch(() => ({}))).csrf_token;
  if (!fresh) return reply;
  for (const field of document.querySelectorAll("input[name='csrf_token']")) field.value = fresh;
  body.set("csrf_token", fresh);
  return post(form, body);
}

// A session that ended answers with the sign-in page instead of a 401.
export function statusOf(answer) {
  return answer.redirected && new URL(answer.url).pathname.startsWith("/sign-in") ? 401 : answer.status;
}

// Tries again by itself where the fault passes, more and more slowly, and at once when the network is back.
function tryLater(form, retry) {
  const before = waiting.get(form), tries = before ? before.tries + 1 : 0;
  clearTimeout(before?.timer);
  const timer = setTimeout(retry, PAUSES[Math.min(tries, PAUSES.length - 1)] * 1000);
  waiting.set(form, { tries, timer, retry });
}

// A sentence that stands already stays as it is, so that nothing is read aloud again at every try.
export function complain(form, status, retry, words) {
  const line = form.querySelector("[data-problem]");
  const sentence = (passes(status) ? null : words) ?? SENTENCES[[502, 504].includes(status) ? 503 : status] ?? UNFORESEEN;
  if (line.querySelector("span")?.textContent !== sentence || !line.querySelector("button")) {
    const again = Object.assign(document.createElement("button"), { type: "button", className: "button quiet mini", textContent: "Try again" });
    line.replaceChildren(Object.assign(document.createElement("span"), { textContent: sentence }), again);
  }
  line.querySelector("button").onclick = retry;
  if (passes(status)) tryLater(form, retry);
  else waiting.delete(form);
}

export function calm(form) {
  clearTimeout(waiting.get(form)?.timer);
  waiting.delete(form);
  form.querySelector("[data-problem]").replaceChildren();
}

addEventListener("online", () => { for (const { retry } of waiting.values()) retry(); });
addEventListener("beforeunload", (event) => { if (waiting.size) event.preventDefault(); });
