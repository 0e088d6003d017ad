/** Predictions as people type them: "1.200", "1 200", "1,200 người". Whole numbers only, so that every such sign is a separator. */

const largest = 100_000_000;

/** Null for nothing typed; undefined for what is no prediction. */
export function readPrediction(text: string): number | null | undefined {
  const bare = text.replace(/[\s.,_']/g, '');
  if (bare === '') return null;
  if (!/^\d{1,9}$/.test(bare)) return undefined;
  const value = Number(bare);
  return value <= largest ? value : undefined;
}
