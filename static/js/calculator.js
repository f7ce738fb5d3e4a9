// A calculator for + - * / and brackets, read by our own few lines: nothing typed is ever run as a script.
function read(text) {
  let at = 0;
  const clean = text.replaceAll("×", "*").replaceAll("÷", "/").replaceAll("−", "-").replaceAll(",", ".").replaceAll(/\s/g, "");
  const sum = () => {
    let value = product();
    while ("+-".includes(clean[at] ?? "?")) value = clean[at++] === "+" ? value + product() : value - product();
    return value;
  };
  const product = () => {
    let value = factor();
    while ("*/".includes(clean[at] ?? "?")) value = clean[at++] === "*" ? value * factor() : value / factor();
    return value;
  };
  const factor = () => {
    if (clean[at] === "-") { at += 1; return -factor(); }
    if (clean[at] === "(") {
      at += 1;
      const value = sum();
      if (clean[at++] !== ")") throw new SyntaxError("a bracket is open");
      return value;
    }
    const found = /^\d*\.?\d+/.exec(clean.slice(at));
    if (!found) throw new SyntaxError("a number is missing");
    at += found[0].length;
    return Number(found[0]);
  };
  const value = sum();
  if (at < clean.length || !Number.isFinite(value)) throw new SyntaxError("not a calculation");
  return value;
}

export function start(box) {
  const field = box.querySelector("input"), out = box.querySelector("output");
  const show = () => {
    try { out.textContent = field.value.trim() ? `= ${Number(read(field.value).toPrecision(12))}` : ""; } catch { out.textContent = ""; }
  };
  field.addEventListener("input", show);
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
}
