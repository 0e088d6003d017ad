/** The two contests that nearly everybody runs, ready to be changed. Figures are those of real ones (`contests.md`). Pure. */

import type { Preset, PresetId, RoundDraft } from '../contracts/contest-desk.ts';
import type { Blueprint, ContestSettings, RoundSettings } from '../contracts/contest-settings.ts';
import { DAY_MS, dayEnd } from './time-rules.ts';

const MINUTE_MS = 60_000;

const contest: ContestSettings = {
  names: 'short',
  fields: {
    birthDate: 'optional',
    phone: 'required',
    email: 'no',
    citizenId: 'no',
    address: 'no',
    unit: 'required',
    title: 'no',
    group: 'no',
  },
  consents: [
    {
      id: 'personalData',
      vi: 'Tôi đồng ý để Ban Tổ chức sử dụng thông tin tôi khai vào việc tổ chức cuộc thi, xếp hạng và xét giải.',
      en: 'I agree that the organisers use what I give here to run the contest, to rank and to award prizes.',
      required: true,
      version: 1,
    },
    {
      id: 'publishName',
      vi: 'Tôi đồng ý công bố họ tên và đơn vị của tôi nếu tôi đoạt giải.',
      en: 'I agree that my name and unit are published if I win a prize.',
      required: false,
      version: 1,
    },
  ],
  guests: false,
  unitRanking: 'entrants',
  overall: true,
  rules: '',
  prizes: '',
};

const anyone: RoundSettings['entry'] = { units: [], groups: [], minAge: null, maxAge: null, code: null };

function blueprint(questions: number): Blueprint {
  return {
    cells: [{ banks: [], topics: [], kinds: [], difficulties: [], count: questions }],
    shuffleQuestions: true,
    shuffleOptions: true,
    leaveOutEarlierRounds: false,
    leaveOutSeen: false,
    approvedOnly: true,
  };
}

const weeklyQuiz: Preset = {
  id: 'weeklyQuiz',
  name: { vi: 'Thi trắc nghiệm hằng tuần', en: 'Weekly quiz' },
  about: {
    vi: 'Bốn tuần, mỗi tuần một đợt; mỗi đợt 20 câu trong 15 phút, thi tối đa 7 lượt, tính lượt tốt nhất, có câu dự đoán.',
    en: 'Four weeks, a round each; 20 questions in 15 minutes, up to 7 attempts, the best one counts, with a prediction.',
  },
  rounds: 4,
  windowMs: 7 * DAY_MS,
  durationMs: 15 * MINUTE_MS,
  contest,
  round: {
    attemptsAllowed: 7,
    attemptsPer: 'round',
    counting: 'best',
    blueprint: blueprint(20),
    prediction: { target: 'allRight', scope: 'round' },
    order: ['marks', 'prediction', 'time', 'submitted'],
    release: { result: 'submit', keys: 'close', explanations: 'close' },
    layout: 'one',
    entry: anyone,
  },
};

const oneAttempt: Preset = {
  id: 'oneAttempt',
  name: { vi: 'Thi một lượt', en: 'One attempt' },
  about: {
    vi: 'Một đợt 10 ngày, 20 câu trong 15 phút, mỗi người thi một lượt, biết điểm ngay.',
    en: 'One round of 10 days, 20 questions in 15 minutes, one attempt each, marks at once.',
  },
  rounds: 1,
  windowMs: 10 * DAY_MS,
  durationMs: 15 * MINUTE_MS,
  contest: { ...contest, overall: false },
  round: {
    attemptsAllowed: 1,
    attemptsPer: 'round',
    counting: 'first',
    blueprint: blueprint(20),
    prediction: null,
    order: ['marks', 'time', 'submitted'],
    release: { result: 'submit', keys: 'close', explanations: 'close' },
    layout: 'one',
    entry: anyone,
  },
};

export const presets: readonly Preset[] = [weeklyQuiz, oneAttempt];

export function presetOf(id: PresetId): Preset {
  return id === 'weeklyQuiz' ? weeklyQuiz : oneAttempt;
}

/** What a contest made from a preset begins with. */
export interface FirstRounds {
  readonly preset: Preset;
  /** When the first round opens; each closes at 24:00 of its last day, and the next follows at once. */
  readonly opensAt: number;
  readonly rounds: number;
  /** uids of the banks to draw from; none: the organiser chooses later, and until then it cannot be published. */
  readonly banks: readonly string[];
}

export function firstRounds({ preset, opensAt, rounds, banks }: FirstRounds): RoundDraft[] {
  const drafts: RoundDraft[] = [];
  let opens = opensAt;
  for (let i = 0; i < rounds; i += 1) {
    const closes = dayEnd(opens + preset.windowMs - DAY_MS);
    drafts.push({
      id: null,
      title: rounds === 1 ? 'Vòng thi' : `Tuần ${i + 1}`,
      opensAt: opens,
      closesAt: closes,
      durationMs: preset.durationMs,
      settings: withBanks(preset.round, banks),
    });
    opens = closes;
  }
  return drafts;
}

function withBanks(round: RoundSettings, banks: readonly string[]): RoundSettings {
  const cells = round.blueprint.cells.map((cell) => ({ ...cell, banks: [...banks] }));
  return { ...round, blueprint: { ...round.blueprint, cells } };
}

/** The same rounds so much later (or earlier). */
export function movedRounds(rounds: readonly Omit<RoundDraft, 'id'>[], opensAt: number): RoundDraft[] {
  const first = Math.min(...rounds.map((round) => round.opensAt));
  const move = opensAt - first;
  return rounds.map(({ title, durationMs, settings, ...window }) => ({
    id: null,
    title,
    opensAt: window.opensAt + move,
    closesAt: window.closesAt + move,
    durationMs,
    settings,
  }));
}
