/** What the cells of a row say beside its question: level, points, topic, tags, citation. */
import { cleanText } from '../vietnamese.ts';
import type { FoundDraft } from './assemble.ts';
import type { Draft } from './draft.ts';
import { citationOf, levelOf, pointsOf } from './labels-vi.ts';
import { sayings } from './message.ts';
import type { Remarks } from './reading.ts';
import { type Cell, lineOfCell } from './table-cells.ts';
import type { Field } from './table-fields.ts';
import { tableSayings } from './table-messages.ts';
import { excerpt } from './texts.ts';

type CellOf = (field: Field) => Cell | undefined;

/** `cell`: the cells of the question; `heading`: what stands above it. */
export function aboutOf(cell: CellOf, heading: string, remarks: Remarks): FoundDraft['about'] {
  const text = (field: Field) => lineOfCell(cell(field));
  const level = text('difficulty') === '' ? null : levelOf(text('difficulty'));
  if (level === null && text('difficulty') !== '')
    remarks.warn(tableSayings.levelUnknown(excerpt(text('difficulty'))));
  const points = text('points') === '' ? null : pointsOf(text('points'));
  if (points === null && text('points') !== '')
    remarks.warn(tableSayings.pointsUnknown(excerpt(text('points'))));
  if (/^https?:/.test(text('image'))) remarks.warn(sayings.imageRemote(excerpt(text('image'))));
  const tags = text('tags').split(/[,;]/).map(cleanText);
  const all = [...tags, ...(level?.tag ? [level.tag] : [])].filter((tag) => tag !== '');
  return {
    code: text('code') === '' ? null : text('code').slice(0, 100),
    topic: text('topic') === '' ? heading : text('topic'),
    difficulty: level?.difficulty ?? null,
    tags: [...new Set(all)],
    points,
    citation: citationIn(cell),
  };
}

function citationIn(cell: CellOf): Draft['citation'] {
  const text = (field: Field) => lineOfCell(cell(field));
  const parts = [text('citation'), text('section'), text('source'), text('validity')];
  if (parts.every((part) => part === '')) return null;
  const [document = '', section = '', source = '', validity = ''] = parts;
  if (section !== '' || (document === '' && source !== ''))
    return { document: document || source, section, source, validity };
  const found = citationOf(document);
  return found === null ? null : { ...found, source: source || found.source, validity };
}
