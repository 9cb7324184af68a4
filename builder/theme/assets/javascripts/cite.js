// Copies citations. Without this script their text can still be selected.
(() => {
  const copied = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const field = Object.assign(document.createElement("textarea"), { value: text });
      field.style.cssText = "position: fixed; opacity: 0";
      document.body.append(field);
      field.select();
      const worked = document.execCommand("copy"); // pages opened from a disk or over plain HTTP have no clipboard of their own
      field.remove();
      return worked;
    }
  };

  // Each text below data-copy, which names the button, gets a button that copies it; data-done is what that shows then.
  for (const element of document.querySelectorAll("[data-copy] > pre")) {
    const { copy: name, done } = element.parentElement.dataset;
    const text = element.dataset.lines === "crlf" ? element.textContent.replace(/\r?\n/g, "\r\n") : element.textContent;
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: name, ariaLive: "polite" });
    element.previousElementSibling.append(" ", button);
    button.addEventListener("click", async () => {
      if (!(await copied(text))) return;
      button.textContent = done;
      button.focus();
      setTimeout(() => (button.textContent = name), 2000);
    });
  }

  // "Cite this paragraph": copies the citation with the paragraph's place, its address and the day of access. Plans bring a sign of
  // their own for each paragraph, which without this script is a plain link to it; an article's signs are made here.
  const notice = document.querySelector(".plan-citation, #cited");
  if (!notice) return;
  const { citation, place: counted, name, short, done, share } = notice.dataset;

  const sign = (paragraph, number) => {
    const link = document.createElement("a");
    const place = counted.replace("{number}", number);
    Object.assign(link, { className: "cite", href: `#${paragraph.id}`, textContent: short });
    link.dataset.place = place;
    link.setAttribute("aria-label", `${name}：${place}`);
    return link;
  };
  if (counted) document.querySelectorAll(".kind-article p[id^=p-]").forEach((paragraph, index) => paragraph.append(sign(paragraph, index + 1)));

  const today = () => new Date().toLocaleDateString("sv"); // YYYY-MM-DD, in the reader's own zone
  const written = (link) => {
    const values = { place: link.dataset.place, accessed: today(), address: link.href };
    return citation.replace(/\{(place|accessed|address)\}/g, (_, key) => values[key]);
  };

  const shareButton = (text, url) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: share });
    button.addEventListener("click", () => navigator.share({ title: document.title, text, url }).catch(() => {}));
    return button;
  };

  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a.cite");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const text = written(link);
    if (!(await copied(text))) return; // the link itself still leads to the paragraph, whose address can be copied by hand
    notice.replaceChildren(Object.assign(document.createElement("span"), { textContent: `${done}：${link.dataset.place}` }));
    if (share && navigator.share) notice.append(shareButton(text, link.href));
    notice.hidden = false;
    clearTimeout(notice.timer);
    notice.timer = setTimeout(() => (notice.hidden = true), 6000);
  });
})();
