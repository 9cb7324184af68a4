// The keys of the index that a term needs. The twin of grams.py.

export function neededGrams(alphabet, plain) {
  const keys = plain.split(" ").flatMap((stretch) => stretchGrams(alphabet, Array.from(stretch)));
  const longest = keys.filter((key) => Array.from(key).length > 1);
  return [...new Set(longest.length ? longest : keys)];
}

function stretchGrams(alphabet, characters) {
  if (characters.length === 1) return characters;
  const runs = characters.map((character) => alphabet.isRun(character));
  const inTriple = (start) => (runs[start] && runs[start + 1]) && ((start > 0 && runs[start - 1]) || runs[start + 2] === true);
  const pairs = [];
  const triples = [];
  for (let start = 0; start + 1 < characters.length; start += 1) {
    if (!inTriple(start)) pairs.push(characters.slice(start, start + 2).join(""));
    if (runs[start] && runs[start + 1] && runs[start + 2]) triples.push(characters.slice(start, start + 3).join(""));
  }
  return [...pairs, ...triples];
}
