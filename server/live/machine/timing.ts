/** Time at a question: what counts as in time, how much of it was used, what a pause gives back. */
import type { ErrorCode } from '../../contracts/errors.ts';
import type { Asking, Gap, LiveState } from './state.ts';

/** Phones whose clock is read a little early are not refused; their time counts from the opening. */
const EARLY_MS = 300;
/** After deadline and grace, for frames that have been received and not handled. */
const SETTLE_MS = 150;
/** After an interruption play goes on when so much time has passed, unless most players are back before. */
const COME_BACK_MS = 8000;

/** Whether an answer that was received at `at` is in time; the code of its refusal when not. */
export function refusalAt({ pause, settings }: LiveState, asking: Asking, at: number): ErrorCode | null {
  if (at < asking.opensAt - EARLY_MS) return 'live.early';
  if (pause !== null) return pause.by === 'host' && at >= pause.since ? 'live.paused' : null;
  return at > asking.deadline + settings.graceMs ? 'live.closed' : null;
}

/** Time used by an answer received at `at`, ms: without the gaps, within the whole time. `pause` still runs. */
export function usedMs(asking: Asking, at: number, running: Gap | null = null): number {
  const gaps = running === null ? asking.gaps : [...asking.gaps, running];
  let used = at - asking.opensAt;
  for (const { from, to } of gaps)
    used -= Math.max(0, Math.min(at, to) - Math.max(asking.opensAt, Math.min(at, from)));
  return Math.max(0, Math.min(asking.totalMs, used));
}

/** The asking after a pause of [from, to]: what had not begun begins later, what ran gets the time back. */
export function givenBack(asking: Asking, { from, to }: Gap): Asking {
  const ms = to - from;
  if (ms <= 0) return asking;
  const deadline = asking.deadline + ms;
  if (from <= asking.opensAt) return { ...asking, deadline, opensAt: asking.opensAt + ms };
  return { ...asking, deadline, gaps: [...asking.gaps, { from, to }] };
}

/** When the room has something to do by itself, ms since epoch; null: only when somebody says so. */
export function wakeAt(state: LiveState, autoReveal: boolean): number | null {
  const { step, pause } = state;
  if (pause !== null) return pause.by === 'interrupted' ? pause.noticedAt + COME_BACK_MS : null;
  if (step.phase === 'closed') return step.since;
  if (step.phase === 'graded') return autoReveal ? step.since : null;
  if (step.phase !== 'asked') return null;
  const asking = state.askings.at(-1);
  return asking === undefined ? null : asking.deadline + state.settings.graceMs + SETTLE_MS;
}
