// Finds what can be made smoother and brings its module when it comes into view; without this file every page still works.
const started = new WeakSet();

async function start(element) {
  if (started.has(element)) return;
  started.add(element);
  for (const name of element.dataset.controller.split(" ")) {
    const module = await import(`./${name}.js`);
    module.start(element);
  }
}

const arrivals = new IntersectionObserver((entries) => {
  for (const entry of entries.filter((e) => e.isIntersecting)) {
    arrivals.unobserve(entry.target);
    start(entry.target);
  }
}, { rootMargin: "400px" });

for (const element of document.querySelectorAll("[data-controller]")) arrivals.observe(element);

// A click elsewhere, or Escape, closes an open menu and gives the focus back.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(".menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector(".menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
