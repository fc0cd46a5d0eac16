// Putting in place what the server has drawn anew, without taking away what
// somebody is doing: the focus, what is typed, what is unfolded.
import { announce, $ } from "./core.js";

const drawn = new Map(); // part of the page → what it shows

// replace draws a part anew if it has changed.
export function replace(el, html) {
  if (drawn.get(el) === html) return;
  drawn.set(el, html);
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  if (fresh.innerHTML === el.innerHTML) return;
  const focus = focusIn(el);
  el.innerHTML = html;
  focus(el);
}

// pin keeps a log at its end while it grows or is squeezed, unless somebody
// has scrolled back in it.
export function pin(log) {
  const scroll = log.parentElement;
  let pinned = true;
  const end = () => { if (pinned) scroll.scrollTop = scroll.scrollHeight; };
  scroll.addEventListener("scroll", () => {
    pinned = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
  }, { passive: true });
  const watch = new ResizeObserver(end);
  watch.observe(scroll);
  watch.observe(log);
}

const versions = new Map(); // id of a row → its version
let looked = false; // the first look announces nothing

// showRows brings a log up to date with the rows of the server.
export function showRows(log, rows) {
  const scroll = log.parentElement;
  const atEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
  let grew = false;
  const keep = new Set(rows.map((r) => r.key));
  for (const el of [...log.children]) {
    if (!keep.has(el.id)) el.remove();
  }
  let before = log.firstElementChild;
  for (const row of rows) {
    let el = $(row.key);
    if (el && (versions.get(row.key) === row.version || el.querySelector(".rewrite"))) {
      if (el !== before) log.insertBefore(el, before); else before = before.nextElementSibling;
      continue;
    }
    const fresh = read(row.html);
    versions.set(row.key, row.version);
    if (el && bare(el) === bare(fresh)) {
      settle(el, fresh);
      if (el !== before) log.insertBefore(el, before); else before = before.nextElementSibling;
    } else if (el) {
      carry(el, fresh);
      if (el === before) before = before.nextElementSibling;
      const focus = focusIn(el);
      el.replaceWith(fresh);
      focus(fresh);
    } else {
      log.insertBefore(fresh, before);
      grew = true;
      if (looked && row.says && !fresh.querySelector("[data-mine]")) announce(row.says);
    }
  }
  looked = true;
  if (atEnd || grew) scroll.scrollTop = scroll.scrollHeight;
}

export function read(html) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return template.content.firstElementChild;
}

// bare is what a part looks like apart from what is picked in it.
function bare(part) {
  const copy = part.cloneNode(true);
  for (const el of [copy, ...copy.querySelectorAll("input, option, details, [aria-busy], [aria-expanded]")]) {
    for (const name of ["checked", "selected", "open", "aria-busy", "aria-expanded"]) el.removeAttribute(name);
    if (el.type === "date" || el.type === "time") el.removeAttribute("value");
  }
  return copy.outerHTML;
}

// settle shows in a part what is picked now, without drawing it anew: the
// control that somebody is using stays the same.
function settle(part, fresh) {
  const to = [...part.querySelectorAll("input, option")];
  [...fresh.querySelectorAll("input, option")].forEach((x, i) => {
    const y = to[i];
    if (x.tagName === "OPTION") {
      if (y.defaultSelected !== x.defaultSelected) { y.defaultSelected = x.defaultSelected; y.selected = x.selected; }
    } else if (x.type === "checkbox" || x.type === "radio") {
      if (y.defaultChecked !== x.defaultChecked) { y.defaultChecked = x.defaultChecked; y.checked = x.checked; }
    } else if (y.defaultValue !== x.defaultValue) {
      y.defaultValue = x.defaultValue;
      y.value = x.value;
    }
  });
}

// carry takes over what a person has begun to fill in and not sent yet.
export function carry(old, fresh) {
  const from = [...old.querySelectorAll("input, textarea")];
  const to = [...fresh.querySelectorAll("input, textarea")];
  if (from.length === to.length) {
    from.forEach((x, i) => {
      if (x.type === "checkbox" || x.type === "radio") {
        if (x.checked !== x.defaultChecked) to[i].checked = x.checked;
      } else if (x.value !== x.defaultValue) {
        to[i].value = x.value;
      }
    });
  }
  const open = [...old.querySelectorAll("details")];
  fresh.querySelectorAll("details").forEach((d, i) => { if (open[i]) d.open = open[i].open; });
}

// same finds in a part drawn anew the control that another one was: by what it
// does if that is to be found, else by where it stood.
function same(part, control, i) {
  const { action, block, value } = control.dataset;
  const all = controls(part);
  const alike = all.filter((c) => action && c.dataset.action === action);
  return alike.find((c) => c.dataset.block === block && c.dataset.value === value) || alike[0] || all[Math.min(i, all.length - 1)];
}

function controls(el) { return [...el.querySelectorAll("button, a, input, select, textarea, summary")]; }

// focusIn remembers which control of a part has the focus.
export function focusIn(part) {
  const control = part.contains(document.activeElement) ? document.activeElement : null;
  const i = control ? controls(part).indexOf(control) : -1;
  return (fresh) => { if (control && control !== part) (same(fresh, control, Math.max(i, 0)) || fresh).focus(); };
}
