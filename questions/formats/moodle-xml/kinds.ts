/** Every type of question that Moodle exports and we have a kind for. */
import { type FoundText, plainFound } from '../found-text.ts';
import { lmsSayings } from '../lms/messages.ts';
import { numberOf } from '../lms/numbers.ts';
import type { LmsBody, LmsGap, LmsNumber, LmsOption, LmsPattern } from '../lms/question.ts';
import { foundInMoodleText } from '../rich-html.ts';
import { excerpt } from '../texts.ts';
import { takeGaps } from './cloze.ts';
import { rubricOf } from './essay.ts';
import { fractionsOf, type MoodleElement } from './fields.ts';
import { moodleSayings } from './messages.ts';
import { readStatements } from './statements.ts';

/** Stem and body of a question. */
export interface FoundParts {
  readonly stem: FoundText;
  readonly body: LmsBody<FoundText>;
}

type Read = (question: MoodleElement) => FoundParts;

const withStem =
  (read: (question: MoodleElement) => LmsBody<FoundText>): Read =>
  (question) => ({ stem: question.field('questiontext'), body: read(question) });

/** Moodle's name of the type → how it is read. */
export const readers: ReadonlyMap<string, Read> = new Map(
  Object.entries({
    multichoice: withStem(readChoice),
    truefalse: withStem(readTrueFalse),
    shortanswer: withStem(readShortText),
    numerical: withStem(readNumeric),
    matching: withStem(readMatching),
    match: withStem(readMatching),
    ddmatch: withStem(readMatching),
    ordering: withStem(readOrdering),
    essay: withStem(readEssay),
    description: withStem(() => ({ kind: 'info' })),
    cloze: readCloze,
    multianswer: readCloze,
    gapselect: readGapSelect,
    ddwtos: readGapSelect,
    kprime: withStem(readStatements),
    mtf: withStem(readStatements),
  } satisfies Record<string, Read>),
);

function readChoice(question: MoodleElement): LmsBody<FoundText> {
  const answers = question.all('answer');
  const fractions = fractionsOf(answers);
  const options = answers.map(
    (answer, i): LmsOption<FoundText> => ({
      text: answer.text,
      fraction: fractions[i] ?? 0,
      feedback: answer.field('feedback'),
    }),
  );
  const single = question.line('single');
  const saysNothing = single === '';
  const oneIsFull = fractions.every((fraction) => fraction <= 0) || fractions.includes(1);
  return { kind: 'choice', options, single: saysNothing ? oneIsFull : question.isOn('single') };
}

const TRUE_WORDS = /^(?:true|đúng|t|1)$/i;

function readTrueFalse(question: MoodleElement): LmsBody<FoundText> {
  const answers = question.all('answer');
  const fractions = fractionsOf(answers);
  const right = answers.find((_, i) => (fractions[i] ?? 0) > 0);
  return {
    kind: 'trueFalse',
    right: right === undefined ? null : TRUE_WORDS.test(right.bare),
    feedback: answers.map((answer) => answer.field('feedback')),
  };
}

function readShortText(question: MoodleElement): LmsBody<FoundText> {
  const elements = question.all('answer');
  const fractions = fractionsOf(elements);
  const answers = elements.map(
    (answer, i): LmsPattern<FoundText> => ({
      pattern: answer.bare,
      fraction: fractions[i] ?? 0,
      feedback: answer.field('feedback'),
    }),
  );
  return {
    kind: 'shortText',
    answers: answers.filter(({ pattern }) => pattern !== ''),
    case: question.isOn('usecase'),
  };
}

function readNumeric(question: MoodleElement): LmsBody<FoundText> {
  const elements = question.all('answer');
  const fractions = fractionsOf(elements);
  const answers = elements.map((answer, i) => numberAnswer(answer, fractions[i] ?? 0));
  return { kind: 'numeric', answers, unit: unitOf(question) };
}

function numberAnswer(answer: MoodleElement, fraction: number): LmsNumber<FoundText> {
  const feedback = answer.field('feedback');
  const text = answer.bare;
  if (text === '*' || text === '') return { accepted: null, fraction: 0, feedback };
  const value = numberOf(text);
  const tolerance = numberOf(answer.line('tolerance') || '0');
  if (value !== null && tolerance !== null)
    return { accepted: { value, tolerance: Math.abs(tolerance) }, fraction, feedback };
  answer.remarks.error(lmsSayings.numberUnreadable(excerpt(text)));
  return { accepted: null, fraction: 0, feedback };
}

