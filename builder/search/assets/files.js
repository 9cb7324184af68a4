// Gets and unpacks the files of the index.

// A file's name holds through all versions of it; the version in its address keeps old copies out of the way. Only the
// root has none, and is asked for anew.
export function fetching(folder) {
  return async (name, version) => {
    const response = await fetch(folder + name + (version ? `?v=${version}` : ""), { cache: version ? "default" : "no-cache" });
    return response.ok ? unpacked(response.body) : null;
  };
}

export async function unpacked(packed) {
  const stream = packed instanceof Uint8Array ? new Blob([packed]).stream() : packed;
  return new Uint8Array(await new Response(stream.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
}
