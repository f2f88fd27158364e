// Small improvements. Every page works without them.
"use strict";

// After a form was not right, whoever uses a keyboard or a screen reader starts at the summary.
const summary = document.getElementById("summary");
if (summary) summary.focus();

// Printing.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// A list that fills up: fetched again every two seconds while somebody looks, until it is full.
const live = document.querySelector("[data-live]");
if (live) {
  const source = live.dataset.live;
  const fetchAgain = async () => {
    if (document.hidden || live.contains(document.activeElement)) return false;
    const answer = await fetch(source, { redirect: "error" });
    if (!answer.ok) return true;
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    const line = next.getElementById("summary-line");
    if (!line) return true;
    // Words that stay the same are not put in again, so that they are not read out again.
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
