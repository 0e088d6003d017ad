/**
 * What a start waits for longest is finding and reading some thousand files. Imported before anything else, for its effect.
 *
 * Node keeps what it compiled and stripped, but not what it resolved: for every file of a package it reads that package's
 * description again, and drizzle's has 180 kB (half a second a start). Its files name one another by path, and all are modules.
 */
import { enableCompileCache, type ResolveFnOutput, registerHooks } from 'node:module';

enableCompileCache();

const PACKAGE = 'drizzle-orm';
const INSIDE = `/node_modules/${PACKAGE}/`;
const found = new Map<string, ResolveFnOutput>();

registerHooks({
  resolve(specifier, context, next) {
    if (specifier.startsWith('.')) {
      if (context.parentURL?.includes(INSIDE) !== true) return next(specifier, context);
      return { url: new URL(specifier, context.parentURL).href, format: 'module', shortCircuit: true };
    }
    if (!specifier.startsWith(PACKAGE)) return next(specifier, context);
    const known = found.get(specifier);
    if (known !== undefined) return known;
    const output = next(specifier, context);
    found.set(specifier, { ...output, shortCircuit: true });
    return output;
  },
});
