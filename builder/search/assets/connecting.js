// Speaks with the engine: in a worker, or on a page opened from disk in the page itself.

// folder: address of the search's files. Gives a function that asks, and answers in the order of asking; what has been
// overtaken by a later question of its kind is not answered.
export function connected(folder) {
  const waiting = new Map();
  const latest = new Map();
  let number = 0;
  let post = null;

  const receive = (data) => {
    const { kind, resolve } = waiting.get(data.ask) ?? {};
    waiting.delete(data.ask);
    if (resolve && latest.get(kind) === data.ask) resolve(data);
  };
  const start = () => {
    if (window.location.protocol === "file:") return fromDisk(folder, receive);
    const worker = new Worker(new URL("worker.js", folder));
    worker.addEventListener("message", ({ data }) => receive(data));
    worker.addEventListener("error", () => {
      for (const ask of waiting.keys()) receive({ ask, fault: navigator.onLine ? "fault" : "offline" });
      post = null;
    });
    return (message) => worker.postMessage(message);
  };
  return (kind, message) => {
    post ??= start();
    number += 1;
    latest.set(kind, number);
    return new Promise((resolve) => {
      waiting.set(number, { kind, resolve });
      post({ ask: number, ...message });
    });
  };
}

function fromDisk(folder, receive) {
  const loaded = scripted(new URL("data/disk.js", folder), "x-user-defined").then(() => scripted(new URL("worker.js", folder), "utf-8"));
  return (message) => loaded.then(() => window.archiveSearchAnswer(message)).then(receive, () => receive({ ask: message.ask, fault: "disk" }));
}

function scripted(address, charset) {
  return new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { charset, src: address.href, onload: resolve, onerror: reject });
    document.head.append(script);
  });
}
