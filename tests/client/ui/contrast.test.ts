/** Colours of tokens.css against WCAG 2.2 AA, in both themes, so that nobody has to trust an eye. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync('client/ui/tokens.css', 'utf8').replaceAll('"', "'");

/** The colours of one block, found by its selector. */
function colours(selector: string): Map<string, string> {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf('}', start));
  return new Map(
    [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map((found) => [found[1] ?? '', found[2] ?? '']),
  );
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG contrast ratio of two colours, 1 to 21. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const papers = ['paper', 'paper-raised', 'paper-sunken'];
const textPairs: [string, string][] = [
  ...papers.flatMap((paper): [string, string][] => [
    ['ink', paper],
    ['ink-soft', paper],
    ['red-ink', paper],
    ['gold-ink', paper],
    ['green-ink', paper],
  ]),
  ['ink', 'paper-press'],
  ['ink-soft', 'paper-press'],
  ['on-red', 'red'],
  ['on-red', 'red-hover'],
  ['on-red', 'red-press'],
  ['on-gold', 'gold'],
  ['on-green', 'green'],
  ...['red', 'gold', 'green', 'amber', 'blue'].flatMap((tone): [string, string][] => [
    [`${tone}-ink`, `${tone}-tint`],
    ['ink', `${tone}-tint`],
    ['ink-soft', `${tone}-tint`],
  ]),
];
const edgePairs: [string, string][] = papers.flatMap((paper): [string, string][] => [
  ['edge', paper],
  ['focus', paper],
  ['red', paper],
]);

describe.each([
  ['light', ':root'],
  ['dark', ":root[data-theme='dark']"],
])('the %s theme', (_, selector) => {
  const named = colours(selector);
  const ratio = ([front, back]: [string, string]): number =>
    contrast(named.get(front) ?? '', named.get(back) ?? '');

  test('has text that can be read: 4.5 : 1', () => {
    const weak = textPairs
      .filter((pair) => !(ratio(pair) >= 4.5))
      .map((pair) => `${pair.join(' on ')}: ${ratio(pair).toFixed(2)}`);
    expect(weak).toEqual([]);
  });

  test('has edges and focus rings that can be seen: 3 : 1', () => {
    const weak = edgePairs
      .filter((pair) => !(ratio(pair) >= 3))
      .map((pair) => `${pair.join(' on ')}: ${ratio(pair).toFixed(2)}`);
    expect(weak).toEqual([]);
  });
});

test('dark by the system and dark by choice are the same colours', () => {
  expect([...colours(":root:not([data-theme='light'])")]).toEqual([...colours(":root[data-theme='dark']")]);
});
