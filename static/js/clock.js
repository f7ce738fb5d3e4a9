// Counts down what the server says is left. The machine's own clock may be wrong or be changed, so only spans of time are used,
// and the server is asked again every minute, and whenever the page comes back into view.
const EVERY = 60_000, TOLD = [[0.5, "Half of the time is left."], [600_000, "Ten minutes are left."], [60_000, "One minute is left."]];

const two = (number) => String(number).padStart(2, "0");
const words = (left) => {
  const seconds = Math.max(0, Math.ceil(left / 1000));
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
};
const short = (left) => `${Math.floor(Math.ceil(left / 1000) / 60)}:${two(Math.ceil(left / 1000) % 60)}`;

export function start(bar) {
  const time = bar.querySelector("[data-time]"), rest = bar.querySelector("[data-rest-time]");
  const hide = bar.querySelector("[data-hide]"), announce = bar.querySelector("[data-announce]");
  if (!time && !rest) return;
  let end = 0, whole = Number(bar.dataset.left), told = new Set();
  const set = (left) => { end = performance.now() + Number(left); };
  set(rest ? bar.dataset.rest : bar.dataset.left);

  async function ask() {
    const sent = performance.now();
    const reply = await fetch(bar.dataset.clock, { credentials: "same-origin" }).catch(() => null);
    if (!reply?.ok || reply.redirected) return;
    const left = await reply.json();
    if (!left.open || (rest && left.rest === null)) return location.reload();
    set((rest ? left.rest : left.left) - (performance.now() - sent) / 2);
  }

  function speak(left) {
    for (const [mark, sentence] of TOLD) {
      const due = mark < 1 ? whole * mark : mark;
      if (left <= due && whole > due && left > due - 30_000 && !told.has(mark)) { told.add(mark); announce.textContent = sentence; }
    }
  }

  function tick() {
    const left = Math.max(0, end - performance.now());
    if (time) { time.textContent = words(left); speak(left); }
    else rest.textContent = short(left);
    if (left === 0) ask();
  }

  tick();
  setInterval(tick, 1000);
  setInterval(ask, EVERY);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
  if (!hide) return;
  hide.hidden = false;
  hide.addEventListener("click", () => {
    const hidden = bar.classList.toggle("clock-hidden");
    hide.setAttribute("aria-pressed", String(hidden));
    hide.textContent = hidden ? "Show clock" : "Hide clock";
  });
}
