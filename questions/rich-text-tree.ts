/** The tree of a text in the markup of `rich-text.ts`, and its normal form. */

export type Mark = 'bold' | 'italic' | 'underline' | 'above' | 'below';

export type Inline =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: Mark; readonly children: readonly Inline[] }
  | { readonly type: 'formula'; readonly latex: string; readonly display: boolean }
  /** `media` is the SHA-256 of the picture, 64 hexadecimal digits: no other address can be written. */
  | { readonly type: 'image'; readonly alt: string; readonly media: string };

/** A cell's or paragraph's contents. */
export type Line = readonly Inline[];

export type Block =
  | { readonly type: 'paragraph'; readonly children: Line }
  /** Rows have equally many cells; `heading`: the first one names the columns. */
  | { readonly type: 'table'; readonly heading: boolean; readonly rows: readonly (readonly Line[])[] };

export type RichText = readonly Block[];

/** The signs around what is marked. */
export const SIGNS: Readonly<Record<Mark, string>> = {
  bold: '**',
  italic: '*',
  underline: '__',
  above: '^',
  below: '~',
};

/** Neighbouring texts and marks of one kind as one; nothing empty. */
export function merged(nodes: readonly Inline[]): Line {
  const groups: Inline[][] = [];
  for (const node of nodes.map(settled)) {
    if (isEmpty(node)) continue;
    const group = groups[groups.length - 1];
    if (group?.[0]?.type === node.type && node.type !== 'formula' && node.type !== 'image') group.push(node);
    else groups.push([node]);
  }
  return groups.map(joined);
}

function settled(node: Inline): Inline {
  return 'children' in node ? { type: node.type, children: merged(node.children) } : node;
}

function isEmpty(node: Inline): boolean {
  if (node.type === 'text') return node.text === '';
  return 'children' in node && node.children.length === 0;
}

/** Nodes of one type as one node. */
function joined(group: readonly Inline[]): Inline {
  const [first = { type: 'text', text: '' }] = group;
  if (group.length === 1 || first.type === 'formula' || first.type === 'image') return first;
  if (first.type === 'text')
    return { type: 'text', text: group.map((node) => (node.type === 'text' ? node.text : '')).join('') };
  const children = group.flatMap((node) => ('children' in node ? node.children : []));
  return { type: first.type, children: merged(children) };
}

/** Without white space at both ends. */
export function trimmed(line: Line): Line {
  const [first, ...rest] = line;
  if (first?.type === 'text' && first.text !== first.text.trimStart())
    return trimmed(merged([{ type: 'text', text: first.text.trimStart() }, ...rest]));
  const last = line[line.length - 1];
  if (last?.type === 'text' && last.text !== last.text.trimEnd())
    return trimmed(merged([...line.slice(0, -1), { type: 'text', text: last.text.trimEnd() }]));
  return line;
}
