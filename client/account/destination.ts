/** Where somebody goes after signing in: the page that sent them, if it is one of ours. */
export function destination(query: URLSearchParams, otherwise: string): string {
  const then = query.get('then');
  if (then === null || !then.startsWith('/')) return otherwise;
  const target = new URL(then, location.origin);
  return target.origin === location.origin ? target.pathname + target.search + target.hash : otherwise;
}
