// What a person does with what the app shows: press, pick, and the menus of
// messages.
import { as, ask, attempt, channel, send, $ } from "./core.js";
import { closeModal, fieldsOf } from "./form.js";
import { rewrite, submitText } from "./write.js";
import { fault, openThread, shut, viewPicture } from "./panels.js";

// origin says where an element stands: in a message or in a view.
function origin(el) {
  const row = el.closest("[data-ts]");
  if (row) return { channel, ts: row.dataset.ts };
  const view = el.closest("[data-view]");
  return { view_id: view.dataset.view, fields: fieldsOf(view) };
}

async function confirmed(el) {
  if (!el.dataset.confirm) return true;
  const [title, text, yes, no, style] = JSON.parse(el.dataset.confirm);
  return ask({ title, text, yes, no, danger: style === "danger" });
}

async function press(el, value) {
  if (el.getAttribute("aria-busy")) return;
  // All of it before the question: what was pressed may be drawn anew meanwhile.
  const body = { person: as, ...origin(el), action_id: el.dataset.action, block_id: el.dataset.block };
  if (value !== undefined && value !== "") body.value = value;
  if (!await confirmed(el)) return;
  attempt(() => send("click", body), el);
}

function ticked(el) { return [...el.querySelectorAll("input:checked")].map((i) => i.value); }

// sendPicked sends what a picker or an unfolded list holds.
function sendPicked(el) {
  const picker = el.closest("[data-action]");
  const input = picker.querySelector("input[type=date], input[type=time]");
  if (input && !input.value) { input.focus(); return; }
  picker.removeAttribute("open");
  press(picker, input ? input.value : ticked(picker));
}

function trySay(line) {
  $("composer-text").value = line;
  $("composer-text").focus();
  submitText();
}

// What each kind of button does; the first that matches counts.
const does = [
  ["[data-clock]", (el) => attempt(() => send("clock", JSON.parse(el.dataset.clock)), el)],
  ["[data-fault]", (el) => fault(el)],
  ["[data-try]", (el) => trySay(el.dataset.try)],
  ["[data-more]", (el) => messageMenu(el)],
  ["[data-thread]", (el) => openThread(el.closest("[data-ts]").dataset.ts)],
  ["[data-view-picture]", (el) => viewPicture(el)],
  ["[data-shut]", (el) => shut(el.dataset.shut)],
  ["[data-close]", () => closeModal()],
  ["[data-send]", (el) => sendPicked(el)],
  ["#shortcuts", (el) => menu(el, $("global-menu").content, (item) => shortcut(item, {}))],
];

document.addEventListener("click", (e) => {
  const el = e.target.closest("button, a.btn");
  if (!el || el.closest(".menu-list")) return;
  const found = does.find(([selector]) => el.matches(selector));
  if (found) found[1](el);
  else if (el.dataset.action) {
    el.closest("details")?.removeAttribute("open");
    press(el, el.dataset.value);
  }
});

document.addEventListener("change", (e) => {
  const field = e.target.closest("[data-dispatch]");
  if (field) {
    press(field, field.tagName === "FIELDSET" ? ticked(field) : e.target.value);
    return;
  }
  const el = e.target.closest("[data-pick]");
  if (!el) return;
  if (el.tagName === "SELECT") { if (el.value) press(el, el.value); return; }
  press(el, e.target.type === "radio" ? e.target.value : ticked(el));
});

document.addEventListener("keydown", (e) => {
  if (e.key === "Enter" && e.target.matches(".picker input")) {
    e.preventDefault();
    e.target.parentElement.querySelector("[data-send]")?.click();
  }
});

// --- menus ---

function shortcut(item, where) {
  attempt(() => send("shortcut", { person: as, callback_id: item.dataset.shortcut, ...where }));
}

// messageMenu offers the app's shortcuts, and what one can do with one's own.
function messageMenu(button) {
  const row = button.closest("[data-ts]");
  const ts = row.dataset.ts;
  const items = $("message-menu").content.cloneNode(true);
  const add = (words, name, danger) => {
    const b = Object.assign(document.createElement("button"), { type: "button", textContent: words, className: danger ? "danger" : "" });
    b.setAttribute("role", "menuitem");
    b.dataset[name] = "";
    items.append(b);
  };
  if (items.childElementCount) items.append(document.createElement("hr"));
  add("Reply in a thread", "reply");
  if (button.dataset.mine !== undefined) {
    add("Edit message", "edit");
    add("Delete message…", "delete", true);
  }
  menu(button, items, async (item) => {
    if (item.dataset.shortcut) shortcut(item, { channel, ts });
    else if (item.dataset.reply !== undefined) openThread(ts);
    else if (item.dataset.edit !== undefined) rewrite(row, button.dataset.mine);
    else {
      const sure = await ask({
        title: "Delete message", text: "Are you sure you want to delete this message? This cannot be undone.",
        quote: button.dataset.mine, yes: "Delete", danger: true,
      });
      if (sure) attempt(() => send("delete", { person: as, ts }));
    }
  });
}

// menu opens a menu at a button: arrows move, Enter picks, Escape closes, and
// the focus goes back to the button.
function menu(button, content, pick) {
  const open = document.querySelector(".menu-list");
  open?.dispatchEvent(new Event("shut"));
  if (open?.opener === button) return;
  const list = document.createElement("div");
  list.className = "menu-list";
  list.opener = button;
  list.setAttribute("role", "menu");
  list.setAttribute("aria-label", button.getAttribute("aria-label") || button.textContent.trim());
  list.append(content.cloneNode(true));
  list.querySelector("hr")?.setAttribute("role", "separator");
  document.body.append(list);
  button.setAttribute("aria-expanded", "true");
  const at = button.getBoundingClientRect();
  const below = at.bottom + list.offsetHeight + 8 < window.innerHeight;
  list.style.top = Math.max(8, below ? at.bottom + 4 : at.top - list.offsetHeight - 4) + "px";
  list.style.left = Math.max(8, Math.min(at.right - list.offsetWidth, window.innerWidth - list.offsetWidth - 8)) + "px";
  const items = [...list.querySelectorAll("[role=menuitem]")];
  for (const i of items) i.tabIndex = -1;
  items[0]?.focus();
  const close = (focus) => {
    list.remove();
    button.setAttribute("aria-expanded", "false");
    document.removeEventListener("mousedown", away);
    if (focus) (button.isConnected ? button : $("composer-text"))?.focus();
  };
  const away = (e) => { if (!list.contains(e.target) && !button.contains(e.target)) close(false); };
  document.addEventListener("mousedown", away);
  list.addEventListener("shut", () => close(false));
  list.addEventListener("keydown", (e) => {
    const i = items.indexOf(document.activeElement);
    const to = { ArrowDown: i + 1, ArrowUp: i - 1 + items.length, Home: 0, End: items.length - 1 }[e.key];
    if (to !== undefined) { e.preventDefault(); items[to % items.length].focus(); }
    if (e.key === "Escape" || e.key === "Tab") { e.preventDefault(); e.stopPropagation(); close(true); }
  });
  list.addEventListener("click", (e) => {
    const item = e.target.closest("[role=menuitem]");
    if (!item) return;
    close(true);
    pick(item);
  });
}
