// The engine: in a worker, messages in, answers out; on a page that is opened from disk, where there are no workers and
// no files can be fetched, a function over an index that came as a script.

import { answererOf } from "./answering.js";
import { fetching, unpacked } from "./files.js";

if (self.document) {
  const files = self.archiveSearchFiles;
  const get = async (name) => (name in files ? unpacked(Uint8Array.from(files[name], (character) => character.charCodeAt(0) & 255)) : null);
  self.archiveSearchAnswer = files ? answererOf(get) : async ({ ask }) => ({ ask, fault: "disk" });
} else {
  const answer = answererOf(fetching(new URL("data/", self.location).href));
  self.addEventListener("message", async ({ data }) => self.postMessage(await answer(data)));
}
