// The page of the local workspace. The server draws everything; this script
// sends what a person does to /_local/ and puts in place what has changed.
"use strict";

const root = document.documentElement;
const as = root.dataset.as;
const place = root.dataset.in;
const channel = root.dataset.channel;
const $ = (id) => document.getElementById(id);
const log = $("log");
const scroll = $("scroll");
const text = $("composer-text");
const modal = $("modal");

// --- talking to the workspace ---

async function send(path, body) {
  const res = await fetch("/_local/" + path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await res.json();
  if (!res.ok) throw new Error(answer.error);
  return answer;
}

// What the error names of Slack mean to a person.
const inWords = {
  dispatch_failed: "The app is not connected, so nothing happened. Is it running?",
  operation_timeout: "The app did not answer in time. Try again.",
  invalid_view_response: "We had some trouble connecting. Try again?",
  msg_too_long: "That is too long for one message: 40,000 characters is the limit.",
};

let toastTimer = 0;
function toast(message) {
  $("toast").textContent = inWords[message] || message;
  $("toast").hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { $("toast").hidden = true; }, 6000);
}

async function attempt(what, control) {
  control?.setAttribute("aria-busy", "true");
  try {
    return await what();
  } catch (err) {
    toast(err.message);
    return null;
  } finally {
    control?.removeAttribute("aria-busy");
  }
}

// --- showing what has changed ---

let looking = false;
let again = false;
async function refresh() {
  if (looking) { again = true; return; }
  looking = true;
  do {
    again = false;
    try {
      const res = await fetch("/page/state?as=" + encodeURIComponent(as) + "&in=" + place);
      if (res.ok) show(await res.json());
    } catch { /* the workspace is gone; the stream reconnects */ }
  } while (again);
  looking = false;
}

function show(state) {
  if (log) showRows(state.rows);
  replace($("clock"), state.clock);
  if ($("empty")) replace($("empty"), state.empty);
  $("online").classList.toggle("on", state.online);
  $("online").title = state.online ? "connected" : "not connected";
  if ($("home") && state.home && $("home").dataset.version !== state.home.version) {
    const old = $("home").cloneNode(true);
    $("home").innerHTML = state.home.html;
    carry(old, $("home"));
    $("home").dataset.view = state.home.id;
    $("home").dataset.version = state.home.version;
  }
  showModal(state.modal);
}

const drawn = new Map(); // part of the page → what it shows

// replace keeps the focus where it was, if the same button is still there.
function replace(el, html) {
  if (drawn.get(el) === html) return;
  drawn.set(el, html);
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  if (fresh.innerHTML === el.innerHTML) return;
  const focus = focusIn(el);
  el.innerHTML = html;
  focus(el);
}

const versions = new Map();
function showRows(rows) {
  const atEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
  const grew = rows.length > log.children.length;
  const keep = new Set(rows.map((r) => r.key));
  for (const el of [...log.children]) {
    if (!keep.has(el.id)) el.remove();
  }
  let before = log.firstElementChild;
  for (const row of rows) {
    let el = $(row.key);
    if (el && versions.get(row.key) === row.version) {
      if (el !== before) log.insertBefore(el, before); else before = before.nextElementSibling;
      continue;
    }
    const template = document.createElement("template");
    template.innerHTML = row.html.trim();
    const fresh = template.content.firstElementChild;
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
    }
  }
  if (atEnd || grew) scroll.scrollTop = scroll.scrollHeight;
}

