import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isMathAttribute, isMathName, type MathNode } from '../../questions/formula-tree.ts';
import { renderFormula, withFormulas } from '../../questions/formulas.ts';

const names = (node: MathNode): string[] =>
  typeof node === 'string' ? [] : [node.name, ...node.children.flatMap(names)];
const words = (node: MathNode): string =>
  typeof node === 'string' ? node : node.children.map(words).join('');
function everyElement(node: MathNode, see: (name: string, attributes: Record<string, string>) => void): void {
  if (typeof node === 'string') return;
  see(node.name, node.attributes);
  for (const child of node.children) everyElement(child, see);
}

describe('formulas', () => {
  test('LaTeX becomes MathML elements', () => {
    expect(renderFormula('x^2', false)).toEqual({
      name: 'math',
      attributes: {},
      children: [
        {
          name: 'msup',
          attributes: {},
          children: [
            { name: 'mi', attributes: {}, children: ['x'] },
            { name: 'mn', attributes: {}, children: ['2'] },
          ],
        },
      ],
    });
    const fraction = renderFormula('\\frac{-b \\pm \\sqrt{\\Delta}}{2a}', true) ?? '';
    expect(names(fraction)).toEqual(expect.arrayContaining(['math', 'mfrac', 'msqrt']));
    expect(fraction).toMatchObject({ attributes: { display: 'block' } });
    expect(words(renderFormula('\\text{nếu } x > 0', false) ?? '').replace('\u00a0', ' ')).toBe('nếu x>0');
    expect(renderFormula('\\color{red}{x}', false)).toMatchObject({ name: 'math' });
  });

  test('what cannot be drawn, or never ends, is nothing', () => {
    for (const latex of [
      '\\frac{',
      '\\khongco',
      '\\def\\a{\\a\\a}\\a',
      '\\includegraphics{a}',
      '{'.repeat(500),
    ])
      expect(renderFormula(latex, false), latex).toBeNull();
  });

  test('no source makes an element or attribute that is not on the list', () => {
    const pieces = fc.constantFrom(
      ...['\\frac', '{', '}', '\\sqrt', 'x', '^', '_', '&', '\\\\', '\\begin{matrix}', '\\end{matrix}'],
      ...[
        '\\href{javascript:alert(1)}{x}',
        '\\url{a}',
        '\\class{a}{b}',
        '\\id{a}{b}',
        '\\style{color:red}{x}',
      ],
      ...['\\color{red}', '\\htmlData{a=b}{c}', '<script>', '\\text{<img>}', '\\rule{9em}{9em}', '\\tag{1}'],
      ...[
        '\\begin{align}',
        '\\end{align}',
        '\\overline{x}',
        '\\cancel{x}',
        '\\vec{AB}',
        '\\left(',
        '\\right)',
      ],
    );
    let drawn = 0;
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), fc.boolean(), (parts, display) => {
        const made = renderFormula(parts.join(' '), display);
        if (made === null) return;
        drawn += 1;
        everyElement(made, (name, attributes) => {
          expect(isMathName(name)).toBe(true);
          for (const [attribute, value] of Object.entries(attributes)) {
            expect(isMathAttribute(attribute, value)).toBe(true);
            expect(attribute).not.toMatch(/^(on|href|src|style|id|xlink)/);
          }
        });
      }),
      { numRuns: 500 },
    );
    expect(drawn).toBeGreaterThan(20);
  });

  test('a rich prompt takes its formulas along, from every text; a plain one is left alone', () => {
    const prompt = { stem: 'Tính $1+1$', rich: true, options: ['$2$', '$$x$$', 'giá $5'] };
    const shown = new Map<string, unknown>(Object.entries(withFormulas(prompt, ['vì $y$'])));
    expect(Object.keys(Object(shown.get('formulas')))).toEqual(['$1+1', '$2', '$$x', '$y']);
    const plain = { stem: 'Tính $1+1$' };
    expect(withFormulas(plain)).toBe(plain);
    expect(withFormulas({ ...prompt, stem: 'không', options: [] })).not.toHaveProperty('formulas');
  });
});
