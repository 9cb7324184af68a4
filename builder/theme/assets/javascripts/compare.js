// Shows the raw file, the script in which it was printed, or the section of a document that a link names, beside the
// article; the place in the text is kept.
(() => {
  const foot = document.getElementById("cited");
  const buttons = document.querySelectorAll("[data-beside]");
  let pane = null;
  let opener = null;

  // The paragraph at the top of the window stays there while the column changes its width.
  const keepingPlace = (change) => {
    const top = [...document.querySelectorAll(".md-content p")].find((paragraph) => paragraph.getBoundingClientRect().bottom > 80);
    const before = top?.getBoundingClientRect().top ?? 0;
    change();
    window.scrollBy({ top: (top?.getBoundingClientRect().top ?? 0) - before, behavior: "instant" });
    return top;
  };

  const close = () => {
    if (!pane) return;
    keepingPlace(() => {
      document.documentElement.classList.remove("beside");
      pane.remove();
    });
    pane = null;
    opener.setAttribute("aria-expanded", "false");
    opener.focus({ preventScroll: true });
  };

  const content = async (address) => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(String(answer.status));
    const text = await answer.text();
    if (!/\.html(#|$)/.test(address)) return Object.assign(document.createElement("pre"), { textContent: text });
    const page = new DOMParser().parseFromString(text, "text/html").querySelector("article");
    for (const part of page.querySelectorAll("script, .crumbs, .pager, .plan-foot, .plan-articles, .cite, .tools")) part.remove();
    return page;
  };

  const found = (body, paragraph, fragment) => {
    const place = fragment || paragraph?.id;
    const named = place && body.querySelector(`#${CSS.escape(place)}`);
    if (named) return named.scrollIntoView({ block: "center" });
    const words = paragraph?.textContent.trim().slice(0, 10) ?? "";
    const node = body.firstChild;
    const start = node?.nodeType === Node.TEXT_NODE && words ? node.data.indexOf(words) : -1;
    if (start < 0) return undefined;
    const range = document.createRange();
    range.setStart(node, start);
    range.setEnd(node, start + 1);
    body.parentNode.scrollTop = range.getBoundingClientRect().top - body.getBoundingClientRect().top - 40;
    return undefined;
  };

  const open = async (button) => {
    const address = button.dataset.beside;
    let body;
    try {
      body = await content(address);
    } catch {
      window.location.href = address; // from a disk nothing can be fetched: the file itself is shown
      return;
    }
    opener = button;
    pane = Object.assign(document.createElement("aside"), { className: "beside-pane md-typeset", tabIndex: -1 });
    pane.classList.toggle("as-printed", button.id === "beside-printed"); // the switch of scripts leaves it alone
    pane.setAttribute("aria-label", button.textContent);
    const shut = Object.assign(document.createElement("button"), { type: "button", textContent: foot.dataset.close });
    shut.addEventListener("click", close);
    pane.append(shut, body);
    const top = keepingPlace(() => {
      document.documentElement.classList.add("beside");
      document.body.append(pane);
    });
    button.setAttribute("aria-expanded", "true");
    pane.focus({ preventScroll: true });
    found(body, top, new URL(address, window.location.href).hash.slice(1));
  };

  for (const button of buttons) {
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", () => {
      const again = pane && opener === button;
      close();
      if (!again) open(button);
    });
  }
  document.addEventListener("keydown", (event) => event.key === "Escape" && close());
})();
