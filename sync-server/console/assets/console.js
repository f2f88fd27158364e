// Small improvements. Every page works without them.
"use strict";

// Moves the focus to the error summary, for users of keyboards and screen readers.
const summary = document.getElementById("summary");
if (summary) summary.focus();

// Printing.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// Loads a page again while it is visible, until the phone shows its number or was connected.
const reload = document.querySelector("[data-reload]");
if (reload) {
  reload.hidden = false;
  const again = () => setTimeout(() => {
    if (document.hidden || document.activeElement !== document.body) again();
    else location.reload();
  }, 2000);
  again();
}

// Refreshes the delivery status every two seconds while the page is visible, until it is complete.
const live = document.querySelector("[data-live]");
if (live) {
  const source = live.dataset.live;
  const fetchAgain = async () => {
    if (document.hidden || live.contains(document.activeElement)) return false;
    const response = await fetch(source, { redirect: "error" });
    if (!response.ok) return true;
    const next = new DOMParser().parseFromString(await response.text(), "text/html");
    const line = next.getElementById("summary-line");
    if (!line) return true;
    // Unchanged text is not replaced, so that screen readers do not read it again.
    const shown = live.querySelector("#summary-line");
    if (shown && shown.textContent === line.textContent) return false;
    live.replaceChildren(...next.body.childNodes);
    return line.dataset.done === "true";
  };
  const wait = () => setTimeout(async () => {
    const isDone = await fetchAgain().catch(() => false);
    if (!isDone) wait();
  }, 2000);
  wait();
}
