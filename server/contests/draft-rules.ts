/** What must be right before a contest is published, with the place and both languages. Pure; what banks can fill is in `check.ts`. */

import { Group } from '../contracts/accounts.ts';
import type { ContestDraft, RoundDraft } from '../contracts/contest-desk.ts';
import type { RoundSettings } from '../contracts/contest-settings.ts';
import type { FieldError } from '../contracts/errors.ts';
import { codeLength } from './eligibility-rules.ts';
import { mediaOf, parsePage } from './page-rules.ts';

/** What a draft may name, looked up beforehand. */
export interface KnownThings {
  readonly banks: ReadonlySet<string>;
  readonly units: ReadonlySet<string>;
  readonly media: ReadonlySet<string>;
  readonly kinds: ReadonlySet<string>;
}

/** uids that a draft names, to be looked up. */
export interface NamedThings {
  readonly banks: readonly string[];
  readonly units: readonly string[];
  readonly media: readonly string[];
}

const MINUTE_MS = 60_000;
const QUESTIONS_MAX = 200;
const SHORTEST_CODE = 6;
const GROUPS: readonly string[] = Group.anyOf.map((group) => group.const);
const WHEN = { submit: 0, close: 1, never: 2 } as const;

function problem(path: string, vi: string, en: string): FieldError {
  return { path, vi, en };
}

export function namedThings(draft: ContestDraft): NamedThings {
  const texts = [draft.page, draft.settings.rules, draft.settings.prizes];
  const media = texts.flatMap((text) => mediaOf(parsePage(text)));
  return {
    banks: unique(
      draft.rounds.flatMap(({ settings }) => settings.blueprint.cells.flatMap((cell) => cell.banks)),
    ),
    units: unique(draft.rounds.flatMap(({ settings }) => settings.entry.units)),
    media: unique(draft.image === null ? media : [...media, draft.image]),
  };
}

function unique(list: readonly string[]): string[] {
  return [...new Set(list)];
}

/** `opened`: places of rounds that people already take; their windows are no longer judged. */
export function draftProblems(
  draft: ContestDraft,
  known: KnownThings,
  now: number,
  opened: ReadonlySet<number> = new Set(),
): FieldError[] {
  return [
    ...pageProblems(draft, known),
    ...consentProblems(draft),
    ...draft.rounds.flatMap((round, i) => [
      ...titleProblems(round, i),
      ...(opened.has(i) ? [] : windowProblems(round, i, now)),
      ...orderProblems(draft.rounds, i),
      ...rankingProblems(round.settings, `rounds.${i}.settings`),
      ...releaseProblems(round.settings, `rounds.${i}.settings.release`),
      ...entryProblems(draft, round.settings, `rounds.${i}.settings.entry`, known),
      ...(opened.has(i) ? [] : codeProblems(round.settings, `rounds.${i}.settings.entry.code`)),
      ...blueprintProblems(round.settings, `rounds.${i}.settings.blueprint`, known),
    ]),
  ];
}

function pageProblems(draft: ContestDraft, known: KnownThings): FieldError[] {
  const problems: FieldError[] = [];
  if (draft.title.trim() === '')
    problems.push(problem('title', 'Cuộc thi chưa có tên.', 'The contest has no title.'));
  if (draft.rounds.length === 0)
    problems.push(problem('rounds', 'Cần ít nhất một vòng thi.', 'At least one round is needed.'));
  if (draft.image !== null && !known.media.has(draft.image))
    problems.push(problem('image', 'Ảnh bìa không có trên máy chủ.', 'The picture is not on the server.'));
  const texts = {
    page: draft.page,
    'settings.rules': draft.settings.rules,
    'settings.prizes': draft.settings.prizes,
  };
  for (const [path, text] of Object.entries(texts)) {
    if (mediaOf(parsePage(text)).some((media) => !known.media.has(media)))
      problems.push(problem(path, 'Có ảnh không có trên máy chủ.', 'A picture is not on the server.'));
  }
  return problems;
}

function consentProblems({ settings }: ContestDraft): FieldError[] {
  const ids = settings.consents.map(({ id }) => id);
  return ids.flatMap((id, i) =>
    ids.indexOf(id) === i
      ? []
      : [problem(`settings.consents.${i}.id`, `Mã "${id}" bị trùng.`, `"${id}" is used twice.`)],
  );
}

function titleProblems({ title }: RoundDraft, i: number): FieldError[] {
  if (title.trim() !== '') return [];
  return [problem(`rounds.${i}.title`, 'Vòng thi chưa có tên.', 'The round has no title.')];
}

function windowProblems({ opensAt, closesAt, durationMs }: RoundDraft, i: number, now: number): FieldError[] {
  const problems: FieldError[] = [];
  if (closesAt <= opensAt)
    problems.push(
      problem(`rounds.${i}.closesAt`, 'Giờ đóng phải sau giờ mở.', 'The round must close after it opens.'),
    );
  else if (closesAt <= now)
    problems.push(problem(`rounds.${i}.closesAt`, 'Giờ đóng đã qua.', 'The closing time has passed.'));
  if (durationMs < MINUTE_MS)
    problems.push(
      problem(
        `rounds.${i}.durationMs`,
        'Thời gian làm bài ít nhất 1 phút.',
        'An attempt takes at least a minute.',
      ),
    );
  return problems;
}

