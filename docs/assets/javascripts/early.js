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
  const form = document.querySelector("form[data-options]");
  const options = (form?.dataset.options ?? "").split(";").filter(Boolean).map((option) => option.split("|"));
  const { mdColorPrimary: primary, mdColorAccent: accent } = document.body.dataset;
  options.forEach(([media, scheme, name], number) => {
    const input = Object.assign(document.createElement("input"), { className: "md-option", type: "radio", name: "__palette", id: `__palette_${number}` });
    for (const [key, value] of Object.entries({ media, scheme, primary, accent })) input.setAttribute(`data-md-color-${key}`, value);
    input.setAttribute("aria-label", name);
    const label = Object.assign(document.createElement("label"), { className: "md-header__button md-icon", title: name, htmlFor: `__palette_${(number + 1) % options.length}`, hidden: true });
    const icon = document.createElement("i");
    icon.className = `icon icon-${/dark|light/.exec(media)?.[0] ?? "auto"}`;
    label.append(icon);
    form.append(input, label);
  });
}

// The search box, as the theme's script expects it: markup of its own making, and the page's words put in as text.
{
  const search = document.querySelector(".md-search[data-page]");
  if (search) {
    search.innerHTML =
      '<label class="md-search__overlay" for="__search"></label><div class="md-search__inner" role="search"><form class="md-search__form" name="search">' +
      '<input type="text" class="md-search__input" name="query" autocapitalize="off" autocomplete="off" spellcheck="false" data-md-component="search-query" required>' +
      '<label class="md-search__icon md-icon" for="__search"><i class="icon icon-search"></i></label><nav class="md-search__options">' +
      '<a class="md-search__icon md-icon" tabindex="-1"><i class="icon icon-tune"></i></a>' +
      '<button type="reset" class="md-search__icon md-icon" tabindex="-1"><i class="icon icon-close"></i></button></nav></form>' +
      '<div class="md-search__output"><div class="md-search__scrollwrap" tabindex="0" data-md-scrollfix><div class="md-search-result" data-md-component="search-result">' +
      '<div class="md-search-result__meta"></div><ol class="md-search-result__list" role="presentation"></ol></div></div></div></div>';
    const { placeholder, reset, wait, page, filters } = search.dataset;
    const [input, link, button] = ["input", "nav a", "button"].map((selector) => search.querySelector(selector));
    input.placeholder = placeholder;
    input.setAttribute("aria-label", placeholder);
    link.href = page;
    link.setAttribute("aria-label", filters);
    button.setAttribute("aria-label", reset);
    search.querySelector(".md-search-result__meta").textContent = wait;
    for (const part of search.querySelectorAll("nav, [role=search]")) part.setAttribute("aria-label", search.getAttribute("aria-label"));
  }
}

{
  const chosen = window.__md_get("__palette")?.color ?? { media: "(prefers-color-scheme)" };
  if (chosen.media === "(prefers-color-scheme)") {
    const wanted = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    const option = document.querySelector(`[data-md-color-media='(prefers-color-scheme: ${wanted})']`);
    for (const name of ["scheme", "primary", "accent"]) chosen[name] = option?.getAttribute(`data-md-color-${name}`) ?? chosen[name];
  }
  for (const [name, value] of Object.entries(chosen)) if (value) document.body.setAttribute(`data-md-color-${name}`, value);
}

// The theme takes every link[rel=alternate] for this site in another language and asks for a sitemap beside it, in vain.
// Feeds and records are named a little differently to it; who reads the page as it was sent sees them as usual.
for (const link of document.head.querySelectorAll("link[rel=alternate]:not([hreflang])")) link.rel = "alternate feed";
