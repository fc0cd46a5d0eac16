// Forms: the modal that the app has open for this person.
import { as, attempt, modal, send, $ } from "./core.js";

// fieldsOf reads what is filled in in the fields of a form or a tab.
export function fieldsOf(part) {
  const values = {};
  for (const el of part.querySelectorAll("[data-field]")) {
    if (el.tagName === "FIELDSET") {
      const list = [...el.querySelectorAll("input:checked")].map((i) => i.value);
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
    if (el.tagName === "FIELDSET") {
      for (const i of el.querySelectorAll("input")) i.checked = [].concat(value).includes(i.value);
      continue;
    }
    const input = el.querySelector("input, textarea, select");
    if (input) input.value = value;
  }
}

let opener = null; // what had the focus before the form

// showModal shows the form of the server's state, or none.
export function showModal(state) {
  if (!state) {
    if (modal.open) modal.close();
    modal.innerHTML = "";
    delete modal.dataset.version;
    delete modal.dataset.view;
    return;
  }
  const fresh = modal.dataset.version !== state.version;
  if (fresh) {
    const same = modal.dataset.view === state.id;
    const typed = same ? fieldsOf(modal) : {};
    const focused = same ? document.activeElement?.id : "";
    modal.innerHTML = state.html;
    modal.dataset.version = state.version;
    modal.dataset.view = state.id;
    fillIn(typed);
    if (modal.open) focusForm(focused);
  }
  if (!modal.open) open();
  count();
}

function open() {
  opener = document.activeElement;
  modal.showModal();
  focusForm("");
  count();
}

// focusForm puts the focus where a person goes on: the first field with an
// error, the field they were in, the first field, or the title.
function focusForm(before) {
  const first = modal.querySelector(".modal-body input, .modal-body textarea, .modal-body select");
  (firstError() || (before && $(before)) || modal.querySelector("[autofocus]") || first || $("modal-title")).focus();
}

function firstError() {
  const at = modal.querySelector(".problem")?.closest("[data-field]");
  return at?.querySelector("input, textarea, select");
}

// Where a form was opened from is gone at times: drawn anew, or a command.
modal.addEventListener("close", () => {
  const again = opener?.isConnected && opener !== document.body ? opener : $("composer-text") || $("home");
  again?.focus();
});

// count shows how many characters are left where a field is bounded.
function count() {
  for (const input of modal.querySelectorAll("[data-max]")) {
    const left = input.dataset.max - [...input.value].length;
    let note = input.parentElement.querySelector(".count");
    if (left > input.dataset.max * 0.2) { note?.remove(); continue; }
    if (!note) {
      note = Object.assign(document.createElement("span"), { className: "count" });
      input.after(note);
    }
    note.textContent = left;
    note.classList.toggle("over", left < 0);
  }
}
modal.addEventListener("input", count);

export function closeModal() {
  const id = modal.dataset.view;
  if (id) attempt(() => send("close", { person: as, view_id: id }));
}

let refresh = async () => {};

// start is told how to look again.
export function start(again) {
  refresh = again;
  if (modal.innerHTML.trim()) open();
}

modal.addEventListener("cancel", (e) => { e.preventDefault(); closeModal(); });
modal.addEventListener("submit", (e) => {
  e.preventDefault();
  const button = modal.querySelector("[type=submit]");
  if (button?.getAttribute("aria-busy")) return;
  modal.querySelector(".trouble").hidden = true;
  attempt(async () => {
    const answer = await send("submit", { person: as, view_id: modal.dataset.view, values: fieldsOf(modal) });
    await refresh();
    if (answer.action === "errors") firstError()?.focus();
    else if (modal.open) focusForm("");
  }, button);
});

