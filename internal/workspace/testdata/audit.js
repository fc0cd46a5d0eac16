// What an accessibility checker looks for, as a list of "kind: where".
(() => {
  const problems = [];
  const add = (kind, el) => problems.push(kind + ": " + (el ? el.outerHTML.slice(0, 160) : ""));
  const modal = [...document.querySelectorAll("dialog[open]")].pop();
  const root = modal || document.body;
  const shown = (el) => el.checkVisibility({ visibilityProperty: true, opacityProperty: false });
  const all = (selector) => [...root.querySelectorAll(selector)].filter(shown);

  const ids = new Map();
  for (const el of document.querySelectorAll("[id]")) {
    if (ids.has(el.id)) add("id twice", el);
    ids.set(el.id, el);
  }
  for (const name of ["aria-labelledby", "aria-describedby", "aria-controls", "aria-activedescendant", "for"]) {
    for (const el of document.querySelectorAll("[" + name + "]")) {
      if (el.closest("dialog:not([open])")) continue;
      for (const id of el.getAttribute(name).split(" ")) if (!ids.has(id)) add("reference", el);
    }
  }

  if (!document.querySelector("main")) add("no main");
  if (document.querySelectorAll("h1").length !== 1) add("one h1");
  let level = modal ? 1 : 0;
  for (const h of all("main h1, main h2, main h3, main h4, dialog h2, dialog h3, h1, h3").filter((h) => h.closest("main, dialog") || !document.querySelector("main"))) {
    const n = Number(h.tagName[1]);
    if (n > level + 1 && level > 0) add("heading", h);
    level = n;
  }

  const words = (el) => {
    const by = el.getAttribute("aria-labelledby");
    if (by) return by.split(" ").map((id) => ids.get(id)?.textContent || "").join(" ").trim();
    const label = el.getAttribute("aria-label");
    if (label) return label.trim();
    const inner = el.textContent.trim() || [...el.querySelectorAll("img[alt], [aria-label]")].map((x) => x.alt || x.getAttribute("aria-label")).join(" ");
    return inner.trim() || el.title.trim();
  };
  for (const img of all("img")) if (!img.hasAttribute("alt")) add("no alt", img);
  for (const el of all("button, a[href], summary, [role=menuitem], [role=tab], dialog, aside, [role=menu]")) if (!words(el)) add("no name", el);
  for (const el of all("input, select, textarea")) {
    const labelled = el.getAttribute("aria-label") || el.getAttribute("aria-labelledby") || [...(el.labels || [])].some((l) => l.textContent.trim());
    if (!labelled) add("no label", el);
  }
  for (const el of all("fieldset")) if (!el.querySelector("legend")?.textContent.trim()) add("no legend", el);
  if (modal && !modal.contains(document.activeElement)) add("focus outside the dialog", document.activeElement);

  // Contrast of text, WCAG AA.
  const rgb = (c) => c.match(/[\d.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const f = (v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
    return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b);
  };
  const over = (top, under) => { const a = top[3] ?? 1; return [0, 1, 2].map((i) => top[i] * a + under[i] * (1 - a)); };
  const behind = (el) => {
    const layers = [];
    for (let e = el; e; e = e.parentElement) {
      const c = rgb(getComputedStyle(e).backgroundColor);
      if ((c[3] ?? 1) > 0) layers.push(c);
      if ((c[3] ?? 1) === 1) break;
      if (e.tagName === "DIALOG") break;
    }
    const base = matchMedia("(prefers-color-scheme: dark)").matches ? [18, 18, 18] : [255, 255, 255];
    return layers.reverse().reduce((under, top) => over(top, under), base);
  };
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const el = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !shown(el) || el.closest("script, style, .hidden, [aria-hidden=true], :disabled, option, template, .skip, [aria-busy=true]")) continue;
    if (!modal && el.closest("dialog")) continue;
    const style = getComputedStyle(el);
    if (el.getBoundingClientRect().width < 2) continue;
    const under = behind(el);
    let seen = 1;
    for (let e = el; e; e = e.parentElement) seen *= Number(getComputedStyle(e).opacity);
    if (seen === 0) continue;
    const color = rgb(style.color);
    const text = over([color[0], color[1], color[2], (color[3] ?? 1) * seen], under);
    const [a, b] = [light(text), light(under)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    const big = parseFloat(style.fontSize) >= 24 || parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700;
    if (ratio < (big ? 3 : 4.5)) problems.push(`pale: ${ratio.toFixed(2)} of “${walker.currentNode.data.trim().slice(0, 40)}” in ${el.outerHTML.slice(0, 100)}`);
  }

  // Targets of 24 by 24 at least, WCAG 2.2.
  for (const el of all("button, summary, select, input:not([type=checkbox]):not([type=radio]):not([type=file])")) {
    const r = el.getBoundingClientRect();
    if (r.width > 0 && (r.width < 24 || r.height < 24)) add("small", el);
  }
  return problems;
})()
