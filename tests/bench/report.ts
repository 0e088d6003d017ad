/** Figures as a table for people and as one line for programs. */
import { type BenchResult, keepsGoal } from './bench.ts';

const SIGNS = { true: '✓', false: '✗', null: ' ' } as const;

export function table(name: string, { figures, goals, notes = [] }: BenchResult): string {
  const lines = Object.entries(figures).map(([figure, value]) => {
    const goal = goals[figure];
    const bound =
      goal === undefined ? '' : 'atLeast' in goal ? `≥ ${shown(goal.atLeast)}` : `≤ ${shown(goal.atMost)}`;
    return [SIGNS[`${keepsGoal(value, goal)}`], figure, shown(value), bound];
  });
  const widths = [1, 2, 3].map((column) => Math.max(...lines.map((line) => (line[column] ?? '').length), 0));
  const rows = lines.map(([sign = '', figure = '', value = '', bound = '']) =>
    `${sign} ${figure.padEnd(widths[0] ?? 0)}  ${value.padStart(widths[1] ?? 0)}  ${bound}`.trimEnd(),
  );
  return ['', name, ...rows, ...notes.map((note) => `  ${note}`), ''].join('\n');
}

function shown(value: number | string): string {
  return typeof value === 'string' ? value : value.toLocaleString('en-US', { maximumFractionDigits: 3 });
}

/** `{"bench":"size","bytes_per_attempt":412,…}` */
export function line(name: string, { figures }: BenchResult): string {
  return JSON.stringify({ bench: name, ...figures });
}
