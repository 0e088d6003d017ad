/** Long tables say the same few words again and again: what was worked out for a text is kept, up to a limit. */
const KEPT_MAX = 2_000;

/** The same function, which remembers. Only for functions whose results are never changed. */
export function remembered<Result>(work: (text: string) => Result): (text: string) => Result {
  const known = new Map<string, Result>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined || known.has(text)) return before ?? work(text);
    const result = work(text);
    if (known.size < KEPT_MAX) known.set(text, result);
    return result;
  };
}
