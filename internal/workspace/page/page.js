// The page of the local workspace. The server draws everything; these scripts
// send what a person does to /_local/ and put in place what has changed.
import { as, attempt, oneAtATime, place, send, $ } from "./core.js";
import { carry, focusIn, pin, replace, showRows } from "./draw.js";
import * as form from "./form.js";
import * as panels from "./panels.js";
import "./act.js";

// --- showing what has changed ---

// refresh looks at the workspace once more; it is over when the page shows what
// was there after the call.
const refresh = oneAtATime(async () => {
  const query = new URLSearchParams({ as, in: place, thread: panels.threadTS() });
  const res = await fetch("/page/state?" + query);
  if (res.ok) show(await res.json());
});

function show(state) {
  if ($("log")) showRows($("log"), state.rows);
  panels.showThread(state.thread);
  replace($("clock"), state.clock);
  replace($("people"), state.people);
  replace($("faults"), state.faults);
  markNew();
  online(state.online);
  if ($("home") && state.home && $("home").dataset.version !== state.home.version) showHome(state.home);
  form.showModal(state.modal);
}

function showHome(state) {
  const home = $("home");
  const old = home.cloneNode(true);
  const focus = focusIn(home);
  const top = home.scrollTop;
  home.innerHTML = state.html;
  carry(old, home);
  focus(home);
  home.scrollTop = top;
  home.dataset.view = state.id;
  home.dataset.version = state.version;
}

function online(is) {
  $("online").classList.toggle("on", is);
  $("online").setAttribute("aria-label", is ? "connected" : "not connected");
}

// markNew says at whose name something new was said since one was them.
function markNew() {
  for (const a of $("people").querySelectorAll("[data-person]")) {
    const key = "seen-" + a.dataset.person;
    if (a.dataset.person === as && place === "dm") localStorage.setItem(key, a.dataset.last);
    a.querySelector(".new").hidden = a.dataset.person === as || a.dataset.last <= (localStorage.getItem(key) || "");
  }
}

// --- hearing of it ---

let events = null;
function listen(traffic) {
  events?.close();
  events = new EventSource("/page/events?as=" + encodeURIComponent(as) + (traffic ? "&traffic=1" : ""));
  events.onmessage = (e) => {
    if (e.data !== "changed") panels.showTraffic();
    if (e.data !== "exchanged") refresh();
  };
  events.onerror = () => online(false);
}

// --- beginning ---

const scroll = $("scroll");
if (scroll && !location.hash) {
  scroll.scrollTop = scroll.scrollHeight;
  pin($("log"));
}
markNew();
form.start(refresh);
listen(false);
panels.start(refresh, listen);
if (place === "home" || place === "dm") {
  attempt(() => send("open_home", { person: as, tab: place === "home" ? "home" : "messages" }));
}
document.documentElement.dataset.ready = "";
