/**
 * What organisers watch while rounds run, over a socket: `monitor:follow` and `monitor:leave` {contest}, then `monitor` with a
 * MonitorMessage at most once a second. Staff of the contest only; others get `monitor:refused`. Moments in ms since epoch.
 */
import Type, { type Static } from 'typebox';
import { Moment, Uid } from './values.ts';

const closed = { additionalProperties: false };

export const MonitorFollow = Type.Object({ contest: Uid }, closed);
export type MonitorFollow = Static<typeof MonitorFollow>;

const Counts = Type.Array(Type.Integer());
const ByUnit = Type.Array(
  Type.Object({ name: Type.String(), total: Type.Integer(), counts: Counts }, closed),
);

export const MonitorMessage = Type.Object(
  {
    v: Type.Literal(1),
    contest: Uid,
    at: Moment,
    /** People who entered, and attempts under way and handed in or timed out, of all rounds. */
    entries: Type.Integer(),
    open: Type.Integer(),
    closed: Type.Integer(),
    rounds: Type.Array(
      Type.Object({ id: Uid, title: Type.String(), open: Type.Integer(), closed: Type.Integer() }, closed),
    ),
    /** The last hour, minute by minute; the last one is still running. */
    minutes: Type.Object(
      { from: Moment, starts: Counts, saves: Counts, submits: Counts, refused: Counts, failed: Counts },
      closed,
    ),
    /** Results that count: the i-th is of i up to i + 1 times `step` (hundredths of a mark). */
    marks: Type.Object({ step: Type.Integer(), counts: Counts }, closed),
    /** The last hours; the last one is still running. Units are those at the top of the tree, the largest first. */
    hours: Type.Object({ from: Moment, entries: ByUnit, submits: ByUnit }, closed),
  },
  closed,
);
export type MonitorMessage = Static<typeof MonitorMessage>;
