/** Compiler options that Vite, Vitest and svelte-check share. TypeScript in components is types only: nothing to preprocess. */
export default {
  compilerOptions: {
    // Runes everywhere of ours; packages decide for themselves.
    runes: ({ filename }) => (filename.includes('node_modules') ? undefined : true),
  },
};
