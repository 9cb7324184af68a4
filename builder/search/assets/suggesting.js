// What a reader may mean by what is typed so far: names and words of the archive.

export async function suggested() {
  return [];
}
