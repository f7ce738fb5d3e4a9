// Lets one point at the picture itself; the list beside it does the same and stays in step.
export function start(field) {
  field.dataset.live = "yes";
  const boxes = [...field.querySelectorAll("input[name='area']")];
  const shape = (box) => field.querySelector(`[data-area="${CSS.escape(box.value)}"]`);
  const draw = () => { for (const box of boxes) shape(box)?.classList.toggle("chosen", box.checked); };
  for (const box of boxes) shape(box)?.addEventListener("click", () => box.click());
  field.addEventListener("change", draw);
  draw();
}
