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

// Looks every two seconds, while the page is visible, whether it has changed on the server, and loads it again
// then: the phone shows its number, or was connected. Reloading unasked would end the looking at the first one
// that fails, because the browser then shows a page of its own.
const reload = document.querySelector("[data-reload]");
if (reload) {
  reload.hidden = false;
  const isChanged = async () => {
    if (document.hidden || document.activeElement !== document.body) return false;
    const response = await fetch(location.href, { redirect: "manual" });
    if (response.status >= 500) return false;
    const next = new DOMParser().parseFromString(await response.text(), "text/html");
    const main = next.querySelector("main");
    return !main || main.textContent !== document.querySelector("main").textContent;
  };
  const look = () => setTimeout(async () => {
    if (await isChanged().catch(() => false)) location.reload();
    else look();
  }, 2000);
  look();
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
