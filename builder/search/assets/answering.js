// Answers messages: {ask, text, options} is a query, {ask, suggest} asks for words that go on so.

import { openIndex, search } from "./engine.js";
import { suggested } from "./suggesting.js";

export function answererOf(get) {
  const index = openIndex(get);
  return async ({ ask, text, options, suggest, warm }) => {
    try {
      await index.open();
      if (warm) return { ask, root: index.root };
      if (suggest !== undefined) return { ask, suggestions: await suggested(index, suggest) };
      return { ask, answer: await search(index, text, options), topics: index.root.topics };
    } catch (error) {
      console.error(error);
      return { ask, fault: navigator.onLine === false ? "offline" : "fault" };
    }
  };
}
