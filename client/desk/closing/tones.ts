/** Colours of how binding results are: red runs, amber may change, gold is final. */
export const tones = {
  soon: 'blue',
  open: 'red',
  closed: 'neutral',
  provisional: 'amber',
  official: 'gold',
  amended: 'gold',
} as const;
