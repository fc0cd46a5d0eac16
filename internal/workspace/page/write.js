// Writing: the composer with its list of commands, uploads, and rewriting what
// one has written.
import { as, attempt, channel, place, send, $ } from "./core.js";

const text = $("composer-text");

export function submitText() {
  const line = text.value;
  if (!line.trim()) return;
  text.value = "";
  grow(text);
  hideHints();
  const command = /^(\/\S+)\s*([\s\S]*)$/.exec(line);
  attempt(async () => {
    try {
      if (command) await send("command", { person: as, channel, command: command[1], text: command[2] });
      else await send("say", { person: as, channel, text: line });
    } catch (err) {
      if (err.message !== "dispatch_failed" && err.message !== "operation_timeout" && !text.value) { text.value = line; grow(text); }
      throw err;
    }
  });
}

export function grow(area) {
  area.style.height = "auto";
  area.style.height = area.scrollHeight + "px";
}

// enterSends makes Enter send what an area holds, and Shift + Enter a new line.
export function enterSends(area, sendIt) {
  let newLine = false;
  area.addEventListener("keydown", (e) => {
    newLine = e.key === "Enter" && e.shiftKey;
    if (e.key === "Enter" && !e.shiftKey && !e.isComposing && !e.defaultPrevented) {
      e.preventDefault();
      sendIt();
    }
  });
  // Some ways of typing send the line break apart from the key.
  area.addEventListener("beforeinput", (e) => {
    if (e.inputType === "insertLineBreak" && !newLine) e.preventDefault();
  });
  area.addEventListener("input", () => grow(area));
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

if (text) {
  text.addEventListener("input", showHints);
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
    } else if (e.key === "ArrowUp" && !text.value) {
      const mine = [...document.querySelectorAll("#log [data-mine]")].pop();
      if (mine) { e.preventDefault(); rewrite(mine.closest("[data-ts]"), mine.dataset.mine); }
    }
  });
  enterSends(text, submitText);
  $("composer").addEventListener("submit", (e) => { e.preventDefault(); submitText(); });
  hints.addEventListener("mousedown", (e) => {
    const o = e.target.closest("[role=option]");
    if (o) { e.preventDefault(); take(o); }
  });
  $("attach")?.addEventListener("change", (e) => upload(e.target));
  if (window.matchMedia("(min-width: 760px)").matches && place !== "home" && !location.hash) text.focus();
}

// upload shares a file with what is written beside it.
function upload(input) {
  const file = input.files[0];
  if (!file) return;
  const words = text.value;
  attempt(async () => {
    const content = await new Promise((done, failed) => {
      const reader = new FileReader();
      reader.onload = () => done(reader.result.slice(reader.result.indexOf(",") + 1));
      reader.onerror = () => failed(new Error("The file cannot be read."));
      reader.readAsDataURL(file);
    });
    input.value = "";
    await send("file", { person: as, name: file.name, base64: content, mimetype: file.type, text: words });
    text.value = "";
  });
}

// rewrite puts an editor in the place of one's own message.
export function rewrite(row, words) {
  const body = row.querySelector(".text");
  if (row.querySelector(".rewrite")) return;
  const form = document.createElement("form");
  form.className = "rewrite";
  const area = Object.assign(document.createElement("textarea"), { value: words, rows: 1 });
  area.setAttribute("aria-label", "Edit message");
  const buttons = document.createElement("div");
  const cancel = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: "Cancel" });
  buttons.append(cancel, Object.assign(document.createElement("button"), { className: "btn primary", textContent: "Save" }));
  form.append(area, buttons);
  body.hidden = true;
  body.after(form);
  grow(area);
  area.focus();
  const done = () => { form.remove(); body.hidden = false; text.focus(); };
  const save = () => {
    if (!area.value.trim()) return;
    done();
    if (area.value !== words) attempt(() => send("edit", { person: as, ts: row.dataset.ts, text: area.value }));
  };
  enterSends(area, save);
  area.addEventListener("keydown", (e) => { if (e.key === "Escape") done(); });
  cancel.addEventListener("click", done);
  form.addEventListener("submit", (e) => { e.preventDefault(); save(); });
}
