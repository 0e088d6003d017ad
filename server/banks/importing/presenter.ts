/** What of uploads and their blocks leaves. For editors alone: blocks hold keys. */
import type { Draft } from '../../../questions/formats/draft.ts';
import { withFormulas } from '../../../questions/formulas.ts';
import type { ImportBlock, ImportDetail } from '../../contracts/imports.ts';
import type { BankRow } from '../store.ts';
import type { BlockRecord } from './block-store.ts';
import type { ImportRow } from './store.ts';

/** Flags that are told; a file may be wrong in more ways than anybody filters by. */
const FLAGS_MOST = 60;

export function presentImport(row: ImportRow, bank: Pick<BankRow, 'uid'>): ImportDetail {
  const { uid, name, bytes, format, state, progress, report, createdAt, committedAt, undoneAt } = row;
  const { messages, failure, settings, sameFileAt, problem, counts } = report;
  const flags = Object.entries(counts.flags).sort(([, a], [, b]) => b - a);
  return {
    id: uid,
    bank: bank.uid,
    name,
    bytes,
    format,
    state,
    progress: progress / 1000,
    outcomes: counts.outcomes,
    fates: counts.fates,
    flags: Object.fromEntries(flags.slice(0, FLAGS_MOST)),
    messages: [...messages],
    failure,
    settings,
    sameFileAt,
    problem,
    createdAt,
    committedAt,
    undoneAt,
  };
}

export function presentBlock(block: BlockRecord): ImportBlock {
  const { number, outcome, fate, place, raw, messages, code, twins, mended } = block;
  const draft: Draft | null = block.draft === null ? null : JSON.parse(block.draft);
  return {
    number,
    outcome,
    fate,
    place: JSON.parse(place),
    raw,
    messages: JSON.parse(messages),
    code,
    question: draft === null ? null : questionOf(draft),
    shown: draft === null ? null : withFormulas(draft.prompt, [draft.explanation]),
    twins: JSON.parse(twins),
    mended: mended === 1,
  };
}

function questionOf({ kind, prompt, key, explanation, citation, topic, difficulty, tags, points }: Draft) {
  return { kind, prompt, key, explanation, citation, topic, difficulty, tags: [...tags], points };
}
