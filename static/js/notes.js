// Keeps a note while it is being written: a second after the last key, when the field is left, and on Save.
import { calm, complain, send, statusOf } from "./saving.js";

export function start(form) {
  const [field, line] = [form.elements.text, form.querySelector(".saved")];
  let kept = field.value, timer, busy = false;

  async function save() {
    clearTimeout(timer);
    if (busy || field.value === kept) return;
    busy = true;
    const text = field.value, reply = await send(form), status = statusOf(reply);
    const answer = status && status !== 401 ? await reply.json().catch(() => ({})) : {};
    busy = false;
    if (!reply.ok || !answer.saved_at) return complain(form, reply.ok ? status === 401 ? 401 : 500 : status, save, answer.problem);
    kept = text;
    form.elements.version.value = answer.version;
    calm(form);
    line.replaceChildren(`Saved ${answer.saved_at}`);
    if (field.value !== kept) save();
  }

  field.addEventListener("input", () => { line.replaceChildren(); clearTimeout(timer); timer = setTimeout(save, 1000); });
  field.addEventListener("change", save);
  form.addEventListener("submit", (event) => { event.preventDefault(); save(); });
  addEventListener("beforeunload", (event) => { if (field.value !== kept) event.preventDefault(); });
}
