// Sends a form and says in a sentence when it could not be kept; what was typed or chosen always stays on the page.
const SENTENCES = {
  401: "You have been signed out. Sign in again in another window, then press Try again; what you chose stays here.",
  409: "This could not be saved, because it was changed elsewhere. What you chose stays here; reload the page to see the other version.",
  429: "That was a little fast. Wait a moment, then press Try again.",
  0: "The server cannot be reached. What you chose stays here; press Try again when you are back online.",
};
const UNFORESEEN = "This could not be saved. What you chose stays here; please try again.";

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

export function complain(form, status, retry, words = SENTENCES[status] ?? UNFORESEEN) {
  const line = form.querySelector("[data-problem]");
  const again = Object.assign(document.createElement("button"), { type: "button", className: "button quiet mini", textContent: "Try again" });
  again.addEventListener("click", retry);
  line.replaceChildren(Object.assign(document.createElement("span"), { textContent: words }), again);
}

export function calm(form) {
  form.querySelector("[data-problem]").replaceChildren();
}
