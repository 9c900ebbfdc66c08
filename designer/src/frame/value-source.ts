/** Where a value came from, in a few words. */
const sources: { readonly [source: string]: string } = {
  start: "known at the start",
  collected: "from the caller",
  // What sessions of version 0.1 called it.
  input: "from the caller",
  computed: "set by the flow",
};

export function sourceOf(source: string): string {
  return sources[source] ?? source;
}
