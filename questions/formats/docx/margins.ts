/** What stands at the head and foot of each page: nothing of a question, but often the version of the paper. */
import { descendantsOf, relationsOf, textIn, treeOfPart } from '../open-xml.ts';
import type { ZipArchive } from '../zip.ts';
import { ZipError } from '../zip-error.ts';

/** Lines of headers and footers; a broken one says nothing. */
export function marginLines(archive: ZipArchive, part: string): readonly string[] {
  const paths = [...relationsOf(archive, part).values()].flatMap(({ type, path }) =>
    path !== null && /^(?:header|footer)$/.test(type) ? [path] : [],
  );
  return paths.flatMap((path) => {
    try {
      return descendantsOf(treeOfPart(archive, path), 'p').map((line) =>
        descendantsOf(line, 't').map(textIn).join(''),
      );
    } catch (error) {
      if (!(error instanceof ZipError)) throw error;
      return [];
    }
  });
}
