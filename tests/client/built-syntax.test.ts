/** The client as it is built: readable for the oldest browser meant, small enough, and nothing inline for the CSP to refuse. */
import { globSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ScreenAt } from '../../server/contracts/screens.ts';
import { scriptProblems, styleProblems } from './old-browser.ts';

type File = Rolldown.OutputChunk | Rolldown.OutputAsset;
let files: readonly File[] = [];

const chunks = (): Rolldown.OutputChunk[] => files.filter((file) => file.type === 'chunk');
const text = (file: File): string =>
  file.type === 'chunk' ? file.code : Buffer.from(file.source).toString('utf8');
const named = (pattern: RegExp): File[] => files.filter((file) => pattern.test(file.fileName));
const gzipBytes = (file: File): number => gzipSync(text(file), { level: 9 }).length;

/** The page's script and everything that it imports before anything is shown. */
function firstLoad(): File[] {
  const entry = chunks().find((chunk) => chunk.isEntry);
  const wanted = new Set<string>();
  const add = (name: string): void => {
    const chunk = chunks().find((other) => other.fileName === name);
    if (chunk === undefined || wanted.has(name)) return;
    wanted.add(name);
    chunk.imports.forEach(add);
  };
  if (entry !== undefined) add(entry.fileName);
  return chunks().filter((chunk) => wanted.has(chunk.fileName));
}

beforeAll(async () => {
  const built = await build({ configFile: 'vite.config.ts', logLevel: 'error', build: { write: false } });
  const outputs = Array.isArray(built) ? built : [built];
  files = outputs.flatMap((one) => ('output' in one ? one.output : []));
}, 120_000);

describe('the built client', () => {
  test('knows the files of every screen that a table of routes fetches, none of them twice or beside the client itself', () => {
    const tables = globSync('client/*/routes.ts').map((path) => readFileSync(path, 'utf8'));
    const fetched = tables.flatMap((table) => [...table.matchAll(/import\('\.[\w./-]+\.svelte'\)/g)]);
    const screens: readonly ScreenAt[] = JSON.parse(
      named(/^screens\.json$/)
        .map(text)
        .join(''),
    );
    expect(fetched.length).toBeGreaterThan(40);
    expect(screens).toHaveLength(fetched.length);
    const first = new Set(firstLoad().map(({ fileName }) => `/${fileName}`));
    const all = new Set(files.map(({ fileName }) => `/${fileName}`));
    for (const { pattern, scripts, styles } of screens) {
      const names = [...scripts, ...styles];
      expect(scripts.length, pattern).toBeGreaterThan(0);
      expect(new Set(names).size, pattern).toBe(names.length);
      expect(
        names.filter((name) => first.has(name) || !all.has(name)),
        pattern,
      ).toEqual([]);
    }
  });

  test('is one script for every visit, and a dozen or so files for a screen that citizens come to first', () => {
    expect(firstLoad()).toHaveLength(1);
    const screens: readonly ScreenAt[] = JSON.parse(
      named(/^screens\.json$/)
        .map(text)
        .join(''),
    );
    const at = (path: string) => screens.find(({ pattern }) => new RegExp(pattern).test(path));
    for (const path of ['/cuoc-thi/x', '/cuoc-thi/x/dot/1', '/vao/123456'])
      expect([...(at(path)?.scripts ?? []), ...(at(path)?.styles ?? [])].length, path).toBeLessThan(15);
  });

  test('has no script that Chrome 87 cannot read', () => {
    expect(chunks().length).toBeGreaterThan(0);
    const problems = chunks().map((chunk) => [chunk.fileName, scriptProblems(chunk.code)]);
    expect(problems.filter(([, found]) => found?.length !== 0)).toEqual([]);
  });

  test('has no style that Chrome 87 drops', () => {
    const styles = named(/\.css$/);
    expect(styles.length).toBeGreaterThan(0);
    const problems = styles.map((file) => [file.fileName, styleProblems(text(file))]);
    expect(problems.filter(([, found]) => found?.length !== 0)).toEqual([]);
  });

  test('opens with at most 60 kB of script and 100 kB in all without the font', () => {
    const scripts = firstLoad().reduce((sum, file) => sum + gzipBytes(file), 0);
    const rest = named(/index.*\.css$|index\.html$/).reduce((sum, file) => sum + gzipBytes(file), 0);
    expect(scripts).toBeGreaterThan(5_000);
    expect(scripts).toBeLessThanOrEqual(60_000);
    expect(scripts + rest).toBeLessThanOrEqual(100_000);
  });

  test('does not carry Socket.IO or the desk in the first load', () => {
    const modules = firstLoad().flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
    expect(modules.filter((id) => /socket\.io|engine\.io|client\/desk\/|typebox/.test(id))).toEqual([]);
  });

  test('leaves nothing inline, hashes every asset, and asks for the font early', () => {
    const html = named(/index\.html$/)
      .map(text)
      .join('');
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>|<style|\sstyle=|\son\w+=/);
    expect(html).toMatch(/<link rel="preload" href="\/assets\/[^"]+-[\w-]{8}\.woff2" as="font"/);
    const loose = files
      .map((file) => file.fileName)
      .filter((name) => name.startsWith('assets/') && !/-[\w-]{8}\.\w+$/.test(name));
    expect(loose).toEqual([]);
  });

  test('explains itself in plain HTML when its scripts fail', () => {
    const html = named(/index\.html$/)
      .map(text)
      .join('');
    expect(html).toContain('Trang chưa mở được');
    expect(html).toContain('Android System WebView');
  });
});

describe('the check for old browsers', () => {
  test.each([
    ['class A { static { f(); } }', 'static { } (94)'],
    ['class A { #x; static has(a) { return #x in a; } }', '#field in object (91)'],
    ['await f();', 'await outside a function (89)'],
    ['const r = /a/d;', 'regular expression with flags d (90, 112)'],
    ['f(list.at(-1))', 'Array.prototype.at (92)'],
  ])('refuses %s', (code, problem) => {
    expect(scriptProblems(code)).toContain(problem);
  });

  test('lets pass what Chrome 87 knows', () => {
    expect(scriptProblems('class A { #x = 1; get() { return (this.#x ??= 2); } }')).toEqual([]);
    expect(scriptProblems('async function f() { await g?.(1_000n); }')).toEqual([]);
    expect(
      styleProblems('.a{inset:0;gap:1px}@media (min-width:10em){.b:not(.c){width:min(1px,2px)}}'),
    ).toEqual([]);
  });

  test.each([
    ['.a:where(.b){c:d}', ':where() (88)'],
    ['.a{.b &{c:d}}', 'nesting (120)'],
    ['.a{width:10dvh}', 'new viewport and container units (105, 108)'],
    ['@media (width>=10px){a{b:c}}', 'range syntax in media queries (104)'],
    ['@layer x{a{b:c}}', '@layer (99)'],
  ])('refuses %s', (css, problem) => {
    expect(styleProblems(css)).toContain(problem);
  });
});
