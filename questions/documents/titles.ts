/** Which words are a section's title, and which are already its text. Pure. */
import { isCapitals, isIssuedWith, type Sign } from './line-signs.ts';
import type { SectionKind } from './section.ts';

const LONG_TITLE = 250;
const SHORT_TITLE = 160;
/** Their title may stand on the next line. */
const TITLED_BELOW: readonly SectionKind[] = ['part', 'chapter', 'group', 'subgroup', 'appendix', 'article'];

/** Whether what stands behind the number is a title: of a clause in an article never, elsewhere when it is short and no sentence. */
export function hasTitle({ kind, rest }: Sign, isInArticle: boolean): boolean {
  if (rest === '') return false;
  if (kind === 'clause' || kind === 'decimal') return !isInArticle && isTitleLike(rest, SHORT_TITLE);
  if (kind === 'point') return false;
  if (kind === 'article') return isTitleLike(rest, LONG_TITLE);
  return true;
}

function isTitleLike(text: string, longest: number): boolean {
  if (isCapitals(text)) return true;
  return text.length <= longest && !/[.;,!?]$/u.test(text) && !/[.;!?]\s+\p{Lu}/u.test(text);
}

/** A section whose head was read, as far as titles go. */
export interface Headed {
  readonly kind: SectionKind;
  readonly title: string;
  /** Nothing of its text has come yet. */
  readonly isEmpty: boolean;
}

/** Whether the line goes on with, or is, the title of the section that has just begun. */
export function joinsTitle({ kind, title, isEmpty }: Headed, line: string): boolean {
  if (!isEmpty || isIssuedWith(line)) return false;
  if (title !== '') return kind !== 'clause' && kind !== 'opening' && isCapitals(title) && isCapitals(line);
  return TITLED_BELOW.includes(kind) && isTitleLike(line, kind === 'article' ? LONG_TITLE : SHORT_TITLE);
}
