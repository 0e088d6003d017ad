/** Where somebody goes after signing in: the page that sent them, if it is one of ours. */
export function destination(query: URLSearchParams, otherwise: string): string {
  const then = query.get('then');
  if (then === null || !then.startsWith('/')) return otherwise;
  const target = new URL(then, location.origin);
  // "/.//elsewhere" is a path of ours that reads as another site once its dots are gone.
  if (target.origin !== location.origin || target.pathname.startsWith('//')) return otherwise;
  return target.pathname + target.search + target.hash;
}
