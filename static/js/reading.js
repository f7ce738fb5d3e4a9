// Keeps the place in a lesson: marks it under "On this page", and tells the server when it changes and when one leaves.
const PAUSE = 3000;

export function start(article) {
  const headings = [...article.querySelectorAll("h2[id]")];
  const links = new Map([...document.querySelectorAll(".on-this-page a")].map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
  let here = null, told = null, timer;

  function mark() {
    const passed = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3);
    const now = passed.at(-1)?.id ?? null;
    if (now === here) return;
    links.get(here)?.removeAttribute("aria-current");
    links.get(now)?.setAttribute("aria-current", "location");
    here = now;
    timer ??= setTimeout(tell, PAUSE);
  }

  function tell(leaving = false) {
    clearTimeout(timer);
    timer = undefined;
    if (!article.dataset.url || here === null || here === told) return;
    const body = new URLSearchParams({ csrf_token: article.dataset.token, anchor: here });
    told = here;
    if (leaving) navigator.sendBeacon(article.dataset.url, body);
    else fetch(article.dataset.url, { method: "POST", body, headers: { "X-Requested-With": "fetch" } })
      .then((reply) => reply.ok || Promise.reject()).catch(() => { told = null; });
  }

  let frame;
  addEventListener("scroll", () => { frame ??= requestAnimationFrame(() => { frame = undefined; mark(); }); }, { passive: true });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") tell(true); });
  mark();
}
