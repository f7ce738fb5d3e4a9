// Sends a form and says in a sentence when it could not be kept; what was typed or chosen always stays on the page.
const SENTENCES = {
  401: "You have been signed out. Sign in again in another window, then press Try again; what you chose stays here.",
  409: "This could not be saved, because it was changed elsewhere. What you chose stays here; reload the page to see the other version.",
  429: "That was a little fast. Wait a moment, then press Try again.",
  0: "The server cannot be reached. What you chose stays here; press Try again when you are back online.",
};
const UNFORESEEN = "This could not be saved. What you chose stays here; please try again.";

export async function send(form, body = new FormData(form)) {
  try {
    return await fetch(form.action, { method: "POST", body, headers: { "X-Requested-With": "fetch" }, credentials: "same-origin" });
  } catch {
    return { ok: false, status: 0, redirected: false };
  }
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
