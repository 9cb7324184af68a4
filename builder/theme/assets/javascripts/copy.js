// Copies the text of the element that a button names in data-copy; data-done around it says what to show then.
// Without this script the text can still be selected.
(() => {
  const text = (button) => {
    const lines = document.getElementById(button.dataset.copy).textContent;
    return button.dataset.lines === "crlf" ? lines.replace(/\r?\n/g, "\r\n") : lines;
  };

  // Pages opened from a disk or over plain HTTP have no clipboard of their own; the old command still copies there.
  const copyOldWay = (value) => {
    const field = document.createElement("textarea");
    field.value = value;
    field.style.position = "fixed";
    field.style.opacity = "0";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  };

  const copy = async (value) => {
    try {
      await navigator.clipboard.writeText(value);
      return true;
    } catch {
      return copyOldWay(value);
    }
  };

  for (const button of document.querySelectorAll("button[data-copy]")) {
    const name = button.textContent;
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      if (!(await copy(text(button)))) return;
      button.textContent = button.closest("[data-done]").dataset.done;
      button.focus();
      setTimeout(() => (button.textContent = name), 2000);
    });
  }
})();
