// What the search says, in the archive's language: `words` comes with the script (bundling.py).

export const labels = self.archiveSearchWords ?? {};

// A text with its values filled in.
export function said(name, values = {}) {
  return Object.entries(values).reduce((text, [value, given]) => text.replace(`{${value}}`, () => given), labels[name] ?? name);
}
