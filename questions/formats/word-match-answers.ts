/** Answers of a paper → its questions. Parts that begin again at 1 make numbers ambiguous; order and kind of the answers tell. */
import { truthsOf } from './key-text.ts';
import { StyledText } from './styled-text.ts';
import type { Answer } from './word-answers.ts';
import type { AnswerGroup, PaperQuestion } from './word-paper.ts';
import type { PartKind } from './word-patterns.ts';

/** Answers between two places where numbers begin again. */
interface Run {
  readonly group: AnswerGroup;
  readonly answers: Answer[];
}

/** Versions that answers are for, where none of them is surely the paper's. */
export function foreignVersions(groups: readonly AnswerGroup[], own: string | null): readonly string[] {
  const versions = [...new Set(groups.flatMap(({ version }) => version ?? []))];
  if (own === null) return versions.length > 1 ? versions : [];
  return versions.filter((version) => version !== own);
}

/** Gives every answer to its question; returns the numbers that found none, or two of which one must be wrong. Groups of other versions are left alone. */
export function matchAnswers(
  groups: readonly AnswerGroup[],
  questions: readonly PaperQuestion[],
): readonly number[] {
  const numbered = questions.filter(({ number }) => number !== null);
  const isUnique = new Set(numbered.map(({ number }) => number)).size === numbered.length;
  const left: number[] = [];
  const parts = [...new Set(numbered.map(({ part }) => part.index))];
  const taken = new Set<number>();
  for (const run of runsOf(groups)) {
    const part = isUnique ? null : partFor(run, parts, numbered, taken);
    if (part !== null) taken.add(part);
    for (const answer of run.answers) {
      const [question, ...others] = numbered.filter(
        ({ number, part: own }) => number === answer.number && (isUnique || own.index === part),
      );
      if (question === undefined || others.length > 0) left.push(answer.number);
      else give(question, answer, run.group);
    }
  }
  return left;
}

function give(question: PaperQuestion, { value, why }: Answer, group: AnswerGroup): void {
  if (why !== undefined) question.explanation.push(StyledText.plain(why));
  if (!question.answers.includes(value)) question.answers.push(value);
  group.used += 1;
}

/** A new run begins where the numbers do not rise, or a heading names another part. */
function runsOf(groups: readonly AnswerGroup[]): readonly Run[] {
  const runs: Run[] = [];
  let last = 0;
  let part: number | null = null;
  for (const group of groups) {
    for (const [i, answer] of group.answers.entries()) {
      const begins = answer.number <= last || (i === 0 && group.part !== part);
      const run = runs.at(-1);
      if (run === undefined || begins || run.group !== group) runs.push({ group, answers: [answer] });
      else run.answers.push(answer);
      last = answer.number;
    }
    part = group.part;
  }
  return runs;
}

function partFor(
  { group, answers }: Run,
  parts: readonly number[],
  questions: readonly PaperQuestion[],
  taken: ReadonlySet<number>,
): number | null {
  if (group.part !== null && parts[group.part] !== undefined) return parts[group.part] ?? null;
  const kind = kindOf(answers);
  const free = parts.filter((part) => !taken.has(part));
  const holding = (free.length === 0 ? parts : free).filter((part) => {
    const own = questions.filter((question) => question.part.index === part);
    return answers.every(({ number }) => own.some((question) => question.number === number));
  });
  const fitting = holding.find((part) => {
    const own = questions.find((question) => question.part.index === part);
    const shown = own === undefined ? null : kindShown(own);
    return shown === null || shown === kind;
  });
  return fitting ?? holding[0] ?? null;
}

/** What its heading announces, else what stands in it: capitals, small letters, or neither. */
function kindShown({ part, body }: PaperQuestion): PartKind | null {
  if (part.kind !== null) return part.kind;
  const has = (label: RegExp) => body.some(({ text }) => label.test(text));
  if (has(/(?:^|\s)\(?A\s?[.)/:]/)) return 'choice';
  return has(/^\s*\(?a\s?[.)/]/) ? 'statements' : 'short';
}

function kindOf(answers: readonly Answer[]): 'choice' | 'statements' | 'short' {
  if (answers.every(({ value }) => /^[A-H](?:\s*,\s*[A-H])*$/.test(value))) return 'choice';
  return answers.every(({ value }) => (truthsOf(value)?.length ?? 0) >= 2) ? 'statements' : 'short';
}