function orderProblems(rounds: readonly RoundDraft[], i: number): FieldError[] {
  const before = rounds[i - 1];
  const round = rounds[i];
  if (before === undefined || round === undefined || before.opensAt <= round.opensAt) return [];
  return [
    problem(
      `rounds.${i}.opensAt`,
      'Các vòng phải xếp theo giờ mở: vòng này mở trước vòng đứng trước nó.',
      'Rounds stand in the order of their opening: this one opens before the one above it.',
    ),
  ];
}

function rankingProblems({ order }: RoundSettings, path: string): FieldError[] {
  if (order.includes('marks')) return [];
  return [
    problem(
      `${path}.order`,
      'Thứ tự xếp hạng phải có điểm.',
      'Marks must be among what the ranking looks at.',
    ),
  ];
}

/** What comes later may not give away what is still held back: a key shows the marks, an explanation shows the key. */
function releaseProblems({ release }: RoundSettings, path: string): FieldError[] {
  const problems: FieldError[] = [];
  if (WHEN[release.keys] < WHEN[release.result])
    problems.push(
      problem(
        `${path}.keys`,
        'Đáp án không thể công bố trước kết quả.',
        'Keys cannot be shown before results.',
      ),
    );
  if (WHEN[release.explanations] < WHEN[release.keys])
    problems.push(
      problem(
        `${path}.explanations`,
        'Giải thích làm lộ đáp án nên không thể công bố trước đáp án.',
        'Explanations give keys away and cannot be shown before them.',
      ),
    );
  return problems;
}

function entryProblems(
  { settings: { fields } }: ContestDraft,
  { entry }: RoundSettings,
  path: string,
  known: KnownThings,
): FieldError[] {
  const problems: FieldError[] = [];
  const demand = (wanted: boolean, field: 'birthDate' | 'unit' | 'group', vi: string, en: string): void => {
    if (!wanted || fields[field] === 'required') return;
    problems.push(
      problem(
        `settings.fields.${field}`,
        `Cần bắt buộc khai ${vi} vì có vòng thi giới hạn theo mục này.`,
        `${en} must be required: a round is limited by it.`,
      ),
    );
  };
  demand(entry.minAge !== null || entry.maxAge !== null, 'birthDate', 'ngày sinh', 'Date of birth');
  demand(entry.units.length > 0, 'unit', 'đơn vị', 'Unit');
  demand(entry.groups.length > 0, 'group', 'nhóm đối tượng', 'Group');
  if (entry.minAge !== null && entry.maxAge !== null && entry.minAge > entry.maxAge)
    problems.push(
      problem(
        `${path}.maxAge`,
        'Tuổi tối đa nhỏ hơn tuổi tối thiểu.',
        'The highest age is below the lowest.',
      ),
    );
  for (const [i, unit] of entry.units.entries()) {
    if (!known.units.has(unit))
      problems.push(problem(`${path}.units.${i}`, 'Không có đơn vị này.', 'There is no such unit.'));
  }
  for (const [i, group] of entry.groups.entries()) {
    if (!GROUPS.includes(group))
      problems.push(problem(`${path}.groups.${i}`, 'Không có nhóm này.', 'There is no such group.'));
  }
  return problems;
}

function codeProblems({ entry: { code } }: RoundSettings, path: string): FieldError[] {
  if (code === null || codeLength(code) >= SHORTEST_CODE) return [];
  return [
    problem(
      path,
      `Mã dự thi cần ít nhất ${SHORTEST_CODE} ký tự, không kể dấu cách và gạch nối.`,
      `An entry code has at least ${SHORTEST_CODE} characters, spaces and dashes apart.`,
    ),
  ];
}

function blueprintProblems({ blueprint }: RoundSettings, path: string, known: KnownThings): FieldError[] {
  const problems: FieldError[] = [];
  if (blueprint.cells.length === 0)
    problems.push(problem(`${path}.cells`, 'Ma trận đề còn trống.', 'The blueprint is empty.'));
  for (const [i, cell] of blueprint.cells.entries()) {
    if (cell.banks.length === 0)
      problems.push(
        problem(`${path}.cells.${i}.banks`, 'Cần chọn ngân hàng câu hỏi.', 'Choose a question bank.'),
      );
    if (cell.banks.some((bank) => !known.banks.has(bank)))
      problems.push(
        problem(
          `${path}.cells.${i}.banks`,
          'Không có ngân hàng câu hỏi này.',
          'There is no such question bank.',
        ),
      );
    if (cell.kinds.some((kind) => !known.kinds.has(kind)))
      problems.push(
        problem(
          `${path}.cells.${i}.kinds`,
          'Không có dạng câu hỏi này.',
          'There is no such kind of question.',
        ),
      );
  }
  if (questionsOf(blueprint) > QUESTIONS_MAX)
    problems.push(
      problem(
        `${path}.cells`,
        `Một đề có nhiều nhất ${QUESTIONS_MAX} câu.`,
        `A paper has at most ${QUESTIONS_MAX} questions.`,
      ),
    );
  return problems;
}

/** Questions on one paper. */
export function questionsOf({ cells }: RoundSettings['blueprint']): number {
  return cells.reduce((sum, { count }) => sum + count, 0);
}
