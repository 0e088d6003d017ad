/** A reactive value as plain data, for comparing and sending. By JSON, since `structuredClone` is newer than the oldest browser. */
export function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}
