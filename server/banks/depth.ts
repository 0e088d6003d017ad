/** How deep the JSON of a question may be: checking and tidying follow it by recursion, which a hostile depth would end. */
import { invalidField } from '../platform/errors.ts';

/** No kind needs more than six. */
const DEEPEST = 20;

/** Throws `request.invalid`. Looks level by level, so that no depth is too much for it. */
export function demandShallow(body: unknown): void {
  let level: unknown[] = [body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST)
      throw invalidField('', 'Dữ liệu lồng nhau quá nhiều tầng.', 'The data is nested too deeply.');
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    );
  }
}
