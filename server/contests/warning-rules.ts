/** What an organiser may well mean, but should know. Pure. */

import type { ContestDraft, RoundCheck, RoundDraft, Warning } from '../contracts/contest-desk.ts';
import type { RoundSettings } from '../contracts/contest-settings.ts';

/** A bank as far as warnings go. */
export interface BankRisk {
  readonly title: string;
  /** Came with the product: its keys are public. */
  readonly shipped: boolean;
  /** Open for practice: its keys are shown. */
  readonly practice: boolean;
}

/** Whether anybody can read the keys of a bank. */
export const hasPublicKeys = ({ shipped, practice }: BankRisk): boolean => shipped || practice;

/** A pool smaller than so many papers gives neighbours nearly the same questions. */
const PAPERS_IN_POOL = 2;

export function draftWarnings(
  draft: ContestDraft,
  banks: ReadonlyMap<string, BankRisk>,
  checks: readonly RoundCheck[],
): Warning[] {
  return draft.rounds.flatMap((round, i) => [
    ...bankWarnings(round.settings, `rounds.${i}.settings.blueprint`, banks),
    ...poolWarnings(checks[i], i),
    ...releaseWarnings(round.settings, `rounds.${i}.settings.release.keys`),
    ...windowWarnings(draft.rounds, i),
    ...predictionWarnings(round.settings, `rounds.${i}.settings`),
  ]);
}

function bankWarnings(
  { blueprint }: RoundSettings,
  path: string,
  banks: ReadonlyMap<string, BankRisk>,
): Warning[] {
  const used = [...new Set(blueprint.cells.flatMap((cell) => cell.banks))];
  return used.flatMap((uid): Warning[] => {
    const bank = banks.get(uid);
    if (bank?.shipped === true)
      return [
        {
          code: 'shippedBank',
          path,
          vi: `“${bank.title}” đi kèm phần mềm nên ai cũng đọc được đáp án. Chỉ nên dùng để luyện tập hoặc thi thử.`,
          en: `“${bank.title}” ships with the product: anybody can read its keys. Use it for practice or a rehearsal.`,
        },
      ];
    if (bank?.practice === true)
      return [
        {
          code: 'practiceBank',
          path,
          vi: `“${bank.title}” đang mở cho luyện tập nên đáp án đã hiện cho mọi người.`,
          en: `“${bank.title}” is open for practice: its keys are shown to everybody.`,
        },
      ];
    return [];
  });
}

function poolWarnings(check: RoundCheck | undefined, i: number): Warning[] {
  if (check === undefined || !check.fits || check.pool >= check.questions * PAPERS_IN_POOL) return [];
  return [
    {
      code: 'smallPool',
      path: `rounds.${i}.settings.blueprint`,
      vi: `Chỉ có ${check.pool} câu cho đề ${check.questions} câu: các đề sẽ gần như giống nhau.`,
      en: `There are only ${check.pool} questions for papers of ${check.questions}: papers will be nearly the same.`,
    },
  ];
}

function releaseWarnings({ release, attemptsAllowed }: RoundSettings, path: string): Warning[] {
  if (release.keys !== 'submit') return [];
  const again = attemptsAllowed > 1;
  return [
    {
      code: 'keysWhileOpen',
      path,
      vi: again
        ? 'Đáp án hiện ngay sau khi nộp bài trong khi còn lượt thi khác: người thi sau biết trước đáp án.'
        : 'Đáp án hiện ngay sau khi nộp bài: người thi trước có thể chỉ cho người thi sau.',
      en: again
        ? 'Keys are shown right after submitting while further attempts are allowed: later ones know the answers.'
        : 'Keys are shown right after submitting: early entrants can tell later ones.',
    },
  ];
}

function windowWarnings(rounds: readonly RoundDraft[], i: number): Warning[] {
  const round = rounds[i];
  if (round === undefined) return [];
  const warnings: Warning[] = [];
  const windowMs = round.closesAt - round.opensAt;
  if (windowMs > 0 && windowMs < round.durationMs)
    warnings.push({
      code: 'shortWindow',
      path: `rounds.${i}.durationMs`,
      vi: 'Vòng thi mở ngắn hơn thời gian làm bài, nên không ai có đủ thời gian.',
      en: 'The round is open for less than the time of an attempt: nobody gets all of it.',
    });
  const before = rounds[i - 1];
  if (before !== undefined && round.opensAt < before.closesAt)
    warnings.push({
      code: 'overlap',
      path: `rounds.${i}.opensAt`,
      vi: 'Vòng này mở khi vòng trước chưa đóng.',
      en: 'This round opens before the one above it has closed.',
    });
  return warnings;
}

function predictionWarnings({ prediction, order }: RoundSettings, path: string): Warning[] {
  const breaksTies = order.includes('prediction');
  if ((prediction !== null) === breaksTies) return [];
  return [
    breaksTies
      ? {
          code: 'predictionUnused',
          path: `${path}.order`,
          vi: 'Xếp hạng xét câu dự đoán nhưng đề không hỏi câu dự đoán.',
          en: 'The ranking looks at the prediction, but none is asked.',
        }
      : {
          code: 'predictionUnused',
          path: `${path}.prediction`,
          vi: 'Đề hỏi câu dự đoán nhưng xếp hạng không xét đến.',
          en: 'A prediction is asked, but the ranking does not look at it.',
        },
  ];
}
