"use strict";
{
  const all = (selector) => [...document.querySelectorAll(selector)];
  // A link to a function that is folded opens it.
  const unfold = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target instanceof HTMLDetailsElement) target.open = true;
  };
  addEventListener("hashchange", unfold);
  unfold();

  const print = document.querySelector(".print");
  print.hidden = false;
  print.addEventListener("click", () => window.print());
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = all("details:not([open])");
    for (const part of folded) part.open = true;
  });
  addEventListener("afterprint", () => {
    for (const part of folded) part.open = false;
  });

  for (const box of all(".copied")) {
    const lines = box.querySelector("pre");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = box.dataset.copy;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(lines.textContent);
        button.textContent = box.dataset.copied;
      } catch {
        getSelection().selectAllChildren(lines);
        button.textContent = box.dataset.selected;
      }
      setTimeout(() => { button.textContent = box.dataset.copy; }, 2000);
    });
    box.append(button);
  }
}