/** The unit that counts once; others are only said. */
function unitOf(question: MoodleElement): string {
  const units = question.first('units')?.all('unit') ?? [];
  const names = units.map((unit) => ({
    name: unit.line('unit_name'),
    factor: numberOf(unit.line('multiplier')),
  }));
  const main = names.find(({ factor }) => factor === 1) ?? names[0];
  const others = names.filter((unit) => unit !== main).map(({ name }) => name);
  if (others.length > 0) question.remarks.warn(moodleSayings.unitsLost(others.join(', ')));
  return main?.name ?? '';
}

function readMatching(question: MoodleElement): LmsBody<FoundText> {
  const pairs = question.all('subquestion').map((pair) => {
    const left = pair.textOf(pair.raw);
    const right = pair.first('answer');
    return { left: left.tree.length === 0 ? null : left, right: plainRight(right) };
  });
  return { kind: 'matching', pairs };
}

/** Right sides are shown as plain text, though some files have HTML in them. */
function plainRight(right: MoodleElement | null): FoundText {
  return right === null ? plainFound('') : foundInMoodleText(right.raw, right.context);
}

function readOrdering(question: MoodleElement): LmsBody<FoundText> {
  const answers = question.all('answer');
  const places = answers.map((answer) => numberOf(answer.element.attributes.fraction ?? '') ?? 0);
  const inOrder = answers.map((_, i) => i).sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0) || a - b);
  const grading = question.line('gradingtype').toUpperCase();
  const isAdjacent = grading.startsWith('RELATIVE');
  if (!isAdjacent && grading !== '' && grading !== 'ALL_OR_NOTHING')
    question.remarks.warn(moodleSayings.orderingScoring);
  const count = Number(question.line('selectcount') || 0);
  if (count > 0 && count < answers.length && question.line('selecttype').toUpperCase() !== 'ALL')
    question.remarks.warn(moodleSayings.subset);
  const items = inOrder.flatMap((i) => answers[i]?.text ?? []);
  return { kind: 'ordering', items, scoring: isAdjacent ? 'adjacent' : 'exact' };
}

function readEssay(question: MoodleElement): LmsBody<FoundText> {
  if (question.field('responsetemplate').tree.length > 0) question.remarks.note(moodleSayings.template);
  const words = numberOf(question.line('maxwordlimit'));
  return {
    kind: 'essay',
    rubric: rubricOf(question),
    maxWords: words !== null && words > 0 ? Math.round(words) : null,
  };
}

function readCloze(question: MoodleElement): FoundParts {
  const text = question.first('questiontext') ?? question;
  const { raw, gaps } = takeGaps(text.raw, (answer) => text.textOf(answer), question.remarks);
  return { stem: text.textOf(raw), body: { kind: 'cloze', gaps } };
}

/** `[[1]]` names a choice; all choices of its group are offered. */
function readGapSelect(question: MoodleElement): FoundParts {
  const choices = [...question.all('selectoption'), ...question.all('dragbox')].map((choice) => ({
    group: choice.line('group') || '1',
    text: choice.textOf(choice.raw),
  }));
  const gaps: LmsGap<FoundText>[] = [];
  const text = question.first('questiontext') ?? question;
  const raw = text.raw.replace(/\[\[(\d{1,3})\]\]/g, (code, number: string) => {
    const right = choices[Number(number) - 1];
    if (right === undefined) {
      question.remarks.error(moodleSayings.gapBroken(code));
      return code;
    }
    const options = choices
      .filter(({ group }) => group === right.group)
      .map(
        (choice): LmsOption<FoundText> => ({
          text: choice.text,
          fraction: choice === right ? 1 : 0,
          feedback: plainFound(''),
        }),
      );
    gaps.push({ kind: 'choice', weight: 1, options });
    return `{{${gaps.length}}}`;
  });
  if (gaps.length === 0) question.remarks.error(moodleSayings.noGaps);
  return { stem: text.textOf(raw), body: { kind: 'cloze', gaps } };
}
