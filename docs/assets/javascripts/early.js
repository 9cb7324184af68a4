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

{
  const chosen = window.__md_get("__palette")?.color ?? { media: "(prefers-color-scheme)" };
  if (chosen.media === "(prefers-color-scheme)") {
    const wanted = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    const option = document.querySelector(`[data-md-color-media='(prefers-color-scheme: ${wanted})']`);
    for (const name of ["scheme", "primary", "accent"]) chosen[name] = option?.getAttribute(`data-md-color-${name}`) ?? chosen[name];
  }
  for (const [name, value] of Object.entries(chosen)) if (value) document.body.setAttribute(`data-md-color-${name}`, value);
}
