// What every part of the page uses: who one is and where, calls to the
// workspace, and what is said when they go wrong.
export const as = document.documentElement.dataset.as;
export const place = document.documentElement.dataset.in;
export const channel = document.documentElement.dataset.channel;
export const $ = (id) => document.getElementById(id);
export const modal = $("modal");

export async function send(path, body) {
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

// toast says what went wrong: in the form if one is open, as nothing else can
// be reached then, else at the foot of the page.
let toastTimer = 0;
export function toast(name) {
  const message = inWords[name] || name;
  const inForm = modal.open && modal.querySelector(".trouble");
  if (inForm) {
    inForm.textContent = message;
    inForm.hidden = false;
    return;
  }
  $("toast").textContent = message;
  $("toast").hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { $("toast").hidden = true; }, 6000);
}

// attempt does something that may fail and says so; control is busy meanwhile.
export async function attempt(what, control) {
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

// announce says something to a screen reader.
export function announce(line) {
  const p = document.createElement("p");
  p.textContent = line;
  $("said").append(p);
  setTimeout(() => p.remove(), 10000);
}

// ask is a question with two answers in a dialog of its own.
export function ask({ title, text, quote, yes, no, danger }) {
  const dialog = $("ask");
  const part = (tag, words, more) => Object.assign(document.createElement(tag), { textContent: words }, more);
  const form = part("form", "", { method: "dialog" });
  const head = document.createElement("header");
  head.append(part("h2", title || "Are you sure?", { id: "ask-title" }));
  form.append(head, part("p", text || "", { id: "ask-text" }));
  if (quote) form.append(part("blockquote", quote));
  const foot = document.createElement("footer");
  const refuse = part("button", no || "Cancel", { value: "", className: "btn", autofocus: true });
  foot.append(refuse, part("button", yes || "Yes", { value: "yes", className: "btn " + (danger ? "danger" : "primary") }));
  form.append(foot);
  dialog.replaceChildren(form);
  dialog.showModal();
  refuse.focus();
  // Not the dialog's close event: that of the question before may come now.
  return new Promise((done) => {
    form.addEventListener("submit", (e) => done(e.submitter?.value === "yes"), { once: true });
    dialog.addEventListener("cancel", () => done(false), { once: true });
  });
}

// oneAtATime is look as a function that never runs twice side by side: a call
// while it runs makes it run once more, so that what happened meanwhile is seen,
// and is over when that run is. What a look throws ends it: the workspace is
// gone, and the stream reconnects.
export function oneAtATime(look) {
  let looking = null;
  let again = false;
  return () => {
    if (looking) { again = true; return looking; }
    looking = (async () => {
      do {
        again = false;
        try { await look(); } catch { /* see above */ }
      } while (again);
      looking = null;
    })();
    return looking;
  };
}
