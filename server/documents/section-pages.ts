/** From the words of a citation to the page of the section, for whoever shows citations. */
import type { Citation } from '../../questions/question.ts';
import type { CitationLink } from '../contracts/documents.ts';
import { presentLink } from './presenter.ts';
import type { DocumentShelf } from './shelf.ts';
import { dayAt } from './validity-rules.ts';

/** The page that a citation leads to; null: the document is not here. */
export type PageOf = (citation: Citation) => CitationLink | null;

/** Documents as they stand now; ask once for many citations. */
export async function sectionPages(shelf: DocumentShelf, now: number): Promise<PageOf> {
  const documents = await shelf.read();
  const day = dayAt(now);
  return (citation) => {
    const target = documents.target(citation);
    return target === null ? null : presentLink(target, day);
  };
}
