/**
 * The few things that packages of ours call and Chrome 87 does not have. Only what the built code really uses is here;
 * our own code does without. (`structuredClone` and `inert` are asked for by Svelte where they exist, or harmlessly set.)
 */
