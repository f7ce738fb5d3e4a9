// Says what is being worked out while a form's answer takes its time; the browser's own sign does so without this file.
export function start(form) {
  const line = form.querySelector("[data-waiting]");
  form.addEventListener("submit", () => {
    line.textContent = line.dataset.waiting;
    form.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", () => {  // back again, from the browser's memory
    line.textContent = "";
    form.removeAttribute("aria-busy");
  });
}
