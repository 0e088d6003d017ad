/** Texts that were found, and what is known about them → a draft. One rich text makes all texts of a question rich. */
import type { Json } from '../question.ts';
import { type Draft, nothingSaid } from './draft.ts';
import { type FoundText, markupOf, noText } from './found-text.ts';

type PartName = 'options' | 'statements' | 'lefts' | 'rights' | 'items';

export interface FoundDraft {
  readonly kind: string;
  readonly stem: FoundText;
  /** What the question is made of beside the stem, under the names that the kind has for it. */
  readonly parts?: Partial<Readonly<Record<PartName, readonly FoundText[]>>>;
  /** The rest of the prompt. */
  readonly prompt?: Readonly<Record<string, Json>>;
  readonly key: Json | null;
  readonly explanation?: FoundText;
  readonly about: Partial<Omit<Draft, 'kind' | 'prompt' | 'key' | 'explanation'>>;
}

export function assemble({ kind, stem, parts, prompt, key, explanation = noText, about }: FoundDraft): Draft {
  const lists = Object.entries(parts ?? {});
  const rich = [stem, explanation, ...lists.flatMap(([, texts]) => texts)].some(
    ({ plain }) => plain === null,
  );
  const pick = (text: FoundText): string => (rich ? markupOf(text) : (text.plain ?? ''));
  return {
    ...nothingSaid,
    ...about,
    kind,
    prompt: {
      stem: pick(stem),
      ...(rich ? { rich } : {}),
      ...Object.fromEntries(lists.map(([name, texts]) => [name, texts.map(pick)])),
      ...prompt,
    },
    key,
    explanation: pick(explanation),
  };
}
