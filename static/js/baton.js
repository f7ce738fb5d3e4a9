// Lets one drag the baton along the line; it comes to rest at the nearest moment. Choosing and arrow keys need no script.
export function start(launch) {
  const picture = launch.querySelector(".launch-picture");
  const stops = [...launch.querySelectorAll("input[name=moment]")];

  function choose(event) {
    const box = picture.getBoundingClientRect();
    const x = (event.clientX - box.left) * (picture.viewBox.baseVal.width / box.width);
    const away = (stop) => Math.abs(Number(stop.dataset.x) - x);
    const nearest = stops.reduce((best, stop) => (away(stop) < away(best) ? stop : best));
    if (!nearest.checked) nearest.checked = true;
  }

  picture.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    picture.setPointerCapture(event.pointerId);
    choose(event);
  });
  picture.addEventListener("pointermove", (event) => {
    if (picture.hasPointerCapture(event.pointerId)) choose(event);
  });
  launch.classList.add("can-drag");
}
