// Runs before anything is drawn: says that scripts run, and paints the page in the reader's colours from the start.
// The three functions are the theme's own interface to what it keeps in the browser.
document.documentElement.classList.replace("no-js", "js");
window.__md_scope = new URL("../..", document.currentScript.src);
window.__md_hash = (text) => [...text].reduce((hash, character) => ((hash << 5) - hash + character.charCodeAt(0)) | 0, 0);
window.__md_get = (key, storage = localStorage, scope = window.__md_scope) => {
  try {
    return JSON.parse(storage.getItem(`${scope.pathname}.${key}`));
  } catch {
    return null;
  }
};
window.__md_set = (key, value, storage = localStorage, scope = window.__md_scope) => {
  try {
    storage.setItem(`${scope.pathname}.${key}`, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing still shows the page.
  }
};

// The form that chooses the colours: a radio button for each option, and its label, which leads to the next.
{
  const palette = document.querySelector("form[data-options]");
  const options = (palette?.dataset.options ?? "").split(";").filter(Boolean).map((option) => option.split("|"));
  const { mdColorPrimary: primary, mdColorAccent: accent } = document.body.dataset;
  options.forEach(([media, scheme, name], number) => {
    const input = Object.assign(document.createElement("input"), { className: "md-option", type: "radio", name: "__palette", id: `__palette_${number}` });
    for (const [key, value] of Object.entries({ media, scheme, primary, accent })) input.setAttribute(`data-md-color-${key}`, value);
    input.setAttribute("aria-label", name);
    const label = Object.assign(document.createElement("label"), { className: "md-header__button md-icon", title: name, htmlFor: `__palette_${(number + 1) % options.length}`, hidden: true });
    const icon = document.createElement("i");
    icon.className = `icon icon-${/dark|light/.exec(media)?.[0] ?? "auto"}`;
    label.append(icon);
    palette.append(input, label);
  });
}

// The colours: those kept, or else the first option's. The theme's script does the same once it is there.
{
  const palette = document.querySelector("form[data-options]");
  const inputs = [...(palette?.querySelectorAll("input") ?? [])];
  const colours = (input) => Object.fromEntries(["media", "scheme", "primary", "accent"].map((name) => [name, input?.getAttribute(`data-md-color-${name}`)]));
  const tint = document.head.appendChild(Object.assign(document.createElement("meta"), { name: "theme-color" }));
  const paint = (index, color) => {
    const wanted = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    const system = color.media === "(prefers-color-scheme)" && palette?.querySelector(`[data-md-color-media='(prefers-color-scheme: ${wanted})']`);
    const shown = system ? { ...colours(system), media: color.media } : color;
    for (const [name, value] of Object.entries(shown)) if (value) document.body.setAttribute(`data-md-color-${name}`, value);
    inputs.forEach((input, number) => (input.nextElementSibling.hidden = number !== index));
    tint.content = getComputedStyle(document.querySelector(".md-header")).backgroundColor;
  };
  const { index = 0, color } = window.__md_get("__palette") ?? {};
  paint(Math.max(0, Math.min(index, inputs.length - 1)), color ?? colours(inputs[0]));
  palette?.addEventListener("change", ({ target }) => {
    const chosen = { index: inputs.indexOf(target), color: colours(target) };
    paint(chosen.index, chosen.color);
    window.__md_set("__palette", chosen);
  });
}

// A report names the page that it is about; without scripts the form is empty.
document.addEventListener("click", ({ target }) => {
  const link = target.closest?.("a[data-report]");
  if (!link) return;
  const address = new URL(link.href);
  address.searchParams.set(link.dataset.report, `${document.title}\n${window.location.href}\n\n`);
  link.href = address.href.replaceAll("+", "%20");
});

// The theme takes every link[rel=alternate] for this site in another language and asks for a sitemap beside it, in vain.
// Feeds and records are named a little differently to it; who reads the page as it was sent sees them as usual.
for (const link of document.head.querySelectorAll("link[rel=alternate]:not([hreflang])")) link.rel = "alternate feed";

// The theme's script serves what a reader does: it follows the contents, opens what is folded. A page is read before anything
// is done with it, so the script comes at the first sign of a reader; an address that names a place needs it at once.
{
  const signs = ["pointermove", "pointerdown", "touchstart", "wheel", "scroll", "keydown", "click", "change", "beforeprint"];
  const parsed = new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true }));

  const load = () => {
    const script = document.createElement("script");
    script.src = document.getElementById("__theme").href;
    script.onload = () => window.document$.next(document); // it waits for the end of parsing, which has passed
    document.body.append(script);
  };
  const wake = () => {
    for (const sign of signs) window.removeEventListener(sign, wake, true);
    parsed.then(load);
  };

  for (const sign of signs) window.addEventListener(sign, wake, { capture: true, passive: true });
  if (window.location.hash) wake();
}
