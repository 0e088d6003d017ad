/** What a thread that counts may hold of rows before it lets them go: next to nothing of them lives on, and two threads count at once. */
export const TALLY_LIMITS = { maxYoungGenerationSizeMb: 8 };