// bare is what a part looks like apart from what is picked in it.
function bare(part) {
  const copy = part.cloneNode(true);
  for (const el of copy.querySelectorAll("input, option, details, [aria-busy]")) {
    for (const name of ["checked", "selected", "open", "aria-busy"]) el.removeAttribute(name);
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
function carry(old, fresh) {
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

// focusIn remembers which control of a part has the focus.
function focusIn(part) {
  const controls = (el) => [...el.querySelectorAll("button, a, input, select, textarea, summary")];
  const i = part.contains(document.activeElement) ? controls(part).indexOf(document.activeElement) : -1;
  return (fresh) => { if (i >= 0) controls(fresh)[i]?.focus(); };
}

function showModal(state) {
  if (!state) {
    if (modal.open) modal.close();
    modal.innerHTML = "";
    delete modal.dataset.version;
    return;
  }
  if (modal.dataset.version !== state.version) {
    const typed = modal.dataset.view === state.id ? fields() : {};
    modal.innerHTML = state.html;
    modal.dataset.version = state.version;
    modal.dataset.view = state.id;
    fillIn(typed);
  }
  if (!modal.open) modal.showModal();
}

const events = new EventSource("/page/events?as=" + encodeURIComponent(as));
events.onmessage = refresh;
events.onerror = () => { $("online").classList.remove("on"); };

// --- writing ---

function submitText() {
  const line = text.value;
  if (!line.trim()) return;
  text.value = "";
  grow();
  hideHints();
  const command = /^(\/\S+)\s*([\s\S]*)$/.exec(line);
  attempt(async () => {
    try {
      if (command) await send("command", { person: as, channel, command: command[1], text: command[2] });
      else await send("say", { person: as, channel, text: line });
    } catch (err) {
      if (err.message !== "dispatch_failed" && err.message !== "operation_timeout" && !text.value) { text.value = line; grow(); }
      throw err;
    }
  });
}

function grow() {
  text.style.height = "auto";
  text.style.height = text.scrollHeight + "px";
}

// --- the list of commands ---

const hints = $("hints");
const options = hints ? [...hints.querySelectorAll("[role=option]")] : [];
let chosen = -1;

function visibleHints() { return options.filter((o) => !o.hidden); }

function showHints() {
  const start = /^\/\S*$/.test(text.value) ? text.value : null;
  for (const o of options) o.hidden = start === null || !o.dataset.command.startsWith(start);
  const list = visibleHints();
  hints.hidden = list.length === 0;
  choose(list.length ? 0 : -1);
}

function hideHints() { if (hints) { hints.hidden = true; choose(-1); } }

function choose(i) {
  chosen = i;
  const list = visibleHints();
  options.forEach((o) => o.setAttribute("aria-selected", "false"));
  if (i >= 0 && list[i]) {
    list[i].setAttribute("aria-selected", "true");
    list[i].scrollIntoView({ block: "nearest" });
    text.setAttribute("aria-activedescendant", list[i].id);
  } else {
    text.removeAttribute("aria-activedescendant");
  }
}

function take(option) {
  text.value = option.dataset.command + " ";
  hideHints();
  text.focus();
}

let newLine = false;
if (text) {
  text.addEventListener("input", () => { grow(); showHints(); });
  text.addEventListener("blur", () => setTimeout(hideHints, 150));
  text.addEventListener("keydown", (e) => {
    const list = hints.hidden ? [] : visibleHints();
    if (list.length && (e.key === "ArrowDown" || e.key === "ArrowUp")) {
      e.preventDefault();
      choose((chosen + (e.key === "ArrowDown" ? 1 : list.length - 1)) % list.length);
    } else if (list.length && (e.key === "Tab" || e.key === "Enter") && chosen >= 0 && list[chosen].dataset.command !== text.value) {
      e.preventDefault();
      take(list[chosen]);
    } else if (e.key === "Escape") {
      hideHints();
    } else if (e.key === "Enter" && !e.shiftKey && !e.isComposing) {
      e.preventDefault();
      submitText();
    }
    newLine = e.key === "Enter" && e.shiftKey;
  });
  // Some ways of typing send the line break apart from the key.
  text.addEventListener("beforeinput", (e) => {
    if (e.inputType === "insertLineBreak" && !newLine) e.preventDefault();
  });
  $("composer").addEventListener("submit", (e) => { e.preventDefault(); submitText(); });
  hints.addEventListener("mousedown", (e) => {
    const o = e.target.closest("[role=option]");
    if (o) { e.preventDefault(); take(o); }
  });
  $("attach")?.addEventListener("change", async (e) => {
    const file = e.target.files[0];
    if (!file) return;
    const words = text.value;
    const content = await file.text();
    e.target.value = "";
    attempt(async () => {
      await send("file", { person: as, name: file.name, content, mimetype: file.type, text: words });
      text.value = "";
    });
  });
}

// --- pressing and picking ---

// origin says where an element stands: in a message or in a view.
function origin(el) {
  const row = el.closest("[data-ts]");
  if (row) return { channel, ts: row.dataset.ts };
  const view = el.closest("[data-view]");
  return { view_id: view.dataset.view };
}

function confirmed(el) {
  if (!el.dataset.confirm) return true;
  return window.confirm(JSON.parse(el.dataset.confirm).filter(Boolean).join("\n\n"));
}

function press(el, value) {
  if (el.getAttribute("aria-busy")) return;
  if (!confirmed(el)) return;
  const body = { person: as, ...origin(el), action_id: el.dataset.action, block_id: el.dataset.block };
  if (value !== undefined && value !== "") body.value = value;
  attempt(() => send("click", body), el);
}

function ticked(el) { return [...el.querySelectorAll("input:checked")].map((i) => i.value); }

document.addEventListener("click", (e) => {
  const el = e.target.closest("button, a.btn");
  if (!el) return;
  if (el.dataset.clock) {
    attempt(() => send("clock", JSON.parse(el.dataset.clock)), el);
  } else if (el.dataset.try !== undefined) {
    text.value = el.dataset.try;
    text.focus();
    submitText();
  } else if (el.dataset.edit !== undefined) {
    const next = window.prompt("Edit the message", el.dataset.edit);
    if (next !== null && next !== el.dataset.edit) attempt(() => send("edit", { person: as, ts: el.closest("[data-ts]").dataset.ts, text: next }), el);
  } else if (el.dataset.delete !== undefined) {
    if (window.confirm("Delete this message?")) attempt(() => send("delete", { person: as, ts: el.closest("[data-ts]").dataset.ts }), el);
  } else if (el.dataset.close !== undefined) {
    closeModal();
  } else if (el.dataset.send !== undefined) {
    const picker = el.closest("[data-action]");
    const input = picker.querySelector("input[type=date], input[type=time]");
    if (input && !input.value) { input.focus(); return; }
    picker.removeAttribute("open"); // of a list that was unfolded
    press(picker, input ? input.value : ticked(picker));
  } else if (el.dataset.action) {
    el.closest("details")?.removeAttribute("open");
    press(el, el.dataset.value);
  }
});

document.addEventListener("change", (e) => {
  const el = e.target.closest("[data-pick]");
  if (!el) return;
  if (el.tagName === "SELECT") { if (el.value) press(el, el.value); return; }
  const radio = e.target.type === "radio";
  press(el, radio ? e.target.value : ticked(el));
});

document.addEventListener("keydown", (e) => {
  if (e.key === "Enter" && e.target.matches(".picker input")) {
    e.preventDefault();
    e.target.parentElement.querySelector("[data-send]")?.click();
  }
});

// --- modals ---

function fields() {
  const values = {};
  for (const el of modal.querySelectorAll("[data-field]")) {
    const group = el.querySelector("fieldset");
    if (group) {
      const list = ticked(group);
      values[el.dataset.field] = el.dataset.kind === "radio_buttons" ? list[0] || "" : list;
      continue;
    }
    const input = el.querySelector("input, textarea, select");
    if (input) values[el.dataset.field] = input.value;
  }
  return values;
}

function fillIn(values) {
  for (const el of modal.querySelectorAll("[data-field]")) {
    const value = values[el.dataset.field];
    if (value === undefined) continue;
    const group = el.querySelector("fieldset");
    if (group) {
      for (const i of group.querySelectorAll("input")) i.checked = [].concat(value).includes(i.value);
      continue;
    }
    const input = el.querySelector("input, textarea, select");
    if (input && value) input.value = value;
  }
}

function closeModal() {
  const id = modal.dataset.view;
  if (id) attempt(() => send("close", { person: as, view_id: id }));
}

modal.addEventListener("cancel", (e) => { e.preventDefault(); closeModal(); });
modal.addEventListener("submit", (e) => {
  e.preventDefault();
  attempt(() => send("submit", { person: as, view_id: modal.dataset.view, values: fields() }), modal.querySelector("[type=submit]"));
});

// --- beginning ---

if (scroll) scroll.scrollTop = scroll.scrollHeight;
if (modal.innerHTML.trim()) modal.showModal();
if (text && window.matchMedia("(min-width: 720px)").matches) text.focus();
if (place === "home") attempt(() => send("open_home", { person: as }));
