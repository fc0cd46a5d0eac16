// What opens beside the conversation: a thread, what goes on behind the scenes,
// and, on a narrow screen, the sidebar and the clock.
import { as, attempt, channel, oneAtATime, send, $ } from "./core.js";
import { read, showRows } from "./draw.js";
import { enterSends, grow } from "./write.js";

let refresh = () => {};
let listen = () => {};
const opener = {}; // what had the focus before each panel opened

// start is told how to look again, and how to listen for traffic.
export function start(again, hear) {
  refresh = again;
  listen = hear;
  if (sessionStorage.getItem("panel")) openPanel();
}

// --- a thread ---

let thread = "";
export const threadTS = () => thread;

export function openThread(ts) {
  thread = ts;
  opener.thread = document.activeElement;
  shut("panel");
  $("thread").hidden = false;
  $("thread-log").replaceChildren();
  refresh();
  $("reply-text").focus();
}

export function showThread(state) {
  if (!thread) return;
  if (!state) { shut("thread"); return; }
  showRows($("thread-log"), state.rows);
}

function reply() {
  const line = $("reply-text").value;
  if (!line.trim()) return;
  $("reply-text").value = "";
  grow($("reply-text"));
  attempt(() => send("say", { person: as, channel, text: line, thread_ts: thread }));
}
enterSends($("reply-text"), reply);
$("reply").addEventListener("submit", (e) => { e.preventDefault(); reply(); });

// --- behind the scenes ---

let after = 0;

// showTraffic looks for what was called and answered since the last time.
export const showTraffic = oneAtATime(async () => {
  if ($("panel").hidden) return;
  const res = await fetch("/page/traffic?as=" + encodeURIComponent(as) + "&after=" + after);
  const state = await res.json();
  after = state.after;
  for (const row of state.rows) {
    const old = $(row.key);
    const fresh = read(row.html);
    if (old) {
      fresh.firstElementChild.open = old.firstElementChild.open;
      const focused = old.contains(document.activeElement);
      old.replaceWith(fresh);
      if (focused) fresh.querySelector("summary").focus();
    } else {
      $("exchanges").prepend(fresh);
    }
  }
  while ($("exchanges").childElementCount > state.most) $("exchanges").lastElementChild.remove();
});

function openPanel() {
  shut("thread");
  opener.panel = document.activeElement;
  $("panel").hidden = false;
  $("show-panel").setAttribute("aria-expanded", "true");
  sessionStorage.setItem("panel", "1");
  listen(true);
  showTraffic();
}

$("show-panel").addEventListener("click", () => {
  if (!$("panel").hidden) { shut("panel"); return; }
  openPanel();
  $("panel").querySelector("[aria-selected=true]").focus();
});

const tabs = [...$("panel").querySelectorAll("[role=tab]")];
function choose(tab) {
  for (const t of tabs) {
    t.setAttribute("aria-selected", String(t === tab));
    t.tabIndex = t === tab ? 0 : -1;
    $(t.getAttribute("aria-controls")).hidden = t !== tab;
  }
}
for (const [i, t] of tabs.entries()) {
  t.addEventListener("click", () => choose(t));
  t.addEventListener("keydown", (e) => {
    if (e.key !== "ArrowRight" && e.key !== "ArrowLeft") return;
    const next = tabs[(i + 1) % tabs.length];
    choose(next);
    next.focus();
  });
}

export async function fault(button) {
  await attempt(() => send("fault", JSON.parse(button.dataset.fault)), button);
  refresh();
}

// --- closing ---

export function shut(id) {
  const el = $(id);
  if (el.hidden) return;
  const inside = el.contains(document.activeElement);
  el.hidden = true;
  if (id === "thread") thread = "";
  if (id === "panel") {
    $("show-panel").setAttribute("aria-expanded", "false");
    sessionStorage.removeItem("panel");
    listen(false);
  }
  if (inside) (opener[id]?.isConnected ? opener[id] : $("composer-text") || $("home"))?.focus();
}

for (const id of ["thread", "panel"]) {
  $(id).addEventListener("keydown", (e) => { if (e.key === "Escape") shut(id); });
}

// --- a narrow screen ---

function unfold(button, el) {
  const open = el.classList.toggle("open");
  button.setAttribute("aria-expanded", String(open));
  if (open) el.querySelector("a, button")?.focus();
}
$("show-side").addEventListener("click", (e) => unfold(e.currentTarget, $("side")));
$("show-clock").addEventListener("click", (e) => unfold(e.currentTarget, $("clock")));
document.addEventListener("keydown", (e) => {
  if (e.key !== "Escape") return;
  for (const [button, el] of [[$("show-side"), $("side")], [$("show-clock"), $("clock")]]) {
    if (el.classList.contains("open")) { unfold(button, el); button.focus(); }
  }
});
document.addEventListener("mousedown", (e) => {
  const side = $("side");
  if (side.classList.contains("open") && !side.contains(e.target) && !$("show-side").contains(e.target)) unfold($("show-side"), side);
});

// --- a picture at full size ---

export function viewPicture(button) {
  const viewer = $("viewer");
  const small = button.querySelector("img");
  const part = (tag, more) => Object.assign(document.createElement(tag), more);
  const form = part("form", { method: "dialog" });
  const head = document.createElement("header");
  const close = part("button", { className: "close", textContent: "×" });
  close.setAttribute("aria-label", "Close");
  head.append(part("h2", { id: "viewer-title", textContent: button.dataset.name }), close);
  const foot = document.createElement("footer");
  foot.append(part("a", { className: "btn", href: button.dataset.viewPicture + "&download=1", download: "", textContent: "Download" }));
  form.append(head, part("img", { src: small.src, alt: small.alt }), foot);
  viewer.replaceChildren(form);
  viewer.showModal();
}
