/** What comes next in a session. */

import { standingOf } from './seats.ts';
import type { LiveState } from './state.ts';
import { type Asking, currentAsking, stageAt } from './state.ts';

/** What `next` would do. */
export type NextStep =
  | { readonly what: 'start' | 'stage'; readonly stage: number }
  | { readonly what: 'ask'; readonly item: number; readonly only: number | null }
  | { readonly what: 'closeEarly' | 'reveal' | 'board' | 'hideBoard' }
  | { readonly what: 'podium' | 'place'; readonly from: number };

const PODIUM_FROM = 4;

/** Null: there is nothing to go on to by this. */
export function nextStep(state: LiveState): NextStep | null {
  const { phase, under, podiumFrom } = state.step;
  if (state.pause !== null) return null;
  switch (phase) {
    case 'lobby':
      return state.plan.length === 0 ? null : { what: 'start', stage: 0 };
    case 'asked':
      return { what: 'closeEarly' };
    case 'graded':
      return { what: 'reveal' };
    case 'revealed':
      return boardDue(state) ? { what: 'board' } : onward(state);
    case 'board':
      return under === 'revealed' ? onward(state) : { what: 'hideBoard' };
    case 'intro':
    case 'break':
      return onward(state);
    case 'podium':
      return podiumFrom !== null && podiumFrom > 1 ? { what: 'place', from: podiumFrom - 1 } : null;
    default:
      return null;
  }
}

/** The next question of the stage, the next stage, the podium. */
function onward(state: LiveState): NextStep {
  const question = upcoming(state);
  return question === null ? nextStage(state) : { what: 'ask', ...question };
}

/** Past the rest of the stage. */
export function nextStage({ step, plan }: LiveState): NextStep {
  const stage = step.stage + 1;
  return stage < plan.length ? { what: 'stage', stage } : { what: 'podium', from: PODIUM_FROM };
}

/** The question that would be asked next in this stage; null: the stage is over. */
export function upcoming(state: LiveState): { readonly item: number; readonly only: number | null } | null {
  const index = state.step.stage;
  if (state.plan[index] === undefined) return null;
  const { planned, stage } = stageAt(state, index);
  const asked = state.askings.filter((asking) => asking.stage === index);
  const used = new Set(asked.flatMap((asking) => (isUsed(asking) ? [asking.item] : [])));
  const open = planned.items.flatMap((item, i) =>
    used.has(i) || state.manual.skipped.includes(`${index}/${i}`) ? [] : [{ i, final: item.final }],
  );
  return stage.next(planned.settings, {
    left: open.flatMap(({ i, final }) => (final ? [] : [i])),
    asked: asked.filter((asking) => asking.voided === null && !asking.final).length,
    final: open.find(({ final }) => final)?.i ?? null,
    standing: standingOf(state) ?? [],
  });
}

function isUsed({ voided, burnt }: Asking): boolean {
  return voided === null || burnt;
}

function boardDue(state: LiveState): boolean {
  const { planned, stage } = stageAt(state, state.step.stage);
  const asking = currentAsking(state);
  if (asking === null || asking.voided !== null) return false;
  return stage.boardDue(planned.settings, upcoming(state) === null);
}

/** How the question that is open is run; null: none is. */
export function currentRules(state: LiveState) {
  const asking = currentAsking(state);
  if (asking === null) return null;
  const { planned, stage } = stageAt(state, asking.stage);
  const item = planned.items[asking.item];
  return item === undefined ? null : stage.rules(planned.settings, item);
}
