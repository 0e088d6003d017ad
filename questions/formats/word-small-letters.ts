/**
 * "a) … b) … c) … d)" without a heading that says what they are: statements to be judged each, as in the Vietnamese exams
 * since 2025, or options of somebody who types small letters. What is marked and how the question asks tells; where it
 * does not, nothing is guessed.
 */
import { MarkVote } from './word-marks.ts';
import type { ParsedQuestion } from './word-parse.ts';

/** `unclear`: one is marked, and it may be the right option or the one true statement. */
export type SmallLetters = 'options' | 'statements' | 'unclear';

const ASKS_ONE =
  /\?\s*$|(?:^|[^\p{L}])(?:nào|gì|ai|đâu|mấy|bao nhiêu|khi nào|chọn|khoanh|which|what|who|when|where|how)(?!\p{L})|(?:là|bằng|vào|do|của|ở|được|thuộc|gồm)\s*[:.…_]*\s*$/iu;

/** What the small letters of each such question are. */
export function tellSmallLetters(
  parsed: readonly ParsedQuestion[],
): ReadonlyMap<ParsedQuestion, SmallLetters> {
  const small = parsed.filter(isUndecided);
  const vote = new MarkVote();
  for (const { parts } of small) vote.add(parts);
  const marks = new Map(small.map((question) => [question, markedIn(question, vote)]));
  const hasCapitals = parsed.some(
    ({ parts, isStatements }) => parts.length > 0 && !isStatements && !isSmall(parts),
  );
  const isOfStatements = (question: ParsedQuestion) => !asksOne(question) && (marks.get(question) ?? 0) > 1;
  const areOthers = small.some(isOfStatements) || parsed.some(({ isStatements }) => isStatements);
  return new Map(
    small.map((question): [ParsedQuestion, SmallLetters] => {
      if (asksOne(question)) return [question, 'options'];
      if (isOfStatements(question)) return [question, 'statements'];
      const isOne = marks.get(question) === 1;
      if (isOne && !areOthers) return [question, hasCapitals ? 'unclear' : 'options'];
      return [question, hasCapitals || areOthers ? 'statements' : 'options'];
    }),
  );
}

/** Nothing said yet which they are: no word, no letter of a key, no tick. */
function isUndecided({ parts, isStatements, stemKey, question }: ParsedQuestion): boolean {
  const isSaid = stemKey !== null || question.keys.length > 0 || question.answers.length > 0;
  return !isStatements && isSmall(parts) && !isSaid && !parts.some(({ isStarred }) => isStarred);
}

function isSmall(parts: ParsedQuestion['parts']): boolean {
  return parts.length > 0 && parts.every(({ letter }) => /[a-h]/.test(letter));
}

function asksOne({ stem }: ParsedQuestion): boolean {
  return ASKS_ONE.test(stem.text);
}

/** How many of its letters have the mark that such questions have. */
function markedIn({ parts }: ParsedQuestion, vote: MarkVote): number {
  const counts = vote.statementMarks().map((kind) => vote.marked(parts, kind).length);
  return counts.find((count) => count > 0) ?? 0;
}
